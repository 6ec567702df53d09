//! What goes and what stays: "trim the first 3 seconds", "keep only 0:05 to 0:20", `把5秒到8秒剪掉`.

use super::PictureWish;
use super::run::Run;
use crate::number::Amount;
use crate::term::{PictureWord, Term};
use crate::token::Meaning;
use crate::wishes::places::{self, Extent, Place, Point};

/// What a verb does with the place that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Cut,
    /// Takes away, except where it says what it trims to.
    Trim,
    Shorten,
    ShortenTo,
    Keep,
    Split,
}

pub(super) fn read(run: &Run<'_>) -> Vec<PictureWish> {
    if let Some(wish) = bounded(run) {
        return vec![wish];
    }
    let Some((at, verb)) = verb(run) else { return Vec::new() };
    let named = run.says(&[Term::Film]) || run.clip().is_some();
    if run.of_music && !named {
        return Vec::new();
    }
    if run.is_denied(at) {
        return vec![PictureWish::Stay];
    }
    if verb == Verb::Split {
        return splits(run);
    }
    match told(run, verb) {
        wishes if wishes.is_empty() => bare(run, verb).map(|wish| vec![wish]).unwrap_or_default(),
        wishes => wishes,
    }
}

/// "Start the video at 0:05", "end the film at 0:20".
fn bounded(run: &Run<'_>) -> Option<PictureWish> {
    let first = run.at.start;
    let (place, seconds) = run.seconds().filter(|_| !run.of_music && run.names_film(first + 1))?;
    let point = Point::Seconds(seconds);
    run.phrase.after(place, &[Term::At]).then_some(())?;
    match run.phrase.term(first)? {
        Term::Start => Some(PictureWish::Keep(None, Place::From(point))),
        Term::End => Some(PictureWish::Keep(None, Place::Until(point))),
        _ => None,
    }
}

/// A run without a verb that goes on with what the verb before does: "and the last 5 seconds".
pub(super) fn go_on(run: &Run<'_>, verb: Verb) -> Vec<PictureWish> {
    let of_place = |at: usize| match run.phrase.token(at).map(|token| token.meaning) {
        Some(Meaning::Term(term)) => {
            matches!(
                term,
                Term::First | Term::Last | Term::Start | Term::End | Term::From | Term::To | Term::At
            ) || matches!(term, Term::Until | Term::Between | Term::And | Term::By | Term::Film | Term::After)
                || matches!(term, Term::Before | Term::Picture(PictureWord::Part | PictureWord::Clip(_)))
        }
        Some(Meaning::Amount(_) | Meaning::Dash) => true,
        _ => run.written(at) == "off",
    };
    if run.of_music || run.seconds().is_none() || !run.at.clone().all(of_place) {
        return Vec::new();
    }
    match told(run, verb) {
        wishes if wishes.is_empty() => {
            bare(run, verb).filter(|wish| *wish != PictureWish::UnclearPart).into_iter().collect()
        }
        wishes => wishes,
    }
}

/// What a verb does with the places that are named in a run.
fn told(run: &Run<'_>, verb: Verb) -> Vec<PictureWish> {
    let (clip, found) = (run.clip(), places(run));
    let named = run.says(&[Term::Film]) || clip.is_some();
    let wish = |(place, first): &(Place, usize)| {
        let range = matches!(place, Place::Range(..));
        let to = run.phrase.after(*first, &[Term::To]) && !range;
        let trimmed = range && (named || run.phrase.is(*first, &[Term::From]));
        match verb {
            Verb::Keep | Verb::ShortenTo => PictureWish::Keep(clip, *place),
            Verb::Trim if trimmed => PictureWish::Keep(clip, *place),
            _ if to => PictureWish::Keep(clip, *place),
            _ => PictureWish::Cut(clip, *place),
        }
    };
    found.iter().map(wish).collect()
}

