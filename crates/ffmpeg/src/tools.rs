//! The two programs this room drives, and the arguments every start of them shares.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::media_box::Invocation;
use crate::sniff::Kind;
use crate::{Limits, MediaError};

/// The decoders that may run, by ffmpeg's names: those of the accepted kinds of film, their subtitles and cover
/// art. Everything else ffmpeg was built with stays closed, with whatever holes it has.
const DECODERS: &str = "h264,hevc,vp8,vp9,libdav1d,libaom-av1,av1,mpeg4,msmpeg4,msmpeg4v2,mpeg1video,mpeg2video,\
h263,mjpeg,prores,dnxhd,theora,png,gif,webp,aac,aac_latm,mp3float,mp3,mp2float,mp2,ac3,eac3,opus,libopus,vorbis,libvorbis,\
flac,alac,dca,amrnb,amrwb,adpcm_ms,adpcm_ima_wav,adpcm_ima_qt,pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,\
pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw,mov_text,subrip,srt,ass,ssa,webvtt,\
text";

/// The programs `ffmpeg` and `ffprobe`, and the limits they are held to.
#[derive(Clone, Debug)]
pub struct Tools {
    ffmpeg: PathBuf,
    ffprobe: PathBuf,
    /// The limits on films and children.
    pub limits: Limits,
}

impl Tools {
    /// Finds the programs named in `UNDERSONG_FFMPEG` and `UNDERSONG_FFPROBE`, else on the search path. Opening a film may
    /// take as long as `UNDERSONG_OPENING_SECONDS` says, else as is usual.
    ///
    /// # Errors
    /// [`MediaError::MissingTool`] says which one is missing and how to install it; [`MediaError::NoSeconds`].
    pub fn find() -> Result<Tools, MediaError> {
        let usual = Limits::default();
        let opening = seconds("UNDERSONG_OPENING_SECONDS")?.unwrap_or(usual.opening);
        Ok(Tools {
            ffmpeg: locate("ffmpeg", "UNDERSONG_FFMPEG")?,
            ffprobe: locate("ffprobe", "UNDERSONG_FFPROBE")?,
            limits: Limits { opening, ..usual },
        })
    }

    /// A start of `ffprobe` on `film`.
    pub(crate) fn ffprobe(&self, stage: &'static str, film: &Path) -> Invocation {
        let mut invocation = self.start(stage, &self.ffprobe);
        invocation.reads.push(film.to_owned());
        invocation
    }

    /// A start of `ffmpeg` that reads nothing yet.
    pub(crate) fn ffmpeg(&self, stage: &'static str) -> Invocation {
        let mut invocation = self.start(stage, &self.ffmpeg);
        invocation.add(["-nostdin", "-nostats", "-y"]);
        invocation
    }

    fn start(&self, stage: &'static str, program: &Path) -> Invocation {
        let mut invocation = Invocation {
            stage,
            program: program.to_owned(),
            arguments: Vec::new(),
            reads: Vec::new(),
            writes: Vec::new(),
            folder: None,
            inherits: None,
            fed: false,
            patience: Duration::from_secs(60),
            memory_bytes: self.limits.memory_bytes,
        };
        invocation.add(["-hide_banner", "-loglevel", "error"]);
        invocation
    }

    /// The walls around a demuxer, to stand before the input.
    pub(crate) fn fenced(&self, kind: Kind) -> Vec<OsString> {
        self.fenced_as(kind.demuxer())
    }

    /// The walls around a demuxer given by name.
    pub(crate) fn fenced_as(&self, demuxer: &str) -> Vec<OsString> {
        let (streams, pixels) = (self.limits.streams.to_string(), self.limits.pixels.to_string());
        [
            ["-protocol_whitelist", "file,pipe"],
            ["-format_whitelist", demuxer],
            ["-codec_whitelist", DECODERS],
            ["-max_streams", &streams],
            ["-max_pixels", &pixels],
            ["-f", demuxer],
        ]
        .concat()
        .into_iter()
        .map(OsString::from)
        .collect()
    }
}

impl Invocation {
    /// Appends arguments.
    pub(crate) fn add<A: Into<OsString>>(&mut self, arguments: impl IntoIterator<Item = A>) {
        self.arguments.extend(arguments.into_iter().map(Into::into));
    }

    /// Appends `-i file:PATH` and lets the child read it.
    pub(crate) fn input(&mut self, path: &Path) {
        self.add(["-i".into(), file_url(path)]);
        self.reads.push(path.to_owned());
    }
}

/// A path as ffmpeg's file protocol takes it: what follows `file:` is taken as it is, whatever it holds.
pub(crate) fn file_url(path: &Path) -> OsString {
    let mut url = OsString::from("file:");
    url.push(path);
    url
}

/// A span of time that a variable names; `None` where it names none.
fn seconds(variable: &'static str) -> Result<Option<Duration>, MediaError> {
    let Some(said) = std::env::var_os(variable).filter(|value| !value.is_empty()) else { return Ok(None) };
    let read = said.to_str().and_then(|said| said.parse().ok()).filter(|seconds| *seconds > 0.0);
    let span = read.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    span.map(Some).ok_or(MediaError::NoSeconds { variable })
}

fn locate(name: &'static str, variable: &'static str) -> Result<PathBuf, MediaError> {
    let missing = || MediaError::MissingTool { name, variable };
    if let Some(chosen) = std::env::var_os(variable).filter(|value| !value.is_empty()) {
        return runnable(Path::new(&chosen)).ok_or_else(missing);
    }
    let search = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&search)
        .find_map(|folder| runnable(&folder.join(OsStr::new(name))))
        .ok_or_else(missing)
}

/// The absolute path of a program file that may be executed.
fn runnable(path: &Path) -> Option<PathBuf> {
    use std::os::unix::fs::PermissionsExt;
    let path = path.canonicalize().ok()?;
    let about = path.metadata().ok()?;
    (about.is_file() && about.permissions().mode() & 0o111 != 0).then_some(path)
}
