//! Films and pieces of music that are made: how far they are, and links to them.

use shelf::{Job, JobState};

use super::desk::Sessions;
use crate::mcp::refusal::Refusal;
use crate::mcp::shapes::held::LicenceView;
use crate::mcp::shapes::work::{Made, Outcome, Work};
use crate::server::dialect::errors::Problem;
use crate::server::links::{self, Kind};
use crate::server::workshop::rendering::{self, expired, made};

/// How many exports are looked through for the last that was made.
const RECENT: u32 = 200;

impl Sessions {
    /// How far a film is, with what is told beside it.
    pub(super) fn making(&self, handle: &str, job: &Job, beside: Outcome) -> Work {
        let output = |made: rendering::Made| Made {
            uri: self.link(Kind::Render, &job.session, &job.id),
            mime_type: "video/mp4".to_owned(),
            width: Some(made.width),
            height: Some(made.height),
            loudness_lufs: made.lufs,
            ..file(made)
        };
        self.state(handle, job, |made| Outcome { output: Some(output(made)), ..beside })
    }

    /// How far a piece of music is that is played by itself.
    pub(super) fn playing(&self, handle: &str, job: &Job, piece: &str) -> Work {
        let output = |made: rendering::Made| Made {
            uri: self.link(Kind::Preview, &job.session, piece),
            mime_type: "audio/wav".to_owned(),
            ..file(made)
        };
        self.state(handle, job, |made| Outcome { output: Some(output(made)), ..Outcome::default() })
    }

    fn link(&self, kind: Kind, session: &str, id: &str) -> String {
        links::link(&self.house, &self.caller.base, kind, self.caller.owner(), session, id)
    }

    fn state(&self, handle: &str, job: &Job, done: impl FnOnce(rendering::Made) -> Outcome) -> Work {
        let ended = match job.state {
            JobState::Waiting => return Work::going(handle, &job.session, 0, ""),
            JobState::Running => return Work::going(handle, &job.session, job.progress, "render"),
            JobState::Done => made(job).map(done).ok_or_else(|| match expired(job) {
                true => Problem::Expired.into(),
                false => Refusal::broken(),
            }),
            JobState::Cancelled => Err(Refusal::cancelled()),
            JobState::Failed => Err(job.fault.as_ref().map_or_else(Refusal::broken, |fault| Refusal {
                code: u16::try_from(fault.code).unwrap_or(5001),
                message: fault.sentence.clone(),
                retryable: fault.code >= 5000,
            })),
        };
        Work::ended(handle, &job.session, &ended, job.progress)
    }

    /// The record of the film that was made last.
    pub(super) async fn record(&self, session: &str) -> Result<LicenceView, Refusal> {
        let (owner, jobs) = (self.caller.owner(), self.house.shelf.jobs());
        let document = self.document(session).await?;
        let films = jobs.list(owner, Some(session), Some(rendering::RENDER), RECENT).await;
        let films = films.map_err(|fault| self.caller.refused(fault))?;
        let last = films.iter().filter(|job| job.state == JobState::Done).find_map(|job| made(job)?.licence);
        let unmade = "No film was made of it yet; please make one with add_music or export_film.";
        let licence = last.ok_or_else(|| Refusal::absent(unmade))?;
        Ok(LicenceView { request: document.said(), ..LicenceView::new(session, &licence) })
    }
}

fn file(made: rendering::Made) -> Made {
    Made {
        name: made.name,
        uri: String::new(),
        path: None,
        mime_type: String::new(),
        bytes: made.bytes,
        duration_s: made.seconds,
        width: None,
        height: None,
        loudness_lufs: None,
    }
}
