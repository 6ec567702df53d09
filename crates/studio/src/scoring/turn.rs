//! A turn of a conversation about a project: what is asked is done to its timeline, and what it comes to is told.

use std::path::Path;
use std::sync::Arc;

use agent::{Kind, Reader, Reading};
use ffmpeg::{Film, Tools};
use footage::{Feeling, Profile};
use llm::{Model, Question};
use score::Library;
use sound::Time;
use timeline::{History, Timeline};

use super::watching::{self, Pace};
use super::{Piece, music, pictures, request, tools};
use crate::advice::{self, ReadBy};
use crate::project::Project;
use crate::stage::{Onlooker, Stage, Stopwatch};
use crate::{Fault, folder, genres};

/// What a turn came to.
#[derive(Debug)]
pub struct Turned {
    /// The project after the turn.
    pub project: Project,
    /// What was read; its edits were done.
    pub reading: Reading,
    /// What to say, with the figures of the state after the turn.
    pub reply: String,
    /// The music before the turn, as it would be composed.
    pub before: Vec<Piece>,
    /// The music after the turn.
    pub after: Vec<Piece>,
    /// The pieces that were laid out to be chosen from; the first of them is in `after`.
    pub choices: Vec<Choice>,
    /// Who read the request.
    pub read_by: ReadBy,
    /// What else there is to know.
    pub warnings: Vec<String>,
}

/// A state that may be chosen, by the name of its version.
#[derive(Debug)]
pub struct Choice {
    /// What it is called: `option 2`, `方案2`.
    pub name: String,
    /// Its music, as it would be composed.
    pub pieces: Vec<Piece>,
}

/// Does what a request asks of a project; nothing is played and no file is written. A language model is asked only where
/// one is given and wanted.
///
/// # Errors
/// A [`Fault`] when the project's film is there and cannot be read.
pub fn turn(
    project: &Project,
    said: &str,
    seed: Option<u64>,
    model: Option<&Model>,
    onlooker: &dyn Onlooker,
) -> Result<Turned, Fault> {
    let mut watch = Stopwatch::new(onlooker);
    let library = genres::library()?;
    let now = project.history.now();
    let profile = match &project.profile {
        Some(profile) => profile.clone(),
        None => seen(now, &mut watch)?,
    };
    let seed = seed.unwrap_or_else(|| request::seed_of_turn(project.history.past().len(), said));
    let reader = Reader::new(&library);
    let shown = as_long_as(&profile, now);
    let (mut turn, mut read_by) = (reader.turn(said, &project.history, &shown, seed), ReadBy::Reader);
    let mut warnings = Vec::new();
    if let Some(model) = model.filter(|model| advice::is_wanted(model, &turn.reading)) {
        let request = whole_request(&project.history, said);
        let frames = pictures::shown_to(model, || glimpses(now, &mut watch))?;
        let (library, frames, profile) = (&library, frames.as_slice(), &shown);
        let question = Question { request: &request, timeline: now, profile, library, seed, frames };
        let follow = |edits| reader.advised_turn(said, &project.history, edits, &turn.reading);
        match advice::sought(model, &question, &mut watch, follow)? {
            Ok(advised) => (turn, read_by) = (advised, ReadBy::Model),
            Err(notice) => warnings.push(notice),
        }
    }
    let composed = |timeline: &Timeline| music::compose(timeline, &as_long_as(&profile, timeline), &library);
    let (before, after) = (composed(now)?, composed(turn.history.now())?);
    let project = Project { history: turn.history, profile: project.profile.clone() };
    let reply = told(&turn.reading, now, &project.history, &after, &library, &|known| {
        reader.turn(said, known, &as_long_as(&profile, known.now()), seed).reading
    });
    let choices = choices(&turn.reading, &project.history, &composed)?;
    let reply = with_choices(reply, &turn.reading, &choices, &library);
    Ok(Turned { project, reading: turn.reading, reply, before, after, read_by, choices, warnings })
}

/// The pieces that a turn laid out to be chosen from.
fn choices(
    reading: &Reading,
    history: &History,
    composed: &dyn Fn(&Timeline) -> Result<Vec<Piece>, Fault>,
) -> Result<Vec<Choice>, Fault> {
    let states = reading.options.iter().filter_map(|name| Some((name, history.version(name)?)));
    states.map(|(name, state)| Ok(Choice { name: name.clone(), pieces: composed(state)? })).collect()
}

/// A reply with the figures of what may be chosen instead.
fn with_choices(reply: String, reading: &Reading, choices: &[Choice], library: &Library) -> String {
    let told = |choice: &Choice| Some((choice.name.clone(), choice.pieces.first()?.told()));
    let others: Vec<_> = choices.iter().skip(1).filter_map(told).collect();
    let others: Vec<_> = others.iter().map(|(name, piece)| (name.as_str(), piece.clone())).collect();
    if others.is_empty() {
        return reply;
    }
    let gap = if reading.language.is_chinese() { "" } else { " " };
    format!("{reply}{gap}{}", agent::choices(reading.language, &others, library))
}

