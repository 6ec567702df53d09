//! Moments to hit: "drop at 0:12", "hits at 3s, 7s and 12s", `在12秒爆发`.

use crate::number::Amount;
use crate::phrase::Phrase;
use crate::term::Term;
use crate::token::Meaning;

/// Moments that are to be met, in seconds of the film.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Hits {
    /// All of them.
    pub(crate) moments: Vec<f64>,
    /// The one that everything works towards.
    pub(crate) climax: Option<f64>,
    /// Whether every cut of the film is one.
    pub(crate) cuts: bool,
}

/// The moments; `Some` of none where hits are denied.
pub(crate) fn read(phrase: &mut Phrase) -> Option<Hits> {
    let mut hits: Option<Hits> = None;
    for at in 0..phrase.len() {
        let rises = phrase.is(at, &[Term::Rise]);
        if !phrase.is(at, &[Term::Hit, Term::Climax, Term::Rise]) {
            continue;
        }
        if phrase.token(at).is_some_and(|token| token.denied) && !rises {
            hits.get_or_insert_default();
            continue;
        }
        if phrase.near(at, &[Term::EveryCut]) {
            hits.get_or_insert_default().cuts = true;
            continue;
        }
        let found = after(phrase, at).or_else(|| before(phrase, at).filter(|_| !rises));
        if let Some((moments, first, last)) = found {
            phrase.use_up(first, last);
            let hits = hits.get_or_insert_default();
            if phrase.is(at, &[Term::Climax, Term::Rise]) {
                hits.climax = hits.climax.or(moments.first().copied());
            }
            hits.moments.extend(moments);
        }
    }
    hits
}

/// The list of times that follows a hit.
fn after(phrase: &Phrase, at: usize) -> Option<(Vec<f64>, usize, usize)> {
    let mut first = at + 1;
    while first < at + 4 && phrase.amount(first).is_none() {
        let passed = matches!(
            phrase.token(first)?.meaning,
            Meaning::Term(
                Term::At
                    | Term::Inside
                    | Term::Music
                    | Term::Hit
                    | Term::Climax
                    | Term::Want
                    | Term::Make
                    | Term::Role(_)
            ) | Meaning::Word
                | Meaning::Quoted(_)
        );
        if !passed {
            return None;
        }
        first += 1;
    }
    let (mut moments, mut last, mut next) = (Vec::new(), first, first);
    let mut timed = phrase.after(first, &[Term::At]);
    while let Some(amount) = phrase.amount(next) {
        let seconds = phrase.seconds(next);
        let ((Some(value), _) | (None, Amount::Number(value))) = (seconds, amount) else { break };
        timed |= seconds.is_some();
        moments.push(value);
        last = next;
        next += 1;
        let joins = |at| {
            let joint = Meaning::Comma;
            phrase.token(at).is_some_and(|t| t.meaning == joint)
                || phrase.is(at, &[Term::And, Term::Then, Term::At])
        };
        while joins(next) {
            next += 1;
        }
    }
    (timed && !moments.is_empty()).then_some((moments, at, last))
}

/// The list of times that stands before a hit: `3秒和12秒卡点`.
fn before(phrase: &Phrase, at: usize) -> Option<(Vec<f64>, usize, usize)> {
    let mut moments = Vec::new();
    let mut first = at;
    while let Some(place) = first.checked_sub(1) {
        match phrase.token(place)?.meaning {
            Meaning::Amount(Amount::Seconds(value)) if !phrase.is_used(place) => moments.push(value),
            Meaning::Term(
                Term::At
                | Term::And
                | Term::Then
                | Term::Inside
                | Term::Music
                | Term::Make
                | Term::Add
                | Term::Want
                | Term::Whole,
            ) => {}
            Meaning::Comma if phrase.seconds(place.checked_sub(1)?).is_some() => {}
            Meaning::Word | Meaning::Quoted(_) if moments.is_empty() && at - place <= 3 => {}
            _ => break,
        }
        first = place;
    }
    moments.reverse();
    (!moments.is_empty()).then_some((moments, first, at))
}