/// The verb of a run and where it stands.
pub(super) fn verb(run: &Run<'_>) -> Option<(usize, Verb)> {
    let is = |word: PictureWord| run.word(word);
    let keeps = |at: &usize| {
        run.phrase.token(*at).and_then(|token| token.also) == Some(Term::Picture(PictureWord::Keep))
    };
    let keep = run.at.clone().find(keeps).filter(|_| run.seconds().is_some());
    let sure = [
        (is(PictureWord::Cut), Verb::Cut),
        (is(PictureWord::Trim), Verb::Trim),
        (is(PictureWord::ShortenTo), Verb::ShortenTo),
        (is(PictureWord::Shorten), Verb::Shorten),
        (is(PictureWord::Split), Verb::Split),
        (keep, Verb::Keep),
    ];
    if let Some((at, verb)) = sure.into_iter().find_map(|(at, verb)| Some((at?, verb))) {
        return Some((at, verb));
    }
    let timed = run.seconds().is_some();
    let ends = [Term::First, Term::Last, Term::Start, Term::End, Term::FirstHalf, Term::SecondHalf];
    let of_film = run.says(&[Term::Film, Term::Picture(PictureWord::Part)]) || run.clip().is_some();
    let halves = run.says(&[Term::FirstHalf, Term::SecondHalf, Term::Half, Term::Third]);
    // "Cut 0:05 to 0:08": what goes stands right behind the verb.
    let at_once = |at: usize| run.phrase.seconds(at + 1).is_some() || run.says(&[Term::All]) && timed;
    let snip =
        is(PictureWord::Snip).filter(|at| of_film || run.says(&ends) || run.is_denied(*at) || at_once(*at));
    let crop = is(PictureWord::Fit(timeline::Fit::Crop)).filter(|_| timed);
    let remove = run.find(&[Term::Remove]).filter(|_| of_film && (timed || halves));
    if let Some(at) = snip.or(crop).or(remove) {
        return Some((at, Verb::Cut));
    }
    lasting(run)
}

/// What says how long the film is to be without a verb that cuts: "make the video 10 seconds long", "only the part from
/// 5 to 10 seconds", "start the video at 0:05".
fn lasting(run: &Run<'_>) -> Option<(usize, Verb)> {
    let film = run.at.clone().any(|at| run.names_film(at)) && !run.of_music;
    let timed = run.seconds().is_some();
    let shorter = run.find(&[Term::Shorter]).filter(|_| film);
    let free = timed && !run.of_music;
    let ends = [Term::First, Term::Last, Term::FirstHalf, Term::SecondHalf, Term::Picture(PictureWord::Part)];
    // "Only the first 10 seconds of the video", but "only in the first 10 seconds" is of the music.
    let direct = |at: usize| run.phrase.is(at + 1, &ends) || run.phrase.seconds(at + 1).is_some();
    let part = run.word(PictureWord::Part).is_some();
    let written = run.says(&[Term::Again, Term::Renew]);
    let only = run.find(&[Term::Only]).filter(|at| free && !written && (part || film && direct(*at)));
    let kept = |at: &usize| matches!(run.written(*at), "keep" | "保留") && direct(*at);
    let kept = run.at.clone().find(|at| free && run.phrase.is(*at, &[Term::Make]) && kept(at));
    let long = run.find(&[Term::Make]).filter(|_| film && timed && run.writes(&["long", "长"]));
    only.or(kept).or(long).map(|at| (at, Verb::Keep)).or(shorter.map(|at| (at, Verb::Shorten)))
}

/// Every place in a run, each with its first token.
fn places(run: &Run<'_>) -> Vec<(Place, usize)> {
    let mut found = Vec::new();
    let mut at = run.at.start;
    while at < run.at.end {
        let read = from_an_end(run, at)
            .or_else(|| counted(run, at))
            .or_else(|| places::starting(run.phrase, at, run.at.end));
        match read {
            Some((place, last)) => {
                found.push((place, at));
                at = last + 1;
            }
            None => at += 1,
        }
    }
    found
}

