//! Handles of jobs: they say all there is to know to look the work up, so that any server of the same database can be asked.

use std::fmt;

use timeline::Target;

use crate::mcp::refusal::Refusal;

/// What stands between the parts of a handle.
const GAP: char = ':';
/// What stands where nothing was wanted.
const NONE: &str = "-";

/// Which work is meant. Whose it is, is not in it: everything is looked up by owner.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Handle {
    /// Films are fetched into a session.
    Open { session: String },
    /// The film of a session is watched.
    Watch { session: String },
    /// A sentence is read.
    Turn { session: String, run: String },
    /// Pieces are laid out, or were.
    Options { session: String, run: Option<String> },
    /// A sentence is read, and the film is made.
    Add { session: String, run: String, quality: Option<ffmpeg::Quality>, target: Option<Target> },
    /// The film is made.
    Export { key: String },
    /// A piece is played.
    Preview { job: String, piece: String },
}

impl Handle {
    /// Reads a handle.
    ///
    /// # Errors
    /// Where it is none.
    pub(super) fn read(text: &str) -> Result<Handle, Refusal> {
        parsed(text).ok_or_else(|| Refusal::absent("There is no such job."))
    }
}

fn parsed(text: &str) -> Option<Handle> {
    let (kind, rest) = text.split_once(GAP)?;
    let parts: Vec<&str> = rest.split(GAP).collect();
    let named = |part: &str| (part != NONE).then(|| part.to_owned());
    Some(match (kind, parts.as_slice()) {
        ("export", _) => Handle::Export { key: rest.to_owned() },
        ("open", [session]) => Handle::Open { session: (*session).to_owned() },
        ("watch", [session]) => Handle::Watch { session: (*session).to_owned() },
        ("turn", [session, run]) => Handle::Turn { session: (*session).to_owned(), run: (*run).to_owned() },
        ("options", [session, run]) => Handle::Options { session: (*session).to_owned(), run: named(run) },
        ("preview", [job, piece]) => Handle::Preview { job: (*job).to_owned(), piece: (*piece).to_owned() },
        ("add", [session, run, quality, target]) => {
            let quality = ffmpeg::Quality::ALL.into_iter().find(|one| one.name() == *quality);
            let target = Target::ALL.into_iter().find(|one| one.name() == *target);
            Handle::Add { session: (*session).to_owned(), run: (*run).to_owned(), quality, target }
        }
        _ => return None,
    })
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Handle::Open { session } => write!(f, "open:{session}"),
            Handle::Watch { session } => write!(f, "watch:{session}"),
            Handle::Turn { session, run } => write!(f, "turn:{session}:{run}"),
            Handle::Options { session, run } => {
                write!(f, "options:{session}:{}", run.as_deref().unwrap_or(NONE))
            }
            Handle::Add { session, run, quality, target } => {
                let quality = quality.map_or(NONE, ffmpeg::Quality::name);
                write!(f, "add:{session}:{run}:{quality}:{}", target.map_or(NONE, Target::name))
            }
            Handle::Export { key } => write!(f, "export:{key}"),
            Handle::Preview { job, piece } => write!(f, "preview:{job}:{piece}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_read_as_they_were_written() {
        let (session, run) = ("1234567890123456789".to_owned(), "e-1b2c".to_owned());
        let add =
            |quality, target| Handle::Add { session: session.clone(), run: run.clone(), quality, target };
        let handles = [
            Handle::Open { session: session.clone() },
            Handle::Watch { session: session.clone() },
            Handle::Turn { session: session.clone(), run: run.clone() },
            Handle::Options { session: session.clone(), run: None },
            Handle::Options { session: session.clone(), run: Some(run.clone()) },
            add(None, None),
            add(Some(ffmpeg::Quality::Draft), Some(Target::BroadcastEu)),
            Handle::Export { key: "render_1:2".to_owned() },
            Handle::Preview { job: "job_1".to_owned(), piece: "music_1.2".to_owned() },
        ];
        for handle in handles {
            assert_eq!(Handle::read(&handle.to_string()), Ok(handle));
        }
        for wrong in ["", "open", "turn:1", "sing:1", "add:1:2", "open:1:2"] {
            assert!(Handle::read(wrong).is_err(), "{wrong}");
        }
    }
}
