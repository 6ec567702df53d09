//! Scores a film: watches it, reads the request, composes, performs, mixes, writes and measures.

mod desk;
mod licence;
mod music;
mod rendering;
mod request;
mod scored;
mod sheet;
mod sound_mix;
mod tools;
mod watching;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ffmpeg::{Film, Tools};
use footage::{Probe, Profile};
use score::Library;
use sound::Time;
use tempfile::TempDir;
use timeline::{Edit, Music, Target, Timeline};

use crate::performance::Sounds;
use crate::publish::Results;
use crate::spool::Spool;
use crate::stage::{Onlooker, Stage, Stopwatch};
use crate::{Fault, composition, folder, genres, places, project, warning};

use desk::Desk;
pub use licence::Licence;
use request::Understood;
use watching::Pace;

pub use scored::{Finished, Piece, Scored};
pub use sheet::watch_and_draw;

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
    /// The timeline document.
    pub project: Option<PathBuf>,
    /// Where whoever asks will lay a report beside the results; only the name is looked at.
    pub report: Option<PathBuf>,
}

impl Scoring {
    /// Finds out what cannot be read or written before anything is done.
    fn expect_files(&self) -> Result<(), Fault> {
        let files = [&self.output, &self.wav, &self.midi, &self.nsf, &self.otio, &self.project, &self.report];
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
    let seen = set.show(&desk, desk.start().clone(), &mut watch)?;
    let seed = wanted.seed.unwrap_or_else(|| request::seed_of(&seen.watched.film, &wanted.request));
    let understood = request::understand(wanted, desk.start(), &seen.watched, &set.library, seed)?;
    let seen = match understood.timeline.runs_like(&seen.shows) {
        true => seen,
        false => set.show(&desk, understood.timeline.clone(), &mut watch)?,
    };
    set.finish(&desk, seen, &understood, seed, watch)
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
    let set = Set::new(wanted)?;
    let aim = wanted.target.map(|target| timeline.apply(&Edit::Aim { target })).transpose()?;
    let timeline = aim.as_ref().unwrap_or(timeline);
    let desk = watch.run(Stage::Probe, |progress| Desk::of(&set.tools, timeline, progress))?;
    let seen = set.show(&desk, timeline.clone(), &mut watch)?;
    let seed = timeline.beds.iter().find_map(|bed| match &bed.music {
        Music::Composed(brief) => Some(brief.seed),
        Music::Recording(_) => None,
    });
    set.finish(&desk, seen, &Understood::as_it_stands(timeline), seed.unwrap_or(0), watch)
}

/// Watches a film and does nothing to it.
///
/// # Errors
/// A [`Fault`] when the film cannot be read.
pub fn watch(film: &Path, onlooker: &dyn Onlooker) -> Result<Found, Fault> {
    let mut stopwatch = Stopwatch::new(onlooker);
    let tools = tools::boxed()?;
    let job = folder::private(None)?;
    let film = Arc::new(stopwatch.run(Stage::Probe, |progress| tools.open(film, progress))?);
    let watched = stopwatch.run(Stage::Watch, |progress| {
        watching::find_out(&tools, film, Pace::Patient, job.path(), progress)
    })?;
    Ok(Found::new(watched))
}

/// What a film is made with.
struct Set<'a> {
    wanted: &'a Scoring,
    library: Library,
    tools: Tools,
    job: TempDir,
}

/// A film that was watched, with its own sound and the timeline whose picture it shows.
struct Seen {
    watched: Watched,
    film_sound: Spool,
    shows: Timeline,
}