/// What was said, with the question that it may answer.
fn whole_request(history: &History, said: &str) -> String {
    history.open().map_or_else(|| said.to_owned(), |open| format!("{open}\n{said}"))
}

/// What to say of a turn, with the figures of its music; `again` reads it once more, knowing them.
fn told(
    reading: &Reading,
    before: &Timeline,
    history: &History,
    after: &[Piece],
    library: &Library,
    again: &dyn Fn(&History) -> Reading,
) -> String {
    match reading.kind {
        // What is asked of music is answered with the figures it would be composed with.
        Kind::Answered if !reading.through_history => {
            let known = history.with_each(|timeline| with_figures(timeline, after));
            Some(again(&known)).filter(|again| again.kind == Kind::Answered).unwrap_or(reading.clone()).reply
        }
        Kind::Edited if !reading.edits.is_empty() && !reading.through_history => {
            changed(reading, before, history.now(), after, library)
        }
        _ => reading.reply.clone(),
    }
}

/// What to say of edits, with the figures of the music that they changed.
fn changed(
    reading: &Reading,
    before: &Timeline,
    after: &Timeline,
    pieces: &[Piece],
    library: &Library,
) -> String {
    // Of music that is as it was there is nothing to tell.
    let other = |piece: &&Piece| {
        let notes = |timeline: &Timeline| timeline.bed(piece.bed).map(|bed| (bed.music.clone(), bed.span));
        notes(before) != notes(after)
    };
    let told = agent::Scored {
        beds: pieces.iter().filter(other).map(Piece::told).collect(),
        lufs: None,
        own_voices: false,
        film_gain_db: None,
        done: true,
    };
    agent::reply_for(reading, before, after, Some(&told), library)
}

/// A timeline whose composed music has the tempo and key in its brief that it has when it is composed.
fn with_figures(timeline: &Timeline, pieces: &[Piece]) -> Timeline {
    let mut known = timeline.clone();
    for bed in &mut known.beds {
        let piece = pieces.iter().find(|piece| piece.bed == bed.id);
        if let (timeline::Music::Composed(brief), Some(piece)) = (&mut bed.music, piece) {
            brief.tempo_bpm = Some((piece.cue.heard_tempo().bpm() * 10.0).round() / 10.0);
            brief.key = Some(piece.cue.key);
            brief.genre = Some(piece.cue.genre.clone());
        }
    }
    known
}

/// What is in the film of a timeline: that of its first source, where it can be looked at.
fn seen(timeline: &Timeline, watch: &mut Stopwatch) -> Result<Profile, Fault> {
    let found = look(timeline, watch, |tools, film, folder, watch| {
        watch.run(Stage::Watch, |progress| {
            watching::find_out(tools, film, Pace::Hurried, folder, progress).map(|found| found.profile)
        })
    })?;
    Ok(found.unwrap_or_else(|| Profile::unseen(timeline.length(), true, Feeling::default())))
}

/// A few pictures of that film.
fn glimpses(timeline: &Timeline, watch: &mut Stopwatch) -> Result<Vec<Vec<u8>>, Fault> {
    let shown = look(timeline, watch, |tools, film, _, watch| {
        watch.run(Stage::Ask, |progress| pictures::glimpses(tools, &film, progress))
    })?;
    Ok(shown.unwrap_or_default())
}

/// Opens the first source of a timeline; none where there is nothing to look at.
fn look<T>(
    timeline: &Timeline,
    watch: &mut Stopwatch,
    find: impl FnOnce(&Tools, Arc<Film>, &Path, &mut Stopwatch) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    let first = timeline.clips.first().and_then(|clip| timeline.source(clip.source));
    let file = first.filter(|source| !source.is_photo()).and_then(|source| source.file.as_deref());
    let Some(file) = file.map(Path::new).filter(|file| file.is_file()) else { return Ok(None) };
    let job = folder::private(None)?;
    let tools = tools::boxed(job.path())?;
    let film = Arc::new(watch.run(Stage::Probe, |progress| tools.open(file, progress))?);
    find(&tools, film, job.path(), watch).map(Some)
}

/// A profile for a film that is cut otherwise: what it is like as a whole stays, what happens when is not known.
fn as_long_as(profile: &Profile, timeline: &Timeline) -> Profile {
    let length = timeline.length();
    // Half a frame and less is the rounding of who wrote the document.
    if profile.length.distance(length) <= Time::from_seconds(0.02) {
        return profile.clone();
    }
    Profile {
        frame: profile.frame,
        film_loudness: profile.film_loudness,
        speech_loudness: profile.speech_loudness,
        has_music: profile.has_music,
        colours: profile.colours.clone(),
        ..Profile::unseen(length, profile.has_sound, profile.feeling.clone())
    }
}
