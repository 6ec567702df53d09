//! Scores a film: watches it, reads the request, composes, performs, mixes, writes and measures.

mod desk;
mod encoding;
mod licence;
mod music;
mod overlay;
mod peaks;
mod pictures;
mod production;
mod rendering;
mod request;
mod scored;
mod set;
mod showing;
mod sound_mix;
mod tools;
mod turn;
mod watching;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ffmpeg::{Delivery, Film};
use footage::{Probe, Profile};
use llm::{Model, Question};
use timeline::{Edit, Music, Target, Timeline};

use crate::publish::Results;
use crate::stage::{Onlooker, Stage, Stopwatch};
use crate::{Fault, advice, folder, places, warning};

use desk::Desk;
pub use licence::Licence;
use request::Understood;
use set::{Seen, Set};

pub use scored::{Finished, Piece, Scored};
pub use showing::{Showing, glance, watch};
pub(crate) use tools::boxed;
pub use turn::{Choice, Turned, turn};

/// What is to be done to a film.
#[derive(Clone, Debug, Default)]
pub struct Scoring {
    /// The film; or films and photos that are shown one after the other.
    pub films: Vec<PathBuf>,
    /// What people call it, where its file has a name of no meaning.
    pub film_name: Option<String>,
    /// What somebody asked for, in their words; may be empty when there is a recording.
    pub request: String,
    /// The user's own recording instead of composed music.
    pub recording: Option<PathBuf>,
    /// What chance is drawn from; without it, the film and the request decide.
    pub seed: Option<u64>,
    /// How loud the result is to be, whatever the request says.
    pub target: Option<Target>,
    /// How its picture is wanted.
    pub delivery: Delivery,
    /// The scored film.
    pub output: Option<PathBuf>,
    /// The music alone.
    pub wav: Option<PathBuf>,
    /// The notes.
    pub midi: Option<PathBuf>,
    /// The music for consoles.
    pub nsf: Option<PathBuf>,
    /// The folder for the stems.
    pub stems: Option<PathBuf>,
    /// The edit, for other editors.
    pub otio: Option<PathBuf>,
    /// The cuts of the picture, for other editors (CMX 3600).
    pub edl: Option<PathBuf>,
    /// The timeline document.
    pub project: Option<PathBuf>,
    /// A language model that may be asked about the request.
    pub model: Option<Arc<Model>>,
    /// Where whoever asks will lay a report beside the results; only the name is looked at.
    pub report: Option<PathBuf>,
}

impl Scoring {
    /// Finds out what cannot be read or written before anything is done.
    fn expect_files(&self) -> Result<(), Fault> {
        let files = [
            &self.output,
            &self.wav,
            &self.midi,
            &self.nsf,
            &self.otio,
            &self.edl,
            &self.project,
            &self.report,
        ];
        let files: Vec<&Path> = files.into_iter().flatten().map(PathBuf::as_path).collect();
        let mut sources: Vec<&Path> = self.films.iter().map(PathBuf::as_path).collect();
        if let Some(recording) = &self.recording {
            recording.metadata().map_err(Fault::file("found", recording))?;
            sources.push(recording);
        }
        places::expect(&sources, &files, self.stems.as_deref())
    }
}

/// A film with what was found in it.
struct Watched {
    film: Arc<Film>,
    profile: Profile,
}

/// What was found in a film.
#[derive(Clone, Debug)]
pub struct Found {
    /// What the film's container says.
    pub probe: Probe,
    /// What is in the film.
    pub profile: Profile,
    /// What the user should know.
    pub warnings: Vec<String>,
}

impl Found {
    fn new(watched: Watched) -> Found {
        let (probe, damage) = (watched.film.probe().clone(), warning::damaged(&watched.film));
        Found { probe, profile: watched.profile, warnings: damage.into_iter().collect() }
    }
}

