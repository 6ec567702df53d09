//! Work that was asked for: how far it is, and what came of it.

use schemars::JsonSchema;
use serde::Serialize;

use super::found::{Described, FilmView};
use crate::mcp::refusal::{CANCELLED, Refusal};
use crate::views::difference::Difference;

/// Work as it stands.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Work {
    /// The handle for job_status and cancel_job.
    pub(crate) job: String,
    /// The film it is about.
    pub(crate) film: String,
    pub(crate) status: Status,
    /// Percent that are done; it never goes down.
    #[schemars(range(max = 100))]
    pub(crate) progress: u8,
    /// What goes on at the moment: probe, cut, watch, ask, compose, perform, mix, render; empty before it begins and when it has ended.
    pub(crate) stage: String,
    /// What came of it, when it is done.
    pub(crate) result: Option<Outcome>,
    /// Why it failed, or that it was called off.
    pub(crate) error: Option<Wrong>,
}

/// How work stands; the last three are ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    Working,
    Done,
    Failed,
    Cancelled,
}

/// What came of work; what does not belong to it is left out.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Outcome {
    /// What to tell the user, in the language of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reply: Option<String>,
    /// What kind of reply: edited, answered, asks (a question to the user, nothing changed), exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
    /// Every value of the timeline that is another now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) changed: Vec<Difference>,
    /// The film that was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) opened: Option<FilmView>,
    /// What is in the film.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) described: Option<Described>,
    /// Pieces of music to choose from; the first plays now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) alternatives: Vec<Alternative>,
    /// The file that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) output: Option<Made>,
    /// What else there is to know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) warnings: Vec<String>,
}

/// A piece that may be chosen.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Alternative {
    /// What to call it in edit_film: "take option 2".
    pub(crate) name: String,
    /// What to call it in preview_music.
    pub(crate) piece: Option<String>,
    pub(crate) genre: String,
    pub(crate) mood: String,
    pub(crate) tempo_bpm: f64,
    pub(crate) key: String,
    pub(crate) instruments: Vec<String>,
}

/// A file that was made.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Made {
    pub(crate) name: String,
    /// Where it is: a file of this machine, or a link that is good for a while and needs no token.
    pub(crate) uri: String,
    /// The same as a path, on this machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    pub(crate) mime_type: String,
    pub(crate) bytes: u64,
    pub(crate) duration_s: f64,
    /// Pixels; of pictures only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) height: Option<u32>,
    /// Measured on the finished file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) loudness_lufs: Option<f64>,
}

/// What went wrong.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Wrong {
    /// The same code stands for the same thing at every door.
    pub(crate) code: u16,
    /// One sentence that says what to do.
    pub(crate) message: String,
    /// Whether the same may go well another time.
    pub(crate) retryable: bool,
}

impl From<&Refusal> for Wrong {
    fn from(refusal: &Refusal) -> Wrong {
        let Refusal { code, message, retryable } = refusal.clone();
        Wrong { code, message, retryable }
    }
}

impl Work {
    /// Work that goes on.
    pub(crate) fn going(job: &str, film: &str, progress: i64, stage: &str) -> Work {
        Work {
            job: job.to_owned(),
            film: film.to_owned(),
            status: Status::Working,
            progress: progress.clamp(0, 99) as u8,
            stage: stage.to_owned(),
            result: None,
            error: None,
        }
    }

    /// Work that has ended.
    pub(crate) fn ended(job: &str, film: &str, done: &Result<Outcome, Refusal>, progress: i64) -> Work {
        let going = Work::going(job, film, progress, "");
        match done {
            Ok(result) => Work { status: Status::Done, progress: 100, result: Some(result.clone()), ..going },
            Err(refusal) => {
                let called_off = refusal.code == CANCELLED;
                let status = if called_off { Status::Cancelled } else { Status::Failed };
                Work { status, error: Some(refusal.into()), ..going }
            }
        }
    }

    /// Whether it goes on.
    pub(crate) fn is_going(&self) -> bool {
        self.status == Status::Working
    }
}
