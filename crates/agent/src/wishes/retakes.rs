//! One player or one section again: "write another melody", "redo the part from 0:10 to 0:20", `换个鼓点`.

use std::ops::Range;

use score::{Role, SectionKind};

use super::places::{self, Place, Point};
use crate::phrase::Phrase;
use crate::term::Term;
use crate::token::Meaning;

/// What is to be written again, while the rest of the music stays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RetakeWish {
    Role(Role),
    /// By its place among the ensembles.
    Instrument(usize),
    Section(SectionKind),
    /// The sections that lie there.
    Place(Place),
    /// The section at a point of the music: "the ending".
    Near(Point),
}

/// Tokens between the word that asks and what it asks for, at most.
const REACH: usize = 3;

/// Reads what is to be written again and takes it out of the phrase.
pub(crate) fn read(phrase: &mut Phrase) -> Vec<RetakeWish> {
    let mut wishes = Vec::new();
    let mut at = 0;
    while at < phrase.len() {
        let disliked = phrase.says(&[Term::Bad]).then(|| disliked(phrase, at)).flatten();
        if let Some((thing, run)) = disliked {
            wishes.push(thing);
            at = run.start + 1;
            phrase.cut(run);
            continue;
        }
        match asks(phrase, at).then(|| named(phrase, at).or_else(|| named_before(phrase, at))).flatten() {
            Some((found, run)) => {
                wishes.extend(found);
                at = run.start + 1;
                phrase.cut(run);
            }
            None => at += 1,
        }
    }
    wishes
}

/// "The drums are annoying" wants other ones, even where nobody says so.
fn disliked(phrase: &Phrase, at: usize) -> Option<(RetakeWish, Range<usize>)> {
    let clause = phrase.clause(at);
    let bad = phrase.is(at, &[Term::Bad]).then_some(at)?;
    let object = (clause.start..bad).rev().find(|at| thing(phrase, *at).is_some())?;
    Some((thing(phrase, object)?, object..bad + 1))
}

/// Whether a word asks for something new.
fn asks(phrase: &Phrase, at: usize) -> bool {
    let Some(token) = phrase.token(at).filter(|token| !token.denied) else { return false };
    matches!(token.meaning, Meaning::Term(Term::Again | Term::Renew)) || token.also == Some(Term::Change)
}

/// What is asked for behind the word.
fn named(phrase: &Phrase, at: usize) -> Option<(Vec<RetakeWish>, Range<usize>)> {
    let changes = phrase.token(at).is_some_and(|token| token.also == Some(Term::Change));
    let ends = |next: usize| match phrase.token(next).map(|token| token.meaning) {
        Some(Meaning::Comma | Meaning::Stop) | None => true,
        Some(Meaning::Term(term)) => {
            matches!(term, Term::Genre(_) | Term::Mood(_) | Term::Music | Term::With | Term::Only | Term::But)
                || matches!(term, Term::Not | Term::Without | Term::To | Term::Then)
        }
        Some(_) => false,
    };
    for next in at + 1..=at + REACH {
        // "Change only the melody": nothing but this.
        if changes && next == at + 1 && phrase.is(next, &[Term::Only]) {
            continue;
        }
        if ends(next) {
            break;
        }
        let Some(first) = thing(phrase, next) else { continue };
        let mut found = vec![first];
        let mut end = next + 1;
        while let Some((thing, after)) = further(phrase, end) {
            found.push(thing);
            end = after;
        }
        // "Change the piano to a guitar" asks for another player, not for other notes.
        if phrase.is(end, &[Term::To]) || changes && matches!(first, RetakeWish::Instrument(_)) {
            return None;
        }
        return Some((found, begin(phrase, at)..end));
    }
    stretch(phrase, at)
}

/// "... and the bass".
fn further(phrase: &Phrase, at: usize) -> Option<(RetakeWish, usize)> {
    let next = if phrase.is(at, &[Term::And]) { at + 1 } else { at };
    thing(phrase, next).map(|thing| (thing, next + 1))
}

/// The word that asks may have others before it: "write another", "try a different".
fn begin(phrase: &Phrase, at: usize) -> usize {
    let passed = |at: usize| phrase.is(at, &[Term::Add, Term::Want, Term::Make, Term::Renew]);
    (0..at).rev().take_while(|at| passed(*at)).last().unwrap_or(at)
}

fn thing(phrase: &Phrase, at: usize) -> Option<RetakeWish> {
    match phrase.term(at)? {
        Term::Role(role) => Some(RetakeWish::Role(role)),
        // "Another piano part", but "another piano piece" is music for the piano.
        Term::Instrument(which) if phrase.is(at + 1, &[Term::Part]) => Some(RetakeWish::Instrument(which)),
        Term::Section(kind) => Some(RetakeWish::Section(kind)),
        // "Another one at the end" asks for a piece and not for an ending.
        _ if phrase.after(at, &[Term::At, Term::Inside, Term::From, Term::Until, Term::To]) => None,
        _ if phrase.seconds(at + 1).is_some() => None,
        Term::Start => Some(RetakeWish::Near(Point::Start)),
        Term::Middle => Some(RetakeWish::Near(Point::Middle)),
        Term::End => Some(RetakeWish::Near(Point::End)),
        _ => None,
    }
}

/// "Redo the part from 0:10 to 0:20".
fn stretch(phrase: &Phrase, at: usize) -> Option<(Vec<RetakeWish>, Range<usize>)> {
    let end = phrase.clause(at).end;
    let renews = phrase.is(at, &[Term::Renew]) || (at + 1..end).any(|at| phrase.is(at, &[Term::Part]));
    let place = places::within(phrase, at + 1..end).filter(|_| renews)?;
    Some((vec![RetakeWish::Place(place)], begin(phrase, at)..end))
}

/// "The melody is boring, write a new one", `旋律不好听，重写一下`: what was spoken of right before.
fn named_before(phrase: &Phrase, at: usize) -> Option<(Vec<RetakeWish>, Range<usize>)> {
    let here = phrase.clause(at);
    let alone = |at: usize| match phrase.token(at).map(|token| token.meaning) {
        Some(Meaning::Term(term)) => {
            matches!(
                term,
                Term::Add | Term::Want | Term::Make | Term::Again | Term::Renew | Term::Bit | Term::Touch
            )
        }
        Some(Meaning::Word) | None => true,
        Some(_) => false,
    };
    let dislikes = |run: Range<usize>| {
        run.clone().any(|at| phrase.is(at, &[Term::Not, Term::Without]))
            || run.clone().any(|at| phrase.token(at).is_some_and(|token| token.meaning == Meaning::Word))
    };
    let before = here.start.checked_sub(2).map(|last| phrase.clause(last));
    // Without a comma, as people speak: "i don't like the melody try another".
    let begin = begin(phrase, at);
    let same = here.start..begin;
    let run = match before {
        _ if (same.clone()).any(|at| thing(phrase, at).is_some()) => same,
        Some(before) if here.clone().all(alone) => before,
        _ => return None,
    };
    let thing = run.clone().find_map(|at| thing(phrase, at))?;
    let rest = at + 1..here.end;
    (dislikes(run.clone()) && rest.clone().all(alone)).then(|| (vec![thing], run.start..rest.end))
}
