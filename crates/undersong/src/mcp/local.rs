//! The desk over files of this machine: films in folders that are allowed, kept in memory while the client is there.

pub(crate) mod film;
pub(crate) mod folders;
mod jobs;
mod making;
mod open;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use llm::Model;
use studio::Stage;
use tempfile::TempDir;

use super::desk::{Answer, Desk, SOON};
use super::phrases;
use super::refusal::Refusal;
use super::shapes::asked::{
    AddMusic, EditFilm, ExportFilm, ListAlternatives, OpenFilm, PreviewMusic, ThisFilm, UndoEdit,
};
use super::shapes::held::{LicenceView, TimelineView};
use super::shapes::work::{Outcome, Work};
use crate::lock::held;
use film::{Film, Said};
use folders::Folders;
use jobs::{Jobs, Wanted};
use open::{Films, Opening};

/// How long somebody who calls work off waits for its end.
const CALLING_OFF: Duration = Duration::from_secs(5);
/// The stages of reading what was said.
const TURN: &[Stage] = &[Stage::Probe, Stage::Watch, Stage::Ask];
/// The stages of looking at a film.
const LOOK: &[Stage] = &[Stage::Probe, Stage::Watch];

/// Films and jobs of one client.
pub(crate) struct Local {
    folders: Folders,
    model: Option<Arc<Model>>,
    films: Arc<Mutex<Films>>,
    jobs: Jobs,
    /// Where previews lie until the client leaves.
    previews: TempDir,
}

impl Local {
    /// # Errors
    /// Where no private folder can be made.
    pub(crate) fn new(folders: Folders, model: Option<Model>) -> Result<Local, Refusal> {
        let previews = studio::private(None)?;
        let films = Arc::default();
        Ok(Local { folders, model: model.map(Arc::new), films, jobs: Jobs::default(), previews })
    }

    /// Calls everything off, and waits until nothing goes on.
    pub(crate) async fn close(&self) {
        self.jobs.close().await;
    }

    fn film(&self, name: &str) -> Answer<Arc<Film>> {
        let found = held(&self.films).get(name);
        let unknown =
            || Refusal::absent(format!("There is no film called {name}; please open one with open_film."));
        found.ok_or_else(unknown)
    }

    /// Begins work about a film, and waits for it a little where it is mostly short.
    async fn begin(
        &self,
        film: &Arc<Film>,
        stages: &'static [Stage],
        at_most: Duration,
        work: impl FnOnce(&Film, &jobs::Afar) -> Answer<Outcome> + Send + 'static,
    ) -> Answer<Work> {
        let worked = Arc::clone(film);
        let wanted = Wanted { film: film.id(), stages };
        let slot = self.jobs.begin(wanted, move |afar| work(&worked, afar))?;
        slot.settled(at_most).await;
        Ok(slot.work())
    }

    /// Says something about a film, and makes the film where that is wanted.
    async fn say(&self, film: &str, said: Said, at_most: Duration) -> Answer<Work> {
        let film = self.film(film)?;
        let stages = if said.makes() { film.stages() } else { TURN };
        let (model, folders) = (self.model.clone(), self.folders.clone());
        let work = move |film: &Film, afar: &jobs::Afar| said.carry(film, model.as_deref(), &folders, afar);
        self.begin(&film, stages, at_most, work).await
    }
}

impl Desk for Local {
    fn about(&self) -> String {
        format!(
            "undersong adds original music to films, on this machine. Films are read and written in {} alone. Open a film, add \
             music, poll the job with job_status (wait_s 20), and give the user the reply and the file. Say requests in the words \
             of the user, in English or Chinese.",
            self.folders.told()
        )
    }

    async fn open(&self, wanted: OpenFilm) -> Answer<Work> {
        if let Some(known) = &wanted.film {
            let film = self.film(known)?;
            let work = |film: &Film, _: &jobs::Afar| Ok(film.opened());
            return self.begin(&film, LOOK, SOON, work).await;
        }
        if wanted.files.is_empty() {
            return Err(Refusal::malformed("Name a film in files."));
        }
        let paths: Vec<PathBuf> =
            wanted.files.iter().map(|file| self.folders.read(file)).collect::<Result<_, _>>()?;
        let film = held(&self.films).enter(paths)?;
        let opening = Opening { films: Arc::clone(&self.films), film: film.id(), is_open: false };
        self.begin(&film, LOOK, SOON, |film, afar| opening.done(film.open(afar))).await
    }

    async fn describe(&self, wanted: ThisFilm) -> Answer<Work> {
        let film = self.film(&wanted.film)?;
        self.begin(&film, LOOK, SOON, |film, afar| film.described(afar)).await
    }

    async fn add_music(&self, wanted: AddMusic) -> Answer<Work> {
        let delivered = wanted.delivered();
        // What cannot be written is told before anything is done.
        making::free_name(&*self.film(&wanted.film)?, &delivered, &self.folders)?;
        let words = phrases::wanted(wanted.request.as_deref())?;
        let said = Said { words, seed: wanted.seed, makes: Some(delivered) };
        self.say(&wanted.film, said, Duration::ZERO).await
    }

    async fn edit(&self, wanted: EditFilm) -> Answer<Work> {
        let said = Said { words: phrases::said(&wanted.request)?, seed: wanted.seed, makes: None };
        self.say(&wanted.film, said, SOON).await
    }

    async fn undo(&self, wanted: UndoEdit) -> Answer<Work> {
        let film = self.film(&wanted.film)?;
        let words = film.words(phrases::undo(wanted.redo));
        self.say(&wanted.film, Said { words, seed: None, makes: None }, SOON).await
    }

    async fn alternatives(&self, wanted: ListAlternatives) -> Answer<Work> {
        let film = self.film(&wanted.film)?;
        let phrase = phrases::options(wanted.count)?;
        if !wanted.anew && film.has_alternatives() {
            return self.begin(&film, LOOK, SOON, |film, _| Ok(film.alternatives())).await;
        }
        let words = film.words(phrase);
        self.say(&wanted.film, Said { words, seed: None, makes: None }, SOON).await
    }

    async fn preview(&self, wanted: PreviewMusic) -> Answer<Work> {
        let film = self.film(&wanted.film)?;
        let folder = self.previews.path().to_owned();
        let work = move |film: &Film, afar: &jobs::Afar| {
            making::preview(film, wanted.piece.as_deref(), &folder, afar)
        };
        self.begin(&film, &Stage::UNCUT, Duration::ZERO, work).await
    }

    async fn export(&self, wanted: ExportFilm) -> Answer<Work> {
        let film = self.film(&wanted.film)?;
        let (delivered, folders) = (wanted.delivered(), self.folders.clone());
        film.now()?;
        making::free_name(&film, &delivered, &folders)?;
        let work = move |film: &Film, afar: &jobs::Afar| making::export(film, &delivered, &folders, afar);
        self.begin(&film, film.stages(), Duration::ZERO, work).await
    }

    async fn status(&self, job: &str, at_most: Duration) -> Answer<Work> {
        let slot = self.jobs.find(job)?;
        slot.settled(at_most).await;
        Ok(slot.work())
    }

    async fn cancel(&self, job: &str) -> Answer<Work> {
        let slot = self.jobs.find(job)?;
        slot.stop();
        slot.settled(CALLING_OFF).await;
        Ok(slot.work())
    }

    async fn timeline(&self, wanted: ThisFilm) -> Answer<TimelineView> {
        self.film(&wanted.film)?.timeline()
    }

    async fn licence(&self, wanted: ThisFilm) -> Answer<LicenceView> {
        self.film(&wanted.film)?.licence()
    }
}