impl<'a> Set<'a> {
    fn new(wanted: &'a Scoring) -> Result<Set<'a>, Fault> {
        wanted.expect_files()?;
        let job = folder::private(wanted.output.as_deref().or(wanted.wav.as_deref()))?;
        Ok(Set { wanted, library: genres::library()?, tools: tools::boxed()?, job })
    }

    /// Cuts what a timeline shows where it must be cut, watches it, and keeps its sound.
    fn show(&self, desk: &Desk, shows: Timeline, watch: &mut Stopwatch) -> Result<Seen, Fault> {
        let (tools, folder) = (&self.tools, self.job.path());
        let film = match shows.untouched() {
            Some(_) => desk.film(tools, &shows, folder, &sound::Silent)?,
            None => watch.run(Stage::Cut, |progress| desk.film(tools, &shows, folder, progress))?,
        };
        let (watched, film_sound) =
            watch.run(Stage::Watch, |progress| watching::find_out_and_hear(tools, film, folder, progress))?;
        Ok(Seen { watched, film_sound, shows })
    }

    /// Composes, plays, mixes and writes what was understood.
    fn finish(
        &self,
        desk: &Desk,
        seen: Seen,
        understood: &Understood,
        seed: u64,
        mut watch: Stopwatch,
    ) -> Result<(Scored, Results), Fault> {
        let Seen { watched, film_sound, shows } = seen;
        let (wanted, timeline) = (self.wanted, &understood.timeline);
        let pieces =
            watch.run(Stage::Compose, |_| music::compose(timeline, &watched.profile, &self.library))?;
        let mut results = Results::default();
        // what is no music for a console is told before anything is played
        if let (Some(path), Some(piece)) = (&wanted.nsf, pieces.first()) {
            composition::write_nsf(&piece.score, &piece.cue, path, &mut results)?;
        }
        let mut scored = Scored::new(wanted, timeline.clone(), &watched, pieces, seed);
        let mut sounds = music::unplayed(&scored.timeline);
        if wanted.output.is_some() || wanted.wav.is_some() || wanted.stems.is_some() {
            let (tools, folder) = (&self.tools, self.job.path());
            let studio = Studio { wanted, tools, watched: &watched, desk, shows: &shows, folder };
            sounds = studio.produce(&mut scored, &mut results, film_sound, &mut watch)?;
        }
        scored.licence.played_on(&sounds);
        write_documents(wanted, &scored, understood, &mut results)?;
        let notes = scored.notes(wanted, &sounds);
        scored.warnings.extend(notes);
        scored.reply = understood.reply(&scored, &sounds, &self.library);
        scored.seconds = watch.seconds();
        Ok((scored, results))
    }
}

/// What sounds are made in.
struct Studio<'a> {
    wanted: &'a Scoring,
    tools: &'a Tools,
    watched: &'a Watched,
    desk: &'a Desk,
    /// The timeline whose picture the watched film shows.
    shows: &'a Timeline,
    folder: &'a Path,
}

impl Studio<'_> {
    /// Plays, mixes and renders; gives what made the sound.
    fn produce(
        &self,
        scored: &mut Scored,
        results: &mut Results,
        film_sound: Spool,
        watch: &mut Stopwatch,
    ) -> Result<Vec<Sounds>, Fault> {
        let stems = self.wanted.stems.is_some();
        let played = watch.run(Stage::Perform, |progress| {
            let speech = &self.watched.profile.speech;
            music::play(self.tools, &scored.timeline, &scored.pieces, speech, stems, self.folder, progress)
        })?;
        if let Some(folder) = &self.wanted.stems {
            music::write_stems(&scored.timeline, &played, folder, results)?;
        }
        if let (Some(path), Some(first)) = (&self.wanted.wav, played.first()) {
            watch.run(Stage::Mix, |progress| composition::master(first, path, results, progress))?;
        }
        if let Some(output) = &self.wanted.output {
            let mixed = watch.run(Stage::Mix, |progress| {
                sound_mix::mix(&scored.timeline, &self.watched.profile, film_sound, &played, progress)
            })?;
            let (finished, draft) = watch.run(Stage::Render, |progress| {
                let shown = rendering::Shown {
                    desk: self.desk,
                    timeline: &scored.timeline,
                    shows: self.shows,
                    film: &self.watched.film,
                };
                rendering::render(self.tools, &shown, &mixed, self.folder, output, progress)
            })?;
            results.keep_film(draft, output)?;
            scored.warnings.extend(mixed.warning());
            scored.warnings.extend(mixed.missed(&finished.sound));
            scored.mix = Some(mixed.plan);
            scored.finished = Some(finished);
        }
        Ok(played.into_iter().map(|bed| bed.sounds).collect())
    }
}

fn write_documents(
    wanted: &Scoring,
    scored: &Scored,
    understood: &Understood,
    results: &mut Results,
) -> Result<(), Fault> {
    if let (Some(path), Some(piece)) = (&wanted.midi, scored.pieces.first()) {
        composition::write_midi(&piece.score, &piece.cue, path, results)?;
    }
    if let Some(path) = &wanted.otio {
        let rate = scored.probe.picture.frame_rate;
        let cuts: Vec<Time> = scored.profile.cuts.iter().map(|cut| cut.at).collect();
        let text = timeline::otio(&scored.timeline, rate, &cuts);
        results.write(path, text.as_bytes())?;
    }
    if let Some(path) = &wanted.project {
        results.write(path, &project::written(&understood.history(&wanted.request)))?;
    }
    Ok(())
}
