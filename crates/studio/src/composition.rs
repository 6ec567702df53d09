//! Music without a film: a brief and a length in, a WAV, a MIDI file, an NSF and stems out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use footage::{Curve, Feeling, Profile, Section};
use mix::{Goal, Master, Measured, Meter, Solved, solve};
use score::{Brief, CueSheet, Score};
use sound::{Decibels, Frame, Progress, Span, Time};

use crate::performance::{Played, Sounds, perform};
use crate::publish::Results;
use crate::spool::Spool;
use crate::stage::{Onlooker, Stage, Stopwatch};
use crate::wav::Wav;
use crate::{Fault, folder, genres, places, warning};

/// Loudness of music on its own, in LUFS: as music services play it.
const ALONE_LUFS: f64 = -16.0;
/// True peak of music on its own.
const ALONE_PEAK: Decibels = Decibels(-1.0);

/// What is to be composed.
#[derive(Clone, Debug)]
pub struct Composition {
    /// What music is wanted.
    pub brief: Brief,
    /// How long.
    pub length: Time,
    /// Where somebody will talk.
    pub speech: Vec<Span>,
    /// Where the music is written.
    pub wav: Option<PathBuf>,
    /// Where the notes are written.
    pub midi: Option<PathBuf>,
    /// Where the music is written for consoles.
    pub nsf: Option<PathBuf>,
    /// The folder for the stems.
    pub stems: Option<PathBuf>,
}

/// Music that was composed.
#[derive(Debug)]
pub struct Composed {
    /// The plan.
    pub cue: CueSheet,
    /// The notes.
    pub score: Score,
    /// What made the sound; `None` when nothing was played.
    pub sounds: Option<Sounds>,
    /// What the finished music measures; `None` when nothing was played.
    pub measured: Option<Measured>,
    /// Seconds each stage took.
    pub seconds: BTreeMap<&'static str, f64>,
    /// What the user should know.
    pub warnings: Vec<String>,
}

/// Composes music and makes what was asked for, which has no names until it is published.
///
/// # Errors
/// A [`Fault`]; nothing is left then.
pub fn compose(wanted: &Composition, onlooker: &dyn Onlooker) -> Result<(Composed, Results), Fault> {
    let files = [&wanted.wav, &wanted.midi, &wanted.nsf];
    let files: Vec<&Path> = files.into_iter().flatten().map(PathBuf::as_path).collect();
    places::expect(&[], &files, wanted.stems.as_deref())?;
    let mut watch = Stopwatch::new(onlooker);
    let mut results = Results::default();
    let (cue, score) = watch.run(Stage::Compose, |_| write_score(wanted))?;
    let warnings = warning::missed_hits(&cue, Time::ZERO).collect();
    let mut composed =
        Composed { cue, score, sounds: None, measured: None, seconds: BTreeMap::new(), warnings };
    if let Some(path) = &wanted.midi {
        write_midi(&composed.score, &composed.cue, path, &mut results)?;
    }
    if let Some(path) = &wanted.nsf {
        write_nsf(&composed.score, &composed.cue, path, &mut results)?;
    }
    if wanted.wav.is_some() || wanted.stems.is_some() {
        play(wanted, &mut composed, &mut results, &mut watch)?;
    }
    composed.seconds = watch.seconds();
    Ok((composed, results))
}

fn play(
    wanted: &Composition,
    composed: &mut Composed,
    results: &mut Results,
    watch: &mut Stopwatch,
) -> Result<(), Fault> {
    let folder = folder::private(wanted.wav.as_deref())?;
    let played = watch.run(Stage::Perform, |progress| {
        perform(
            &composed.score,
            wanted.brief.looping,
            wanted.stems.is_some(),
            folder.path(),
            Meter::new(),
            progress,
        )
    })?;
    if let Some(path) = &wanted.wav {
        composed.measured = Some(watch.run(Stage::Mix, |progress| master(&played, path, results, progress))?);
    }
    if let Some(folder) = &wanted.stems {
        write_stems(&played.stems, folder, results)?;
    }
    composed.warnings.extend(warning::substitutes(std::slice::from_ref(&played.sounds)));
    composed.sounds = Some(played.sounds);
    Ok(())
}

