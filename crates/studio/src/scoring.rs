//! Scores a film: watches it, reads the request, composes, performs, mixes, writes and measures.

mod licence;
mod music;
mod rendering;
mod request;
mod sheet;
mod sound_mix;
mod watching;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ffmpeg::{Checked, Film, PictureMode, Tools};
use footage::{Probe, Profile, Watcher};
use mix::{Measured, Plan};
use score::{CueSheet, Score};
use sound::Time;
use timeline::{Target, Timeline};

use crate::performance::Sounds;
use crate::publish::{expect_files, write_file};
use crate::spool::Spool;
use crate::stage::{Onlooker, Stage, Stopwatch};
use crate::{Fault, composition, folder, genres};

pub use licence::Licence;
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
    /// The folder for the stems.
    pub stems: Option<PathBuf>,
    /// The edit, for other editors.
    pub otio: Option<PathBuf>,
    /// The timeline document.
    pub project: Option<PathBuf>,
}

impl Scoring {
    /// Finds out what cannot be read or written before anything is done.
    fn expect_files(&self) -> Result<(), Fault> {
        let files = [&self.output, &self.wav, &self.midi, &self.otio, &self.project];
        let files: Vec<&Path> = files.into_iter().flatten().map(PathBuf::as_path).collect();
        let mut sources = vec![self.film.as_path()];
        if let Some(recording) = &self.recording {
            recording.metadata().map_err(Fault::file("found", recording))?;
            sources.push(recording);
        }
        expect_files(&sources, &files)?;
        self.stems.as_deref().map_or(Ok(()), composition::expect_stems)
    }
}

/// A film that was scored, or planned to be.
#[derive(Debug)]
pub struct Scored {
    /// What to tell whoever asked.
    pub reply: String,
    /// The timeline.
    pub timeline: Timeline,
    /// What the film's container says.
    pub probe: Probe,
    /// What is in the film.
    pub profile: Profile,
    /// The music that was composed, in the order of the beds.
    pub pieces: Vec<Piece>,
    /// How the mix was done; `None` when nothing was rendered.
    pub mix: Option<Plan>,
    /// The finished file; `None` when nothing was rendered.
    pub finished: Option<Finished>,
    /// What was made of what, under which licence.
    pub licence: Licence,
    /// Seconds each stage took.
    pub seconds: BTreeMap<&'static str, f64>,
    /// What the user should know.
    pub warnings: Vec<String>,
}

/// A composed piece.
#[derive(Debug)]
pub struct Piece {
    /// The number of its bed.
    pub bed: u32,
    /// Where it begins in the film.
    pub start: Time,
    /// What it was drawn from.
    pub seed: u64,
    /// The plan.
    pub cue: CueSheet,
    /// The notes.
    pub score: Score,
}

/// A finished file, as measured.
#[derive(Debug)]
pub struct Finished {
    /// Where it lies.
    pub path: PathBuf,
    /// What happened to the picture.
    pub picture: PictureMode,
    /// Why.
    pub why: String,
    /// The file.
    pub checked: Checked,
    /// Its decoded sound.
    pub sound: Measured,
}

/// A film with what was found in it.
struct Watched {
    film: Film,
    profile: Profile,
}

/// Scores a film; without an output nothing is played or written but the notes and the documents.
///
/// # Errors
/// A [`Fault`]: nothing half-written is left then, and an older output still stands.
pub fn add(wanted: &Scoring, onlooker: &dyn Onlooker) -> Result<Scored, Fault> {
    let mut watch = Stopwatch::new(onlooker);
    wanted.expect_files()?;
    let library = genres::library()?;
    let tools = Tools::find()?;
    let job = folder::job()?;
    let film = watch.run(Stage::Probe, |progress| tools.open(&wanted.film, progress))?;
    let (watched, film_sound) = watch.run(Stage::Watch, |progress| {
        watching::watch(&tools, film, Watcher::new, job.path(), None, progress)
    })?;
    let seed = wanted.seed.unwrap_or_else(|| request::seed_of(&watched.film, &wanted.request));
    let understood = request::understand(wanted, &watched, &library, seed)?;
    let pieces =
        watch.run(Stage::Compose, |_| music::compose(&understood.timeline, &watched.profile, &library))?;
    let mut scored = Scored {
        reply: String::new(),
        licence: Licence::new(wanted, &understood.timeline, &pieces, seed),
        timeline: understood.timeline.clone(),
        probe: watched.film.probe().clone(),
        profile: watched.profile.clone(),
        pieces,
        mix: None,
        finished: None,
        seconds: BTreeMap::new(),
        warnings: Vec::new(),
    };
    let mut sounds = Sounds::Own;
    if wanted.output.is_some() || wanted.wav.is_some() || wanted.stems.is_some() {
        let studio = Studio { wanted, tools: &tools, watched: &watched, folder: job.path() };
        sounds = studio.produce(&mut scored, film_sound, &mut watch)?;
    }
    scored.licence.played_on(&sounds);
    write_documents(wanted, &scored)?;
    scored.warnings.extend(warnings(wanted, &scored, &sounds));
    scored.reply = understood.reply(&scored, &sounds, &library);
    scored.seconds = watch.seconds();
    Ok(scored)
}

