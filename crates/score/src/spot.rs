//! Spotting: from a film and a brief to a cue sheet.

mod anchor;
mod form;

use footage::{Profile, Transition};
use sound::{Span, Tempo, Time};

use crate::chance::Chance;
use crate::cue::{CueSection, CueSheet, Hit, Landing, SectionKind};
use crate::genre::{BEATS_PER_BAR, Genre};
use crate::{Brief, Key, Library, Mood, TempoMap};
use anchor::Target;

/// Fewer cuts than this a minute leave room to meet them all; beyond it the weaker ones are not even tried.
const HITS_PER_MINUTE: f64 = 30.0;

/// The genre and the mood for a brief: what was asked for, else what the picture says.
///
/// `None` only for an empty library or a genre that is not in it.
pub fn choose<'a>(brief: &Brief, profile: &Profile, library: &'a Library) -> Option<(&'a Genre, Mood)> {
    let seen = Mood::from(&profile.feeling);
    let genre = match &brief.genre {
        Some(id) => library.find(id)?,
        None => library.nearest(brief.mood.unwrap_or(seen))?,
    };
    // The picture moves a genre away from its home only as far as it can be trusted.
    let mood = brief.mood.unwrap_or_else(|| genre.mood.towards(seen, profile.feeling.confidence * 0.6));
    Some((genre, mood))
}

/// Plans music for a stretch of a film.
///
/// Every time in the cue sheet counts from the start of `span`.
pub fn spot(brief: &Brief, genre: &Genre, mood: Mood, profile: &Profile, span: Span) -> CueSheet {
    let length = span.length();
    let targets = targets(brief, profile, span);
    let wish = wished_tempo(brief, genre, mood);
    let tempo = anchor::grid(&targets, length, wish, brief.looping);
    let bars = (tempo.beat(length) / BEATS_PER_BAR as f64 - 0.02).ceil().max(1.0) as usize;
    let mut cue = CueSheet {
        length,
        genre: genre.id.clone(),
        mood,
        key: brief.key.unwrap_or_else(|| choose_key(brief, genre, mood)),
        tempo,
        bars,
        sections: Vec::new(),
        hits: Vec::new(),
        speech: within(&profile.speech, span),
    };
    cue.hits = landings(&targets, &cue.tempo);
    cue.sections = form::sections(&cue, brief, profile, span.start);
    lift_climax(&mut cue, brief, genre);
    cue
}

/// Lets the last climax of every second piece stand higher where its genre does that, once the key is well known and
/// if there is time to come home.
fn lift_climax(cue: &mut CueSheet, brief: &Brief, genre: &Genre) {
    let lifts = genre.lift > 0 && Chance::new(brief.seed, "lift").happens(0.5);
    if !lifts || brief.looping {
        return;
    }
    let ends = cue.sections.len().saturating_sub(1);
    let high = |section: &CueSection| section.kind == SectionKind::Climax && section.bars >= 4;
    let known = |section: &CueSection| cue.bar_start(section.first_bar).seconds() >= KEY_IS_KNOWN;
    let last = (1..ends).rev().find(|index| high(&cue.sections[*index]));
    if let Some(index) = last.filter(|index| known(&cue.sections[*index])) {
        cue.sections[index].lift = genre.lift;
    }
}

/// Seconds that music stays in its key before it may leave it.
const KEY_IS_KNOWN: f64 = 40.0;

/// Tempi that may be tried, slowest and fastest, the one that is wanted most, and how far a stretch may lie from the
/// one that is taken.
#[derive(Clone, Copy, Debug)]
struct Wish {
    slowest: f64,
    fastest: f64,
    wanted: f64,
    bend: f64,
}

/// How far the local tempo may lie from the base: no listener notices.
const BEND: f64 = 0.03;
/// What is left of that, and of the choice of a base, where somebody named a tempo: within a hundredth in all.
const NAMED: f64 = 0.005;

