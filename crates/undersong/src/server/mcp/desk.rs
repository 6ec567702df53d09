//! The desk over the sessions of who asks, with the rights that its token has at every other address.

use std::time::{Duration, Instant};

use agent::Language;
use shelf::{Moment, RunState};

use super::handle::Handle;
use crate::mcp::desk::{Answer, Desk, SOON};
use crate::mcp::phrases;
use crate::mcp::refusal::Refusal;
use crate::mcp::shapes::asked::{
    AddMusic, Delivered, EditFilm, ExportFilm, ListAlternatives, OpenFilm, PreviewMusic, ThisFilm, UndoEdit,
};
use crate::mcp::shapes::held::{LicenceView, TimelineView};
use crate::mcp::shapes::work::{Outcome, Work};
use crate::server::caller::Caller;
use crate::server::dialect::errors::Problem;
use crate::server::house::{SESSION, Shared, refused};
use crate::server::workshop::document::Document;
use crate::server::workshop::rendering::{self, Look, Wish};
use crate::server::workshop::{preview, turning};
use crate::views::state::StateView;

/// How often somebody who waits looks.
const GLANCE: Duration = Duration::from_millis(200);

/// The sessions of an account.
#[derive(Clone)]
pub(super) struct Sessions {
    pub(super) house: Shared,
    pub(super) caller: Caller,
}

impl Sessions {
    pub(super) async fn document(&self, session: &str) -> Answer<Document> {
        let found = self.house.shelf.sessions().find(self.caller.owner(), session).await;
        Ok(Document::read(&found.map_err(refused(SESSION))?.document)?)
    }

    /// Work as it stands.
    async fn look(&self, handle: &Handle) -> Answer<Work> {
        let (job, owner) = (handle.to_string(), self.caller.owner());
        match handle {
            Handle::Open { session } => self.opening(handle, session).await,
            Handle::Watch { session } => self.watching(handle, session).await,
            Handle::Options { session, run: None } => {
                let alternatives = crate::mcp::local::film::alternatives(&self.document(session).await?);
                Ok(Work::ended(&job, session, &Ok(Outcome { alternatives, ..Outcome::default() }), 0))
            }
            Handle::Turn { session, run }
            | Handle::Options { session, run: Some(run) }
            | Handle::Add { session, run, .. } => self.reading(handle, session, run).await,
            Handle::Export { key } => {
                let film = rendering::find(&self.house, owner, key, "job").await?;
                Ok(self.making(&job, &film, Outcome::default()))
            }
            Handle::Preview { job: id, piece } => {
                let found = self.house.shelf.jobs().find(owner, id).await.map_err(refused("job"))?;
                match found.kind == preview::PREVIEW {
                    true => Ok(self.playing(&job, &found, piece)),
                    false => Err(Problem::NotThere("job").into()),
                }
            }
        }
    }

    /// Work when it has ended, or after so long.
    async fn settled(&self, handle: &Handle, at_most: Duration) -> Answer<Work> {
        let until = Instant::now() + at_most;
        loop {
            let work = self.look(handle).await?;
            let left = until.saturating_duration_since(Instant::now());
            if !work.is_going() || left.is_zero() || self.house.is_closing() {
                return Ok(work);
            }
            tokio::time::sleep(left.min(GLANCE)).await;
        }
    }

    /// Says a sentence.
    async fn say(&self, session: &str, words: &str) -> Answer<String> {
        // Whose the session is counts before anything else.
        self.document(session).await?;
        Ok(turning::begin(&self.house, &self.caller, session, words).await?.run)
    }

    /// Sees to it that a film is made when its sentence was read, though nobody asks how far it is.
    fn follow(&self, handle: Handle) {
        let desk = self.clone();
        tokio::spawn(async move {
            let Handle::Add { session, run, .. } = &handle else { return };
            let going = async || {
                let found = desk.house.shelf.runs().find(desk.caller.owner(), session, run).await;
                found.is_ok_and(|run| run.state == RunState::Running)
            };
            while going().await {
                tokio::time::sleep(GLANCE).await;
            }
            // Whoever asks for the job hears of what went wrong.
            let _ = desk.look(&handle).await;
        });
    }
}

/// That nothing is wanted that only a machine of one's own can do.
fn afar(delivered: &Delivered, seed: Option<u64>) -> Answer<()> {
    let wrong = |name: &str, why: &str| {
        Err(Refusal::malformed(format!("{name} cannot be given on a server: {why}.")))
    };
    match (&delivered.output, seed) {
        (Some(_), _) => wrong("output", "the film comes as a link"),
        (None, Some(_)) => wrong("seed", "say \"another piece\" for other music"),
        _ => Ok(()),
    }
}

impl Desk for Sessions {
    fn about(&self) -> String {
        "undersong adds original music to films. Open a film by its address, or the session of one that was uploaded; add music, poll \
         the job with job_status (wait_s 20), and give the user the reply and the link. Say requests in the words of the user, in \
         English or Chinese."
            .to_owned()
    }

    async fn open(&self, wanted: OpenFilm) -> Answer<Work> {
        let handle = match wanted.film {
            Some(session) => Handle::Open { session },
            None if wanted.files.is_empty() => {
                return Err(Refusal::malformed("Give the address of a film in files, or a session in film."));
            }
            None => self.begin(wanted.files).await?,
        };
        self.settled(&handle, SOON).await
    }

