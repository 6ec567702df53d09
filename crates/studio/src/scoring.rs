//! Scores a film: watches it, reads the request, composes, performs, mixes, writes and measures.

mod licence;
mod music;
mod rendering;
mod request;
mod scored;
mod sheet;
mod sound_mix;
mod watching;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ffmpeg::{Film, Tools};
use footage::{Probe, Profile};
use sound::Time;
use timeline::Target;

use crate::performance::Sounds;
use crate::publish::Results;
use crate::spool::Spool;
use crate::stage::{Onlooker, Stage, Stopwatch};
use crate::{Fault, composition, folder, genres, places, warning};

pub use licence::Licence;
use watching::Pace;

pub use scored::{Finished, Piece, Scored};
pub use sheet::watch_and_draw;

/// What is to be done to a film.
#[derive(Clone, Debug, Default)]
pub struct Scoring {
    /// The film.
    pub film: PathBuf,
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
        let mut sources = vec![self.film.as_path()];
        if let Some(recording) = &self.recording {
            recording.metadata().map_err(Fault::file("found", recording))?;
            sources.push(recording);
        }
        places::expect(&sources, &files, self.stems.as_deref())
    }
}

/// A film with what was found in it.
struct Watched {
    film: Film,
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
    wanted.expect_files()?;
    let library = genres::library()?;
    let tools = Tools::find()?;
    let job = folder::private(wanted.output.as_deref().or(wanted.wav.as_deref()))?;
    let film = watch.run(Stage::Probe, |progress| tools.open(&wanted.film, progress))?;
    let (watched, film_sound) = watch
        .run(Stage::Watch, |progress| watching::find_out_and_hear(&tools, film, job.path(), progress))?;
    let seed = wanted.seed.unwrap_or_else(|| request::seed_of(&watched.film, &wanted.request));
    let understood = request::understand(wanted, &watched, &library, seed)?;
    let pieces =
        watch.run(Stage::Compose, |_| music::compose(&understood.timeline, &watched.profile, &library))?;
    let mut results = Results::default();
    // what is no music for a console is told before anything is played
    if let (Some(path), Some(piece)) = (&wanted.nsf, pieces.first()) {
        composition::write_nsf(&piece.score, &piece.cue, path, &mut results)?;
    }
    let mut scored = Scored {
        reply: String::new(),
        licence: Licence::new(wanted, &understood.timeline, &pieces, seed),
        timeline: understood.timeline.clone(),
        probe: watched.film.probe().clone(),
        damage: warning::damaged(&watched.film),
        profile: watched.profile.clone(),
        pieces,
        mix: None,
        finished: None,
        seconds: BTreeMap::new(),
        warnings: Vec::new(),
    };
    let mut sounds = music::unplayed(&scored.timeline);
    if wanted.output.is_some() || wanted.wav.is_some() || wanted.stems.is_some() {
        let studio = Studio { wanted, tools: &tools, watched: &watched, folder: job.path() };
        sounds = studio.produce(&mut scored, &mut results, film_sound, &mut watch)?;
    }
    scored.licence.played_on(&sounds);
    write_documents(wanted, &scored, &mut results)?;
    let notes = scored.notes(wanted, &sounds);
    scored.warnings.extend(notes);
    scored.reply = understood.reply(&scored, &sounds, &library);
    scored.seconds = watch.seconds();
    Ok((scored, results))
}

/// Watches a film and does nothing to it.
///
/// # Errors
/// A [`Fault`] when the film cannot be read.
pub fn watch(film: &Path, onlooker: &dyn Onlooker) -> Result<Found, Fault> {
    let mut stopwatch = Stopwatch::new(onlooker);
    let tools = Tools::find()?;
    let job = folder::private(None)?;
    let film = stopwatch.run(Stage::Probe, |progress| tools.open(film, progress))?;
    let watched = stopwatch.run(Stage::Watch, |progress| {
        watching::find_out(&tools, film, Pace::Patient, job.path(), progress)
    })?;
    Ok(Found::new(watched))
}

/// What sounds are made in.
struct Studio<'a> {
    wanted: &'a Scoring,
    tools: &'a Tools,
    watched: &'a Watched,
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
                let titles = &scored.timeline.titles;
                rendering::render(
                    self.tools,
                    &self.watched.film,
                    titles,
                    &mixed,
                    self.folder,
                    output,
                    progress,
                )
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

fn write_documents(wanted: &Scoring, scored: &Scored, results: &mut Results) -> Result<(), Fault> {
    if let (Some(path), Some(piece)) = (&wanted.midi, scored.pieces.first()) {
        composition::write_midi(&piece.score, &piece.cue, path, results)?;
    }
    if let Some(path) = &wanted.otio {
        let rate = scored.probe.picture.frame_rate;
        let cuts: Vec<Time> = scored.profile.cuts.iter().map(|cut| cut.at).collect();
        let film = wanted.film.canonicalize().unwrap_or_else(|_| wanted.film.clone());
        let text = timeline::otio(&scored.timeline, &film.to_string_lossy(), rate, &cuts);
        results.write(path, text.as_bytes())?;
    }
    if let Some(path) = &wanted.project {
        let document = serde_json::to_vec_pretty(&scored.timeline).unwrap_or_default();
        results.write(path, &document)?;
    }
    Ok(())
}