fn wished_tempo(brief: &Brief, genre: &Genre, mood: Mood) -> Wish {
    if let Some(bpm) = brief.tempo_bpm {
        let bpm = Tempo::new(bpm).bpm();
        // Moments that must be hit are worth a bend.
        let bend = if brief.hits.is_empty() && brief.climax.is_none() { NAMED } else { BEND };
        return Wish { slowest: bpm * (1.0 - NAMED), fastest: bpm * (1.0 + NAMED), wanted: bpm, bend };
    }
    let (slowest, fastest) = genre.tempo;
    let lift = Chance::new(brief.manner(), &format!("tempo {}", genre.id)).unit() * 0.9 - 0.45;
    // However calm the film, some of the range stays open on either side, so that seeds differ.
    let centre = (0.5 + (mood.arousal - genre.mood.arousal) * 0.5).clamp(0.25, 0.75);
    let share = (centre + lift).clamp(0.0, 1.0);
    Wish { slowest, fastest, wanted: slowest + (fastest - slowest) * share, bend: BEND }
}

fn choose_key(brief: &Brief, genre: &Genre, mood: Mood) -> Key {
    let mut chance = Chance::new(brief.manner(), &format!("key {}", genre.id));
    // Near choices stay open, so that seeds differ; far ones do not come up.
    let mode = chance
        .weighted(&genre.modes, |choice| (-((choice.valence - mood.valence) / 0.25).powi(2)).exp() + 1e-6)
        .map_or(crate::Mode::Major, |choice| choice.mode);
    // Whoever takes after another piece is not in its key.
    let away = brief.like.map_or(0, |_| 1 + Chance::new(brief.seed, "another key").below(11));
    Key { tonic: ((chance.below(12) + away) % 12) as u8, mode }
}

/// What the picture and the user want met, in time order on the clock of the music.
fn targets(brief: &Brief, profile: &Profile, span: Span) -> Vec<Target> {
    // A fade has no moment that a beat could meet.
    let mut cuts: Vec<Target> = profile
        .cuts
        .iter()
        .filter(|cut| cut.kind == Transition::Hard && span.contains(cut.at) && cut.at > span.start)
        .map(|cut| Target { at: cut.at - span.start, weight: cut.weight.clamp(0.0, 1.0), wished: false })
        .collect();
    let most = (span.length().seconds() / 60.0 * HITS_PER_MINUTE).ceil() as usize;
    if cuts.len() > most {
        cuts.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        cuts.truncate(most);
    }
    let wished = brief
        .hits
        .iter()
        .chain(&brief.climax)
        .filter(|at| **at > Time::ZERO && **at < span.length())
        .map(|at| Target { at: *at, weight: 1.0, wished: true });
    let mut targets: Vec<Target> = wished.collect();
    // A cut beside a wish is the same moment.
    let near = Time::from_seconds(0.1);
    cuts.retain(|cut| targets.iter().all(|wish| wish.at.distance(cut.at) > near));
    targets.extend(cuts);
    targets.sort_by_key(|target| target.at);
    targets.dedup_by_key(|target| target.at);
    targets
}

/// How each target is met: planned ones exactly, others where they happen to fall.
fn landings(targets: &[Target], tempo: &TempoMap) -> Vec<Hit> {
    let close = Time::from_ratio(1, 60);
    targets
        .iter()
        .map(|target| {
            let beat = tempo.beat(target.at).round();
            let error = tempo.time(beat).distance(target.at);
            let landing = match error <= close {
                true if (beat as i64).rem_euclid(BEATS_PER_BAR) == 0 => Landing::Downbeat,
                true => Landing::Beat,
                false => Landing::None,
            };
            Hit { at: target.at, weight: target.weight, wished: target.wished, landing, error }
        })
        .collect()
}

fn within(spans: &[Span], whole: Span) -> Vec<Span> {
    spans
        .iter()
        .map(|span| span.overlap(whole))
        .filter(|span| !span.is_empty())
        .map(|span| Span::new(span.start - whole.start, span.end - whole.start))
        .collect()
}
