//! Ends of the music that move: "start five seconds later", `提前2秒结束`, "let it run to the end".

use std::ops::Range;

use crate::phrase::Phrase;
use crate::term::Term;
use crate::token::Meaning;

/// How an end of the music is to move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ShiftWish {
    /// The start, by so many seconds.
    Start(f64),
    /// The end, by so many seconds.
    End(f64),
    /// The end, to this second of the film.
    EndAt(f64),
    /// The end, to so many seconds before that of the film.
    BeforeEnd(f64),
}

/// Reads how an end is to move and takes it out of the phrase.
pub(crate) fn read(phrase: &mut Phrase) -> Option<ShiftWish> {
    let (wish, at) = (0..phrase.len()).find_map(|at| Some((shift(phrase, at)?, at)))?;
    let run = breath(phrase, at);
    let kept: Vec<Term> =
        run.clone().filter_map(|at| phrase.term(at)).filter(|t| matches!(t, Term::Nth(_))).collect();
    let start = run.start;
    phrase.cut(run);
    if let Some(piece) = kept.first() {
        phrase.read_as(start, Meaning::Term(*piece));
    }
    Some(wish)
}

/// What is told in one breath with a word: "remove the second one and let the first run to the end" is two.
fn breath(phrase: &Phrase, at: usize) -> Range<usize> {
    let clause = phrase.clause(at);
    let joint = |place: &usize| phrase.is(*place, &[Term::And, Term::But]);
    let start = (clause.start..at).rev().find(joint).map_or(clause.start, |before| before + 1);
    start..(at..clause.end).find(joint).unwrap_or(clause.end)
}

fn shift(phrase: &Phrase, at: usize) -> Option<ShiftWish> {
    if is_foreign(phrase, at) {
        return None;
    }
    match phrase.term(at) {
        Some(Term::RunOut) => return Some(ShiftWish::BeforeEnd(0.0)),
        Some(Term::Extend) => return phrase.seconds(at + 1).map(ShiftWish::EndAt),
        _ => {}
    }
    let near = |terms: &[Term]| breath(phrase, at).any(|place| phrase.is(place, terms));
    let seconds = phrase.seconds(at)?;
    let ends = [Term::End, Term::Until, Term::Before, Term::Not, Term::Mute, Term::Remove];
    if phrase.is(at + 1, &[Term::Before]) && phrase.is(at + 2, &[Term::End]) {
        let stops = (phrase.clause(at).start..at).any(|place| phrase.is(place, &ends));
        return stops.then_some(ShiftWish::BeforeEnd(seconds));
    }
    // `在结束前3秒停止`.
    let before_end =
        at > 1 && phrase.after(at, &[Term::Before, Term::First]) && phrase.is(at - 2, &[Term::End]);
    if before_end && (at + 1..phrase.clause(at).end).any(|place| phrase.is(place, &ends)) {
        return Some(ShiftWish::BeforeEnd(seconds));
    }
    let beside = |terms: &[Term]| phrase.is(at + 1, terms) || phrase.after(at, terms);
    let by = if beside(&[Term::Later]) {
        seconds
    } else if beside(&[Term::Earlier]) {
        -seconds
    } else {
        return None;
    };
    Some(if near(&ends) { ShiftWish::End(by) } else { ShiftWish::Start(by) })
}

/// Whether the clause is about something else that moves: a title, a fade, a hit.
fn is_foreign(phrase: &Phrase, at: usize) -> bool {
    let others = [
        Term::FadeIn,
        Term::FadeOut,
        Term::Fade,
        Term::Hit,
        Term::Title,
        Term::Film,
        Term::Louder,
        Term::Quieter,
    ];
    let near = |terms: &[Term]| breath(phrase, at).any(|place| phrase.is(place, terms));
    // "The music should kick in five seconds later" is about the music.
    near(&others) || near(&[Term::Climax]) && !near(&[Term::Music])
}
