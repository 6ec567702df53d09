//! Levels for a stretch of the music: "quieter from 0:10 to 0:20", "at 20% in the first 5 seconds", `结尾大声一点`.

use std::ops::Range;

use super::levels::{self, LevelWish};
use super::places::{self, Place, Point};
use crate::phrase::Phrase;
use crate::term::Term;
use crate::token::Meaning;

/// A level for a stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RideWish {
    pub(crate) stretch: Stretch,
    /// `None` is the level of the rest again.
    pub(crate) level: Option<LevelWish>,
}

/// Which part of the music is meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Stretch {
    All,
    /// A place in the film.
    Place(Place),
    /// "At the end": near a point of the music.
    Near(Point),
    /// While somebody talks.
    Speech,
    /// While nobody talks.
    NoSpeech,
}

/// Reads the levels of stretches and takes them out of the phrase, so that nothing of them is taken for the level or the
/// place of all the music.
pub(crate) fn read(phrase: &mut Phrase) -> Vec<RideWish> {
    let mut wishes = Vec::new();
    let mut at = 0;
    while at < phrase.len() {
        let run = segment(phrase, at);
        let end = run.end;
        match ride(phrase, run.clone()) {
            Some(wish) => {
                wishes.push(wish);
                at = run.start + 1;
                phrase.cut(run);
            }
            None => at = end.max(at + 1),
        }
    }
    wishes
}

/// What one breath tells: up to a break, and to an "and" that does not stand between two times.
pub(super) fn segment(phrase: &Phrase, from: usize) -> Range<usize> {
    let between =
        |at: usize| phrase.amount(at + 1).is_some() && (from..at).any(|at| phrase.is(at, &[Term::Between]));
    let ends = |at: usize| match phrase.token(at).map(|token| token.meaning) {
        Some(Meaning::Comma | Meaning::Stop | Meaning::Term(Term::Then | Term::But)) => true,
        Some(Meaning::Term(Term::And)) => !between(at),
        _ => false,
    };
    // `前10秒小声 10到20秒大声`: another place behind what was said of one.
    let place = |at: usize| places::starting(phrase, at, phrase.len());
    let over = |at: usize| (from..at).find_map(place).is_some_and(|(_, last)| last < at);
    let level = |at: usize| phrase.is(at, &[Term::Louder, Term::Quieter, Term::Loud, Term::Soft]);
    let goes_on = |at: usize| place(at).is_some() && (from..at).any(level) && over(at);
    from..(from..phrase.len()).find(|at| ends(*at) || goes_on(*at)).unwrap_or(phrase.len())
}

fn ride(phrase: &Phrase, run: Range<usize>) -> Option<RideWish> {
    let mut part = phrase.part(run, |meaning| meaning);
    if let Some(wish) = spoken(&part) {
        return Some(wish);
    }
    let even = part.says(&[Term::Even]);
    // "The same level everywhere again" wants no other music.
    let again = |at: usize| even && part.is(at, &[Term::Again]);
    if (0..part.len()).any(|at| foreign(&part, at) && !again(at)) {
        return None;
    }
    let stretch = stretch(&mut part);
    if even {
        return Some(RideWish { stretch: stretch.unwrap_or(Stretch::All), level: None });
    }
    // "Music in the background for ten seconds" is about all the music there is to be.
    let vague = part.says(&[Term::Soft, Term::Loud]) && part.says(&[Term::Music]);
    let loudness = levels::read(&mut part, &mut Vec::new());
    let plain = loudness.duck.is_none() && loudness.target.is_none() && !vague;
    let (stretch, level) = stretch.zip(loudness.level.filter(|_| plain))?;
    Some(RideWish { stretch, level: Some(level) })
}

