//! Clips as a whole: their order, what goes, how one becomes the next.

use super::run::Run;
use super::{FadeLength, PictureWish, Spot};
use crate::number::Amount;
use crate::term::{PictureWord, Term};

/// "A 1 second crossfade before the second clip", `片段之间加1秒叠化`.
pub(super) fn crossfade(run: &Run<'_>) -> Vec<PictureWish> {
    // "Fade between the clips".
    let between = || {
        let clips =
            run.clip().is_some() || run.find(&[Term::Film]).is_some_and(|at| run.written(at) == "clips");
        run.find(&[Term::Fade]).filter(|_| clips && run.says(&[Term::Between]))
    };
    let Some(at) = run.word(PictureWord::Crossfade).or_else(between) else { return Vec::new() };
    let clips = run.clips();
    let which = match clips[..] {
        [] => None,
        // "After the first clip" is into the second.
        [(place, n)] if n > 0 && run.phrase.after(place, &[Term::After]) => Some(n + 1),
        [(_, n)] => Some(n),
        [(_, first), (_, second), ..] if first < 0 || second < 0 => Some(-1),
        [(_, first), (_, second), ..] => Some(first.max(second)),
    };
    let length = match run.seconds() {
        _ if run.is_denied(at) || run.says(&[Term::Remove]) => FadeLength::None,
        Some((_, seconds)) => FadeLength::Seconds(seconds),
        None => FadeLength::Usual,
    };
    vec![PictureWish::Crossfade(which, length)]
}

/// "Put the last clip first", "swap the first two clips", `把第三段放到最前面`.
pub(super) fn order(run: &Run<'_>) -> Vec<PictureWish> {
    let swaps = run.find(&[Term::Again, Term::Picture(PictureWord::Swap)]);
    let swaps =
        swaps.filter(|at| run.written(*at).starts_with("swap") || run.word(PictureWord::Swap).is_some());
    let clips = run.clips();
    if let (Some(_), [first, second]) = (swaps, &clips[..]) {
        return vec![PictureWish::Swap(first.1, second.1)];
    }
    // Of two clips it is clear which change places.
    let both = run.writes(&["two clips", "both clips", "the clips", "两段", "两个片段"]);
    if swaps.is_some() && clips.is_empty() && both {
        return vec![PictureWish::SwapBoth];
    }
    if run.word(PictureWord::Reverse).is_some() {
        return vec![PictureWish::Reverse];
    }
    let moves = run.says(&[Term::Make, Term::Want, Term::To]);
    let spot = match run.clips()[..] {
        [(at, _)] => between(run).or_else(|| place_of(run, at)),
        [(at, _), (other, n)] => beside(run, at, other, n),
        _ => None,
    };
    match (moves, run.clip(), spot) {
        (true, Some(clip), Some(spot)) => vec![PictureWish::Move(clip, spot)],
        _ => Vec::new(),
    }
}

/// Where one clip is to go, without another to tell the place.
fn place_of(run: &Run<'_>, clip: usize) -> Option<Spot> {
    let behind = |terms: &[Term]| (clip + 1..run.at.end).any(|at| run.phrase.is(at, terms));
    let front = [Term::First, Term::Start, Term::Picture(PictureWord::Front)];
    let rear = [Term::Last, Term::End, Term::Picture(PictureWord::Rear)];
    let timed = run.seconds().is_some();
    if timed {
        None
    } else if behind(&front) {
        Some(Spot::First)
    } else {
        behind(&rear).then_some(Spot::Last)
    }
}

/// "Between 1 and 2": behind the first of them.
fn between(run: &Run<'_>) -> Option<Spot> {
    let at = run.find(&[Term::Between])?;
    let number = |at: usize| match run.phrase.amount(at) {
        Some(Amount::Number(number)) => Some(number as i32),
        _ => None,
    };
    let (first, second) = (number(at + 1)?, number(at + 3)?);
    (first.abs_diff(second) == 1 && run.phrase.is(at + 2, &[Term::And]))
        .then_some(Spot::After(first.min(second)))
}

/// Before or after another clip, as English says it in front of it and Chinese behind.
fn beside(run: &Run<'_>, clip: usize, other: usize, n: i32) -> Option<Spot> {
    let near =
        |terms: &[Term]| (clip + 1..run.at.end).filter(|at| *at != other).any(|at| run.phrase.is(at, terms));
    if near(&[Term::Before]) {
        Some(Spot::Before(n))
    } else {
        near(&[Term::After, Term::Behind]).then_some(Spot::After(n))
    }
}

/// "Remove the second clip", "join the clips".
pub(super) fn gone(run: &Run<'_>) -> Vec<PictureWish> {
    if let Some(at) = run.word(PictureWord::Join) {
        let which = run.clip().or(run.says(&[Term::First]).then_some(1));
        // "Join us at the beach" is about nobody's clips.
        let of_clips = run.clip().is_some()
            || run.at.clone().any(|at| run.names_film(at))
            || !run.written(at).is_ascii();
        return match (of_clips, run.is_denied(at)) {
            (false, _) => Vec::new(),
            (true, true) => vec![PictureWish::Stay],
            (true, false) => vec![PictureWish::Join(which)],
        };
    }
    let keeps = |at: &usize| {
        run.phrase.token(*at).and_then(|token| token.also) == Some(Term::Picture(PictureWord::Keep))
    };
    let only = run.says(&[Term::Only]) && run.writes(&["keep", "保留", "留"]);
    let keep = run.at.clone().any(|at| keeps(&at)) || only;
    if let (true, [(_, n)]) = (keep && !run.of_music, &run.clips()[..]) {
        return vec![PictureWish::Only(*n)];
    }
    let words = [Term::Remove, Term::Picture(PictureWord::Cut), Term::Picture(PictureWord::Snip)];
    let Some(at) = run.find(&words).filter(|_| !run.of_music) else { return Vec::new() };
    match run.clips()[..] {
        [] => Vec::new(),
        _ if run.is_denied(at) => vec![PictureWish::Stay],
        ref clips => clips.iter().map(|(_, n)| PictureWish::Remove(*n)).collect(),
    }
}