/// "5 seconds off the end", "2 seconds from the start".
fn from_an_end(run: &Run<'_>, at: usize) -> Option<(Place, usize)> {
    let seconds = run.phrase.seconds(at)?;
    let place = |at: usize| match run.phrase.term(at) {
        Some(Term::Start) => Some(Place::First(Extent::Seconds(seconds))),
        Some(Term::End) => Some(Place::Last(Extent::Seconds(seconds))),
        _ => None,
    };
    let gap = run.between(at, at + 1);
    let led = run.phrase.is(at + 1, &[Term::From, Term::At]) || gap.contains("off");
    let word = run.phrase.term(at + 1).is_none() && run.written(at + 1) == "off";
    let end = if led || word { at + 2 } else { return None };
    place(end).filter(|_| end < run.at.end).map(|place| (place, end))
}

/// "The first 3 and the last 5 seconds": a number where another end names the unit.
fn counted(run: &Run<'_>, at: usize) -> Option<(Place, usize)> {
    let Some(Amount::Number(n)) = run.phrase.amount(at + 1) else { return None };
    let extent = Extent::Seconds(n);
    let joined = run.phrase.is(at + 2, &[Term::And]) && run.seconds().is_some();
    match run.phrase.term(at).filter(|_| joined)? {
        Term::First => Some((Place::First(extent), at + 1)),
        Term::Last => Some((Place::Last(extent), at + 1)),
        _ => None,
    }
}

/// A cut that names no place, but perhaps a length or a moment.
fn bare(run: &Run<'_>, verb: Verb) -> Option<PictureWish> {
    let clip = run.clip();
    let Some((place, seconds)) = run.seconds() else {
        // Cutting a clip without a place takes all of it.
        return (verb != Verb::Cut || clip.is_none()).then_some(PictureWish::UnclearPart);
    };
    let extent = Extent::Seconds(seconds);
    let to = run.phrase.after(place, &[Term::To, Term::Inside, Term::Until]);
    if to || matches!(verb, Verb::Keep | Verb::ShortenTo) {
        return Some(PictureWish::Keep(clip, Place::First(extent)));
    }
    if run.phrase.after(place, &[Term::At]) {
        return Some(PictureWish::Split(Point::Seconds(seconds)));
    }
    if run.says(&[Term::Start]) {
        return Some(PictureWish::Cut(clip, Place::First(extent)));
    }
    if run.says(&[Term::End]) || verb == Verb::Shorten {
        return Some(PictureWish::Cut(clip, Place::Last(extent)));
    }
    Some(PictureWish::UnclearPart)
}

fn splits(run: &Run<'_>) -> Vec<PictureWish> {
    let timed = run.seconds().is_some();
    let listed = |at: usize| {
        matches!(
            run.phrase.token(at + 1).map(|token| token.meaning),
            Some(Meaning::Comma | Meaning::Term(Term::And))
        )
    };
    let point = |at: usize| {
        if let Some(seconds) = run.phrase.seconds(at) {
            return Some(Point::Seconds(seconds));
        }
        match (run.phrase.amount(at), run.phrase.term(at)) {
            // A number in a list of times: "at 10 and 20 seconds".
            (Some(Amount::Number(n)), _) if timed && listed(at) => Some(Point::Seconds(n)),
            (_, Some(Term::Middle | Term::Half)) => Some(Point::Middle),
            _ => None,
        }
    };
    let found: Vec<PictureWish> = run.at.clone().filter_map(point).map(PictureWish::Split).collect();
    // "A split screen" is no wish.
    let unknown = |at: usize| run.phrase.token(at).is_some_and(|token| token.meaning == Meaning::Word);
    match found.is_empty() {
        true if run.at.clone().any(unknown) => Vec::new(),
        true => vec![PictureWish::UnclearPart],
        false => found,
    }
}