/// Scores a film; without an output nothing is played or made but the notes and the documents. What is made has no
/// names until it is published.
///
/// # Errors
/// A [`Fault`]: nothing is left then, and an older output still stands.
pub fn add(wanted: &Scoring, onlooker: &dyn Onlooker) -> Result<(Scored, Results), Fault> {
    let mut watch = Stopwatch::new(onlooker);
    let set = Set::new(wanted)?;
    let desk = watch.run(Stage::Probe, |progress| Desk::lay(&set.tools, wanted, progress))?;
    if let Some(film) = desk.whole(desk.start()) {
        let seed = wanted.seed.unwrap_or_else(|| request::seed_of(film, &wanted.request));
        let heard = request::hear(wanted, desk.start(), &overlay::unseen(film), &set.library, seed)?;
        let asks = wanted.model.as_ref().is_some_and(|model| advice::is_wanted(model, &heard.reading));
        // What cannot be understood like this may be when the film has been watched.
        if let (false, Ok(understood)) = (asks, heard.understood(wanted))
            && let Some(done) = set.overlay(film, &understood, seed, &mut watch)?
        {
            return Ok(done);
        }
    }
    let seen = set.show(&desk, desk.start().clone(), &mut watch)?;
    let seed = wanted.seed.unwrap_or_else(|| request::seed_of(&seen.watched.film, &wanted.request));
    let understood = understand(wanted, &set, &desk, &seen, seed, &mut watch, onlooker)?;
    let seen = match understood.timeline.runs_like(&seen.shows) {
        true => seen,
        false => set.show(&desk, understood.timeline.clone(), &mut watch)?,
    };
    set.finish(&desk, seen, &understood, seed, watch)
}

/// Reads the request about a film that was watched, with a language model where one is to be asked.
fn understand(
    wanted: &Scoring,
    set: &Set<'_>,
    desk: &Desk,
    seen: &Seen,
    seed: u64,
    watch: &mut Stopwatch<'_>,
    onlooker: &dyn Onlooker,
) -> Result<Understood, Fault> {
    let profile = &seen.watched.profile;
    let mut heard = request::hear(wanted, desk.start(), profile, &set.library, seed)?;
    if let Some(model) = wanted.model.as_ref().filter(|model| advice::is_wanted(model, &heard.reading)) {
        let frames = pictures::shown_to(model, || {
            watch.run(Stage::Ask, |progress| pictures::glimpses(&set.tools, &seen.watched.film, progress))
        })?;
        let (request, timeline, library) = (wanted.request.as_str(), desk.start(), &set.library);
        heard.ask(model, Question { request, timeline, profile, library, seed, frames: &frames }, watch)?;
    }
    let notice = heard.notice.clone();
    // A refusal is the only thing said, so what else there is to know must be said beside it.
    heard.understood(wanted).inspect_err(|_| notice.iter().for_each(|notice| onlooker.notice(notice)))
}

/// The timeline that shows films and photos as they are, one after the other.
///
/// # Errors
/// A [`Fault`] when one of them cannot be read.
pub fn begin(films: &[PathBuf], onlooker: &dyn Onlooker) -> Result<Timeline, Fault> {
    let job = folder::private(None)?;
    let tools = tools::boxed(job.path())?;
    let wanted = Scoring { films: films.to_vec(), ..Scoring::default() };
    let desk = Stopwatch::new(onlooker).run(Stage::Probe, |progress| Desk::lay(&tools, &wanted, progress))?;
    Ok(desk.start().clone())
}

/// Makes the film of a timeline as it stands; `wanted` says which files, its films and its request do not count.
///
/// # Errors
/// As [`add`].
pub fn export(
    wanted: &Scoring,
    timeline: &Timeline,
    onlooker: &dyn Onlooker,
) -> Result<(Scored, Results), Fault> {
    let mut watch = Stopwatch::new(onlooker);
    // Named so that no result takes the place of a file that is read.
    let wanted = &Scoring { films: sources(timeline), ..wanted.clone() };
    let set = Set::new(wanted)?;
    let aim = wanted.target.map(|target| timeline.apply(&Edit::Aim { target })).transpose()?;
    let timeline = aim.as_ref().unwrap_or(timeline);
    let desk =
        watch.run(Stage::Probe, |progress| Desk::of(&set.tools, timeline, wanted.delivery, progress))?;
    let understood = Understood::as_it_stands(timeline);
    if let Some(film) = desk.whole(timeline)
        && let Some(done) = set.overlay(film, &understood, 0, &mut watch)?
    {
        return Ok(done);
    }
    let seen = set.show(&desk, timeline.clone(), &mut watch)?;
    let seed = timeline.beds.iter().find_map(|bed| match &bed.music {
        Music::Composed(brief) => Some(brief.seed),
        Music::Recording(_) => None,
    });
    set.finish(&desk, seen, &understood, seed.unwrap_or(0), watch)
}

/// The files that a timeline is made from, its recordings too.
fn sources(timeline: &Timeline) -> Vec<PathBuf> {
    let films = timeline.sources.iter().filter_map(|source| source.file.as_ref());
    let recordings = timeline.beds.iter().filter_map(|bed| match &bed.music {
        Music::Recording(path) => Some(path),
        Music::Composed(_) => None,
    });
    films.chain(recordings).map(PathBuf::from).collect()
}