/// "No music while he talks", "louder when nobody talks". "Quieter while he talks" is about giving way.
fn spoken(part: &Phrase) -> Option<RideWish> {
    let music = (0..part.len()).any(|at| part.is(at, &[Term::Music, Term::Mute]));
    let off = part.places(&[Term::Without, Term::Not, Term::Remove, Term::Mute]).next().is_some() && music;
    let added =
        part.says(&[Term::Add]) || (0..part.len()).any(|at| matches!(part.term(at), Some(Term::Genre(_))));
    let level = |level| Some(RideWish { stretch: Stretch::NoSpeech, level: Some(level) });
    if part.says(&[Term::NoSpeech]) && !added {
        if part.says(&[Term::Only]) {
            return Some(RideWish { stretch: Stretch::Speech, level: Some(LevelWish::To(0.0)) });
        }
        let mut part = part.clone();
        let found = levels::read(&mut part, &mut Vec::new());
        return if off { level(LevelWish::To(0.0)) } else { level(found.level?) };
    }
    let lone = part.places(&[Term::Drowned, Term::NoDuck, Term::Duck]).next().is_none();
    // "No music with voices in it" speaks of singing.
    let speech = part.places(&[Term::Speech]).next();
    let Some(speech) = speech else { return silent_spot(part).filter(|_| off && !added) };
    // `说话时音乐降到10%`, "the music at 10% while he talks".
    let opens = (0..speech).all(|at| part.term(at).is_none());
    let closes = speech + 1 == part.len() && speech > 0 && part.amount(speech - 1).is_some();
    let led = opens || closes || part.after(speech, &[Term::At, Term::For, Term::Inside, Term::Make]);
    let level = levels::read(&mut part.clone(), &mut Vec::new()).level.filter(|level| !level.is_relative());
    let levelled = lone && !added && part.says(&[Term::Music]) && led;
    if let Some(level) = level.filter(|_| levelled && !off) {
        return Some(RideWish { stretch: Stretch::Speech, level: Some(level) });
    }
    let during = off && !part.after(speech, &[Term::With, Term::And]) && lone && !added;
    during.then_some(RideWish { stretch: Stretch::Speech, level: Some(LevelWish::To(0.0)) })
}

/// "No music at the beginning".
fn silent_spot(part: &Phrase) -> Option<RideWish> {
    let mut part = part.clone();
    let ranges = places::read_ranges(&mut part);
    let placed = places::read(&mut part, &ranges).is_some();
    let last = part.says(&[Term::Last]).then_some(Point::End);
    let stretch = spot(&part).or(last).filter(|_| !placed).map(Stretch::Near)?;
    Some(RideWish { stretch, level: Some(LevelWish::To(0.0)) })
}

fn stretch(part: &mut Phrase) -> Option<Stretch> {
    let ranges = places::read_ranges(part);
    let from_there = || {
        let led = |at: &usize| part.after(*at, &[Term::At]) && part.seconds(*at).is_some();
        let at = (0..part.len()).find(led)?;
        Some(Place::From(Point::Seconds(part.seconds(at)?)))
    };
    let entry = from_there();
    match places::read(part, &ranges).or(entry) {
        Some(Place::Whole) => None,
        Some(place) => Some(Stretch::Place(place)),
        None if part.says(&[Term::AtFirst]) => Some(Stretch::Near(Point::Start)),
        None => spot(part).map(Stretch::Near),
    }
}

/// A point of the music that stands alone: "at the end".
pub(super) fn spot(phrase: &Phrase) -> Option<Point> {
    let at = phrase.places(&[Term::Start, Term::Middle, Term::End]).find(|at| !phrase.is_used(*at))?;
    match phrase.term(at)? {
        Term::Start => Some(Point::Start),
        Term::Middle => Some(Point::Middle),
        _ => Some(Point::End),
    }
}

/// Whether a word is about something else than how loud the music is somewhere.
fn foreign(phrase: &Phrase, at: usize) -> bool {
    match phrase.term(at) {
        Some(term) => {
            matches!(term, Term::Genre(_) | Term::Occasion(_) | Term::Mood(_) | Term::Reference(_))
                || matches!(term, Term::Add | Term::Again | Term::Similar | Term::Also | Term::Remove)
                || matches!(term, Term::FadeIn | Term::FadeOut | Term::Fade | Term::Hit | Term::Climax)
                || matches!(term, Term::Duck | Term::NoDuck | Term::Drowned | Term::Accessible | Term::Speech)
                || matches!(term, Term::Role(_) | Term::Instrument(_) | Term::Outside(_) | Term::Target(_))
                || matches!(term, Term::Only | Term::Faster | Term::Slower | Term::Film | Term::Rise)
        }
        None => false,
    }
}
