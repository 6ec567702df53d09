//! Decodes the frames on both sides of each seam: what does not decode without a fault is not handed out.

use std::path::Path;

use sound::{Progress, Time};

use super::{STAGE, broken};
use crate::child;
use crate::sniff::Kind;
use crate::{MediaError, Tools};

/// Frames that are decoded at a seam: from a keyframe of ours, and as many of the source's at least.
pub(super) const FRAMES: usize = 30;
/// So far before the seam decoding begins to look for a keyframe: less than any frame lasts.
const BEFORE: Time = Time::from_ticks(sound::TICKS_PER_SECOND / 1000);

impl Tools {
    /// Decodes around every moment at which packets of one origin follow those of another.
    ///
    /// # Errors
    /// [`MediaError::RenderFailed`] at the first fault.
    pub(super) fn check_seams(
        &self,
        seams: &[Time],
        picture: &Path,
        progress: &dyn Progress,
    ) -> Result<(), MediaError> {
        for seam in seams {
            let seam = *seam - BEFORE;
            let mut invocation = self.ffmpeg(STAGE);
            invocation.add(["-xerror", "-err_detect", "explode", "-noaccurate_seek"]);
            invocation.add(["-ss".to_owned(), format!("{:.6}", seam.seconds())]);
            invocation.add(self.fenced(Kind::Mp4));
            invocation.input(picture);
            invocation.add(["-map", "0:v:0", "-frames:v", &FRAMES.to_string(), "-f", "null", "-"]);
            let ((), ended) = child::run(invocation, &self.limits, progress, &|_| false, |_| Ok(()))?;
            if !ended.well() {
                return Err(broken(format!("it does not decode at {seam}: {}", ended.why())));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use sound::Silent;

    use super::*;

    #[test]
    fn a_fault_at_a_seam_is_found() {
        let Ok(tools) = Tools::find() else {
            assert!(std::env::var_os("CI").is_none(), "ffmpeg is missing");
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.mp4");
        let made = Command::new("ffmpeg")
            .args(["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=4"])
            .args(["-c:v", "libx264", "-g", "25", "-pix_fmt", "yuv420p"])
            .arg(&path)
            .status();
        assert!(made.unwrap().success());
        let film = tools.open(&path, &Silent).unwrap();
        let seams = [Time::from_seconds(2.0)];
        tools.check_seams(&seams, &path, &Silent).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        let at = 48 + film.stored[..50].iter().map(|packet| packet.size as usize).sum::<usize>();
        bytes[at + 200..at + 600].fill(0xa5);
        std::fs::write(&path, bytes).unwrap();
        let fault = tools.check_seams(&seams, &path, &Silent).unwrap_err();
        assert_eq!(fault.code(), 5001, "{fault}");
    }
}
