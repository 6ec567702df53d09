//! What can go wrong with a film, in sentences a person can act on.

use std::path::PathBuf;
use std::time::Duration;

use sound::Cancelled;

/// The kinds of file that are accepted, as a person would name them.
pub const SUPPORTED: &str = "mp4, mov, avi, webm or mkv";

/// Why a film could not be opened, watched or written.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The file is of a kind, or its picture of a codec, that is not accepted.
    #[error("This is {what}, which cannot be scored; please give a film as {SUPPORTED}.")]
    UnsupportedKind {
        /// What it is: "a text file", "a film whose picture is vvc", ...
        what: String,
    },
    /// The file claims to be a film or is nothing known, and cannot be read.
    #[error("This file cannot be read as a film ({why}); please check that it plays and export it again.")]
    Unreadable {
        /// What is wrong with it, in a few words.
        why: String,
    },
    /// The film is larger than the limits allow.
    #[error("This film has {found} {unit}, more than the {limit} allowed; please give a smaller one.")]
    OverLimit {
        /// What is counted: "pixels in a frame", "streams", ...
        unit: &'static str,
        /// How many there are.
        found: u64,
        /// How many are allowed.
        limit: u64,
    },
    /// The file has sound, but no picture.
    #[error("This file has no moving picture, only {what}; please give a film as {SUPPORTED}.")]
    NoPicture {
        /// What it has instead: "sound", "sound and cover art".
        what: &'static str,
    },
    /// The file has neither a picture nor sound.
    #[error("There is neither a picture nor sound in this file; please give a film as {SUPPORTED}.")]
    NoStream,
    /// A child process failed, or its output did not hold what was promised.
    #[error("The {stage} failed ({why}); please try again, and report the film if it fails again.")]
    RenderFailed {
        /// What was being done.
        stage: &'static str,
        /// What went wrong, in a few words.
        why: String,
    },
    /// A child process took longer than allowed.
    #[error("The {stage} took longer than {} s and was stopped; please give a shorter film.", .limit.as_secs())]
    TimedOut {
        /// What was being done.
        stage: &'static str,
        /// How long it was allowed to take.
        limit: Duration,
    },
    /// `ffmpeg` or `ffprobe` is not installed.
    #[error(
        "The program {name} was not found; please install it (Debian and Ubuntu: apt install ffmpeg; \
         macOS: brew install ffmpeg) or name it in {variable}."
    )]
    MissingTool {
        /// The program.
        name: &'static str,
        /// The environment variable that may name it.
        variable: &'static str,
    },
    /// A variable should name a span of time and does not.
    #[error("{variable} should be a number of seconds above 0.")]
    NoSeconds {
        /// The environment variable.
        variable: &'static str,
    },
    /// The system cannot lock media programs in.
    #[error(
        "This system cannot lock media programs in ({why}); please use a Linux kernel with Landlock, or set \
         UNDERSONG_UNSAFE_MEDIA=1 to open files you trust without that lock."
    )]
    NoBox {
        /// What is missing.
        why: String,
    },
    /// The work was asked to stop.
    #[error("The work was stopped on request; nothing was written.")]
    Cancelled,
    /// A file or pipe could not be read or written.
    #[error("{path} could not be {done} ({source}); please check that it exists and the disk has room.", path = .path.display())]
    Io {
        /// What was attempted: "opened", "written", ...
        done: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

impl MediaError {
    /// A number that never changes for this kind of error.
    pub fn code(&self) -> u16 {
        match self {
            Self::UnsupportedKind { .. } => 4001,
            Self::Unreadable { .. } => 4003,
            Self::OverLimit { .. } => 4004,
            Self::NoPicture { .. } | Self::NoStream => 4007,
            Self::RenderFailed { .. } => 5001,
            Self::TimedOut { .. } => 5002,
            Self::MissingTool { .. } | Self::NoSeconds { .. } => 5003,
            Self::NoBox { .. } => 5004,
            Self::Io { .. } => 5005,
            Self::Cancelled => 4999,
        }
    }

    pub(crate) fn unsupported(what: impl Into<String>) -> MediaError {
        Self::UnsupportedKind { what: what.into() }
    }

    pub(crate) fn unreadable(why: impl Into<String>) -> MediaError {
        Self::Unreadable { why: why.into() }
    }

    pub(crate) fn failed(stage: &'static str, why: impl Into<String>) -> MediaError {
        Self::RenderFailed { stage, why: why.into() }
    }

    /// Turns an operating-system error about `path` into ours; for use with `map_err`.
    pub(crate) fn io(
        done: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> MediaError {
        let path = path.into();
        move |source| Self::Io { done, path, source }
    }
}

impl From<Cancelled> for MediaError {
    fn from(_: Cancelled) -> MediaError {
        MediaError::Cancelled
    }
}
