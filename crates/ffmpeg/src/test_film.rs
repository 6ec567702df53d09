//! A film made for tests of what lies inside this crate.

use std::path::PathBuf;
use std::process::Command;

use sound::Silent;
use tempfile::TempDir;

use crate::{Film, Tools};

/// Four seconds at 25 frames a second, opened.
pub(crate) struct TestFilm {
    pub(crate) tools: Tools,
    pub(crate) film: Film,
    pub(crate) path: PathBuf,
    /// Holds the film while this lives.
    _folder: TempDir,
}

impl TestFilm {
    /// One with a keyframe at every so many frames; `None` where there is no ffmpeg, which is a fault in CI.
    pub(crate) fn with_keyframe_every(frames: usize) -> Option<TestFilm> {
        let Ok(tools) = Tools::find() else {
            assert!(std::env::var_os("CI").is_none(), "ffmpeg is missing");
            eprintln!("Left out: ffmpeg is missing.");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.mp4");
        let made = Command::new("ffmpeg")
            .args(["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=4"])
            .args(["-c:v", "libx264", "-g", &frames.to_string(), "-pix_fmt", "yuv420p"])
            .arg(&path)
            .status();
        assert!(made.unwrap().success());
        let film = tools.open(&path, &Silent).unwrap();
        Some(TestFilm { tools, film, path, _folder: folder })
    }
}
