//! The one table of everything that can go wrong: its code, its sentence, what to do, and whether to try again.

use std::path::{Path, PathBuf};

use ffmpeg::MediaError;
use score::GenreError;
use sound::Cancelled;
use synth::{FontError, NsfError};
use thiserror::Error;
use timeline::EditError;

/// Why a job did not get done. Its text is one sentence that says what to do.
#[derive(Debug, Error)]
pub enum Fault {
    /// The film, or what happens to it.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// What was asked for cannot be done to this film.
    #[error("This edit cannot be made ({0}); please say it with values inside those limits.")]
    Edit(#[from] EditError),
    /// A request that cannot be carried out; the reader's own words.
    #[error("{0}")]
    Refused(String),
    /// There is no such genre.
    #[error("There is no genre called {wanted}; please choose one of {known}.")]
    NoSuchGenre {
        /// What was asked for.
        wanted: String,
        /// What there is.
        known: String,
    },
    /// A genre file is faulty.
    #[error("A genre file cannot be used: {0}; please mend it or take it away.")]
    Genre(#[from] GenreError),
    /// A SoundFont that was named cannot be used.
    #[error("{path}: {source}; please name another file in UNDERSONG_SOUNDFONT or unset it.", path = .path.display())]
    Font {
        /// The file.
        path: PathBuf,
        /// Why.
        source: FontError,
    },
    /// The music cannot become an NSF.
    #[error("{0}; please {advice}.", advice = for_console(.0))]
    Nsf(#[from] NsfError),
    /// A value is outside what is possible.
    #[error("{0}.")]
    OutOfRange(String),
    /// A result cannot get the name that was given for it.
    #[error("{path} cannot be written ({why}); please name another place.", path = .path.display())]
    Place {
        /// The name.
        path: PathBuf,
        /// Why not.
        why: &'static str,
    },
    /// A file is no project of this program.
    #[error("{path} cannot be used as a project ({why}); please name a file that was saved with --project.", path = .path.display())]
    Project {
        /// The file.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// A film that comes without a name is larger than what is kept of such.
    #[error(
        "The film on standard input has more than {limit_mb} MB; please compress or trim it, or name its file."
    )]
    TooLarge {
        /// The limit, in megabytes.
        limit_mb: u64,
    },
    /// A file could not be read or written.
    #[error("{path} could not be {done} ({source}); please check that it exists and the disk has room.", path = .path.display())]
    File {
        /// What was attempted.
        done: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The job was asked to stop.
    #[error("The work was stopped on request; nothing was written.")]
    Cancelled,
}

impl Fault {
    /// Turns a file error into a fault.
    pub(crate) fn file(done: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Fault + use<> {
        let path = path.to_owned();
        move |source| Fault::File { done, path, source }
    }

    /// The code, the same at every door.
    pub fn code(&self) -> u16 {
        match self {
            Fault::Media(media) => media.code(),
            Fault::Edit(_) | Fault::Refused(_) | Fault::OutOfRange(_) | Fault::Nsf(_) => 400,
            Fault::NoSuchGenre { .. } | Fault::Place { .. } | Fault::Project { .. } => 400,
            Fault::TooLarge { .. } => 4002,
            Fault::Genre(_) | Fault::Font { .. } => 4008,
            Fault::File { .. } => 5005,
            Fault::Cancelled => 4999,
        }
    }

    /// Whether the same job may go well another time.
    pub fn retryable(&self) -> bool {
        matches!(self.code(), 5001 | 5002 | 5003 | 5005) && !self.is_missing_file()
    }

    /// Whether the input is at fault and not the program or its surroundings.
    pub fn is_bad_input(&self) -> bool {
        matches!(self.code(), 400 | 4001..=4008) || self.is_missing_file()
    }

    /// Whether somebody asked the job to stop.
    pub fn is_cancelled(&self) -> bool {
        self.code() == 4999
    }

    /// Whether a file to be read is not there; a place that vanished while something was written is another thing.
    fn is_missing_file(&self) -> bool {
        let (done, source) = match self {
            Fault::Media(MediaError::Io { done, source, .. }) | Fault::File { done, source, .. } => {
                (done, source)
            }
            _ => return false,
        };
        !matches!(*done, "written" | "made") && source.kind() == std::io::ErrorKind::NotFound
    }
}

/// What makes music that fits into an NSF.
fn for_console(fault: &NsfError) -> &'static str {
    match fault {
        NsfError::NotAuthentic => {
            "ask for chiptune with authentic voices (compose: --genre chiptune --authentic)"
        }
        NsfError::TooLong { .. } => "ask for shorter music",
    }
}

impl From<Cancelled> for Fault {
    fn from(_: Cancelled) -> Fault {
        Fault::Cancelled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn io() -> std::io::Error {
        std::io::ErrorKind::NotFound.into()
    }

    fn every_fault() -> Vec<Fault> {
        let genre = score::Library::built_in().unwrap().add("mine", "title = \"Mine\"\ncolour = 3\n");
        let font = |source| Fault::Font { path: "f.sf2".into(), source };
        vec![
            MediaError::Unreadable { why: "it is empty".into() }.into(),
            EditError::NoSuchBed(2).into(),
            EditError::LevelOutOfRange(300.0).into(),
            Fault::Refused("The film is 10 s long, so music cannot start at 0:30.".into()),
            Fault::NoSuchGenre { wanted: "polka".into(), known: "ambient, lofi".into() },
            genre.unwrap_err().into(),
            font(FontError::Unreadable(io())),
            font(FontError::Malformed("no sfbk".into())),
            font(FontError::TooLarge { limit: 2000 }),
            NsfError::NotAuthentic.into(),
            NsfError::TooLong { kilobytes: 2000, most: 1020 }.into(),
            Fault::OutOfRange("Bed 2 was not composed".into()),
            Fault::Place { path: "x.mp4".into(), why: "it is no file" },
            Fault::Project { path: "p.json".into(), why: "it has version 9".into() },
            Fault::TooLarge { limit_mb: 500 },
            Fault::file("read", Path::new("x.wav"))(io()),
            Fault::Cancelled,
        ]
    }

    /// The number of a kind of fault; the compiler asks here for a new one.
    fn kind(fault: &Fault) -> usize {
        match fault {
            Fault::Media(_) => 0,
            Fault::Edit(_) => 1,
            Fault::Refused(_) => 2,
            Fault::NoSuchGenre { .. } => 3,
            Fault::Genre(_) => 4,
            Fault::Font { .. } => 5,
            Fault::OutOfRange(_) => 6,
            Fault::Place { .. } => 7,
            Fault::TooLarge { .. } => 8,
            Fault::File { .. } => 9,
            Fault::Cancelled => 10,
            Fault::Nsf(_) => 11,
            Fault::Project { .. } => 12,
        }
    }

    #[test]
    fn every_fault_is_one_sentence_with_a_code() {
        let faults = every_fault();
        assert!((0..=12).all(|wanted| faults.iter().any(|fault| kind(fault) == wanted)));
        for fault in faults {
            let text = fault.to_string();
            assert!(text.ends_with('.') && !text.contains('\n') && !text.contains(". "), "{text}");
            assert!(fault.code() >= 400, "{text}");
        }
    }

    #[test]
    fn only_a_file_to_be_read_can_be_missing_input() {
        for (done, bad_input) in [("read", true), ("found", true), ("written", false), ("made", false)] {
            let ours = Fault::file(done, Path::new("x"))(io());
            let media = Fault::from(MediaError::Io { done, path: "x".into(), source: io() });
            for fault in [ours, media] {
                assert_eq!((fault.is_bad_input(), fault.retryable()), (bad_input, !bad_input), "{done}");
            }
        }
    }
}