    async fn describe(&self, wanted: ThisFilm) -> Answer<Work> {
        self.settled(&Handle::Watch { session: wanted.film }, SOON).await
    }

    async fn add_music(&self, wanted: AddMusic) -> Answer<Work> {
        let (delivered, words) = (wanted.delivered(), phrases::wanted(wanted.request.as_deref())?);
        afar(&delivered, wanted.seed)?;
        if self.caller.is_blocked() {
            return Err(Problem::PlanBlocked.into());
        }
        let (session, run) = (wanted.film.clone(), self.say(&wanted.film, &words).await?);
        let Delivered { quality, target, .. } = delivered;
        let handle = Handle::Add { session, run, quality, target };
        self.follow(handle.clone());
        self.settled(&handle, Duration::ZERO).await
    }

    async fn edit(&self, wanted: EditFilm) -> Answer<Work> {
        afar(&Delivered::default(), wanted.seed)?;
        let run = self.say(&wanted.film, &phrases::said(&wanted.request)?).await?;
        self.settled(&Handle::Turn { session: wanted.film, run }, SOON).await
    }

    async fn undo(&self, wanted: UndoEdit) -> Answer<Work> {
        let language = self.document(&wanted.film).await?.language();
        let run = self.say(&wanted.film, &phrases::undo(wanted.redo).said(language)).await?;
        self.settled(&Handle::Turn { session: wanted.film, run }, SOON).await
    }

    async fn alternatives(&self, wanted: ListAlternatives) -> Answer<Work> {
        let (session, phrase) = (wanted.film, phrases::options(wanted.count)?);
        let document = self.document(&session).await?;
        let run = match !wanted.anew && !document.choices.is_empty() {
            true => None,
            false => Some(self.say(&session, &phrase.said(document.language())).await?),
        };
        self.settled(&Handle::Options { session, run }, SOON).await
    }

    async fn preview(&self, wanted: PreviewMusic) -> Answer<Work> {
        let document = self.document(&wanted.film).await?;
        let first = || document.now()?.beds.first().map(|bed| preview::id(bed.id, None));
        let silent =
            || Refusal::absent("The film has no music yet; please ask for some with add_music or edit_film.");
        let piece = wanted.piece.or_else(first).ok_or_else(silent)?;
        let job = preview::ask(&self.house, self.caller.owner(), &wanted.film, &piece).await?;
        self.look(&Handle::Preview { job: job.id, piece }).await
    }

    async fn export(&self, wanted: ExportFilm) -> Answer<Work> {
        let delivered = wanted.delivered();
        afar(&delivered, None)?;
        if self.caller.is_blocked() {
            return Err(Problem::PlanBlocked.into());
        }
        let quality = delivered.quality.map(|quality| quality.name().to_owned());
        let look = Look { quality, target: delivered.target, ..Look::default() };
        let wish = Wish { look, ..Wish::plain() };
        let job = rendering::ask(&self.house, self.caller.owner(), &wanted.film, &wish).await?;
        self.look(&Handle::Export { key: job.key }).await
    }

    async fn status(&self, job: &str, at_most: Duration) -> Answer<Work> {
        self.settled(&Handle::read(job)?, at_most).await
    }

    async fn cancel(&self, job: &str) -> Answer<Work> {
        let handle = Handle::read(job)?;
        let (owner, jobs) = (self.caller.owner(), self.house.shelf.jobs());
        match &handle {
            Handle::Open { session } => {
                self.document(session).await?;
                self.house.errands.leave(session);
            }
            Handle::Add { session, run, .. } => self.leave(session, run).await?,
            Handle::Export { key: id } | Handle::Preview { job: id, .. } => {
                // What is no job of this kind is not called off by it.
                self.look(&handle).await?;
                jobs.cancel(owner, id, Moment::now()).await.map_err(refused("job"))?;
            }
            Handle::Turn { .. } | Handle::Options { .. } | Handle::Watch { .. } => {
                let work = self.look(&handle).await?;
                let message =
                    "What is being read or watched cannot be called off; undo_edit takes a change back.";
                return if work.is_going() { Err(Refusal::malformed(message)) } else { Ok(work) };
            }
        }
        self.look(&handle).await
    }

    async fn timeline(&self, wanted: ThisFilm) -> Answer<TimelineView> {
        let document = self.document(&wanted.film).await?;
        let unopened = || Refusal::absent("There is no film in it yet; please open one by its address.");
        let history = document.history.as_ref().ok_or_else(unopened)?;
        let view = StateView::new(history.now(), &document.music, document.language());
        let state = serde_json::to_value(view).map_err(|_| Refusal::broken())?;
        Ok(TimelineView::new(&wanted.film, history, state))
    }

    async fn licence(&self, wanted: ThisFilm) -> Answer<LicenceView> {
        self.record(&wanted.film).await
    }
}

impl Document {
    /// What was said so far.
    pub(super) fn said(&self) -> String {
        let steps = self.history.iter().flat_map(|history| history.past());
        let said: Vec<&str> = steps.map(|step| step.said.as_str()).filter(|said| !said.is_empty()).collect();
        said.join("; ")
    }

    /// The language that was spoken last.
    fn language(&self) -> Language {
        let mut steps = self.history.iter().flat_map(|history| history.past()).rev();
        let last = steps.find(|step| !step.said.is_empty());
        last.map_or(Language::English, |step| Language::of(&step.said))
    }
}