fn write_score(wanted: &Composition) -> Result<(CueSheet, Score), Fault> {
    let library = genres::library()?;
    let film = nothing_to_see(wanted.length, &wanted.speech);
    let (genre, mood) = genres::chosen(&wanted.brief, &film, &library)?;
    let cue = score::spot(&wanted.brief, genre, mood, &film, Span::new(Time::ZERO, wanted.length));
    let score = score::compose(&cue, &wanted.brief, genre);
    Ok((cue, score))
}

/// A film of which only the length and the talk are known.
fn nothing_to_see(length: Time, speech: &[Span]) -> Profile {
    let whole = Span::new(Time::ZERO, length);
    Profile {
        length,
        cuts: Vec::new(),
        sections: vec![Section {
            span: whole,
            energy: 0.5,
            feeling: Feeling::default(),
            ..Section::default()
        }],
        motion: Curve::default(),
        brightness: Curve::default(),
        loudness: Curve::default(),
        energy: Curve::default(),
        speech: speech.to_vec(),
        film_loudness: None,
        speech_loudness: None,
        has_music: false,
        feeling: Feeling::default(),
        ..Profile::default()
    }
}

/// Writes the notes; of authentic music those that the chip plays.
pub(crate) fn write_midi(
    score: &Score,
    cue: &CueSheet,
    path: &Path,
    results: &mut Results,
) -> Result<(), Fault> {
    let played = synth::played(score);
    results.write(path, &score::midi(played.as_ref().unwrap_or(score), cue))
}

/// Writes music for consoles, named after its genre and seed.
pub(crate) fn write_nsf(
    score: &Score,
    cue: &CueSheet,
    path: &Path,
    results: &mut Results,
) -> Result<(), Fault> {
    let title = format!("{}, seed {}", cue.genre, score.seed);
    results.write(path, &synth::nsf(score, &title)?)
}

/// Brings played music to its loudness and writes it.
pub(crate) fn master(
    played: &Played,
    path: &Path,
    results: &mut Results,
    progress: &dyn Progress,
) -> Result<Measured, Fault> {
    let goal = Goal { lufs: Some(ALONE_LUFS), true_peak: ALONE_PEAK };
    let solved = level(&played.music, &played.measured, &goal, progress)?;
    let mut wav = Wav::create(path)?;
    let mut meter = Meter::new();
    through(&played.music, Master::new(solved.setting), |frames| {
        progress.check()?;
        meter.add(frames);
        wav.write(frames)
    })?;
    wav.finish(results)?;
    progress.report(1.0);
    Ok(meter.finish())
}

/// Finds the gain for a spool.
pub(crate) fn level(
    spool: &Spool,
    measured: &Measured,
    goal: &Goal,
    progress: &dyn Progress,
) -> Result<Solved, Fault> {
    solve(goal, measured, |setting| {
        progress.check()?;
        let mut meter = Meter::of_loudness();
        through(spool, Master::new(setting), |frames| {
            meter.add(frames);
            Ok(())
        })?;
        Ok(meter.finish().lufs)
    })
}

/// Sends a spool through a master.
pub(crate) fn through(
    spool: &Spool,
    mut master: Master,
    mut take: impl FnMut(&[Frame]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut out = Vec::new();
    spool.each(|block| {
        out.clear();
        master.push(block, &mut out);
        take(&out)
    })?;
    out.clear();
    master.finish(&mut out);
    take(&out)
}

/// Writes each stem as it was played; they add up to the music before its bus effects.
pub(crate) fn write_stems(
    stems: &[(String, Spool)],
    folder: &Path,
    results: &mut Results,
) -> Result<(), Fault> {
    for (name, spool) in stems {
        let path = folder.join(format!("{name}.wav"));
        let mut wav = Wav::create(&path)?;
        spool.each(|frames| wav.write(frames))?;
        wav.finish(results)?;
    }
    Ok(())
}