/// Watches a film and does nothing to it.
///
/// # Errors
/// A [`Fault`] when the film cannot be read.
pub fn watch(film: &Path, onlooker: &dyn Onlooker) -> Result<(Probe, Profile), Fault> {
    let mut stopwatch = Stopwatch::new(onlooker);
    let tools = Tools::find()?;
    let job = folder::job()?;
    let film = stopwatch.run(Stage::Probe, |progress| tools.open(film, progress))?;
    let (watched, _) = stopwatch.run(Stage::Watch, |progress| {
        watching::watch(&tools, film, Watcher::patient, job.path(), None, progress)
    })?;
    Ok((watched.film.probe().clone(), watched.profile))
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
        film_sound: Spool,
        watch: &mut Stopwatch,
    ) -> Result<Sounds, Fault> {
        let stems = self.wanted.stems.is_some();
        let played = watch.run(Stage::Perform, |progress| {
            music::play(self.tools, &scored.timeline, &scored.pieces, stems, self.folder, progress)
        })?;
        // A recording has no parts.
        if let Some(folder) = self.wanted.stems.as_ref().filter(|_| !scored.pieces.is_empty()) {
            played.iter().try_for_each(|bed| composition::write_stems(&bed.stems, folder))?;
        }
        if let (Some(path), Some(first)) = (&self.wanted.wav, played.first()) {
            watch.run(Stage::Mix, |progress| composition::master(first, path, progress))?;
        }
        if let Some(output) = &self.wanted.output {
            let mixed = watch.run(Stage::Mix, |progress| {
                sound_mix::mix(&scored.timeline, &self.watched.profile, film_sound, &played, progress)
            })?;
            let finished = watch.run(Stage::Render, |progress| {
                rendering::render(self.tools, &self.watched.film, &mixed, self.folder, output, progress)
            })?;
            scored.warnings.extend(mixed.warning());
            scored.warnings.extend(mixed.missed(&finished.sound));
            scored.mix = Some(mixed.plan);
            scored.finished = Some(finished);
        }
        Ok(played.into_iter().map(|bed| bed.sounds).next().unwrap_or(Sounds::Own))
    }
}

impl Piece {
    fn told(&self) -> agent::ScoredBed {
        let met = |hit: &&score::Hit| hit.landing != score::Landing::None;
        agent::ScoredBed {
            bed: self.bed,
            genre: self.cue.genre.clone(),
            tempo_bpm: self.cue.heard_tempo().bpm(),
            key: self.cue.key.to_string(),
            hits_on_beat: self.cue.hits.iter().filter(met).count(),
            hits: self.cue.hits.len(),
        }
    }
}

fn write_documents(wanted: &Scoring, scored: &Scored) -> Result<(), Fault> {
    if let (Some(path), Some(piece)) = (&wanted.midi, scored.pieces.first()) {
        write_file(path, &score::midi(&piece.score, &piece.cue))?;
    }
    if let Some(path) = &wanted.otio {
        let rate = scored.probe.picture.frame_rate;
        let cuts: Vec<Time> = scored.profile.cuts.iter().map(|cut| cut.at).collect();
        let film = wanted.film.canonicalize().unwrap_or_else(|_| wanted.film.clone());
        let text = timeline::otio(&scored.timeline, &film.to_string_lossy(), rate, &cuts);
        write_file(path, text.as_bytes())?;
    }
    if let Some(path) = &wanted.project {
        let document = serde_json::to_vec_pretty(&scored.timeline).unwrap_or_default();
        write_file(path, &document)?;
    }
    Ok(())
}

fn warnings(wanted: &Scoring, scored: &Scored, sounds: &Sounds) -> Vec<String> {
    let mut told = Vec::new();
    if scored.pieces.is_empty() && (wanted.midi.is_some() || wanted.stems.is_some()) {
        told.push("A recording has no notes and no parts of its own, so none were written.".to_owned());
    }
    if scored.profile.has_music {
        told.push("The film's own sound already has music.".to_owned());
    }
    if *sounds == Sounds::Substitutes {
        told.push("No SoundFont was found, so sampled instruments play on our own voices.".to_owned());
    }
    let missed = scored.pieces.iter().flat_map(|piece| {
        let missed = piece.cue.hits.iter().filter(|hit| hit.landing == score::Landing::None);
        missed.map(|hit| hit.at + piece.start)
    });
    told.extend(missed.map(|at| format!("The hit at {at} could not be put on a beat.")));
    if let Some(finished) = scored.finished.as_ref().filter(|f| f.picture == PictureMode::Encode) {
        told.push(format!("The picture was encoded anew: {}.", finished.why));
    }
    told
}
