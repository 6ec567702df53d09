//! What is wished of a stretch of the music and cannot be had there: other players, another tempo; and stretches that stay.

use super::{Place, Point, places, rides};
use crate::phrase::Phrase;
use crate::term::{Outside, Term};
use crate::token::Meaning;

/// Takes such wishes out of the phrase, so that their times are not taken for the place of the music.
pub(crate) fn read(phrase: &mut Phrase, outside: &mut Vec<Outside>) {
    let mut at = 0;
    while at < phrase.len() {
        let run = rides::segment(phrase, at);
        at = run.end.max(at + 1);
        let spot = run.clone().any(|at| {
            phrase.is(at, &[Term::Start, Term::Middle, Term::End]) && !phrase.is(at + 1, &[Term::With])
        });
        let place = if run.is_empty() { None } else { places::within(phrase, run.clone()) };
        // "With drums from the start": in all of it.
        if place == Some(Place::From(Point::Start)) || !spot && place.is_none() {
            continue;
        }
        let keeps = |at: usize| phrase.token(at).is_some_and(|token| token.also == Some(Term::Keep));
        // "Keep the first half and change the second half to jazz".
        let kept = run.end < phrase.len() && run.clone().any(keeps);
        let stays = kept || run.clone().any(|at| phrase.is(at, &[Term::AsIs]));
        let played = run.clone().any(|at| is_playing(phrase, at));
        // "Piano only in the first half".
        let alone = run
            .clone()
            .any(|at| phrase.is(at, &[Term::Only]) && at > run.start && is_playing(phrase, at - 1));
        // The whole of a piece may well have other players: "pads without drums from 0:10 to 0:30".
        let of_whole = phrase.clause(run.start).any(|at| matches!(phrase.term(at), Some(Term::Genre(_))));
        let other = of_whole && !stays || run.clone().any(|at| is_other(phrase, at));
        if other || alone || !stays && !played {
            continue;
        }
        if !stays {
            outside.push(Outside::Stretch);
        }
        at = run.start + 1;
        phrase.cut(run);
    }
}

/// Whether a word tells who plays or how fast.
fn is_playing(phrase: &Phrase, at: usize) -> bool {
    matches!(phrase.term(at), Some(Term::Role(_) | Term::Instrument(_) | Term::Faster | Term::Slower))
}

/// Whether a word asks for something that a stretch can have.
fn is_other(phrase: &Phrase, at: usize) -> bool {
    let changes = phrase.token(at).is_some_and(|token| token.also == Some(Term::Change));
    let Some(term) = phrase.term(at) else {
        return matches!(phrase.token(at).map(|token| token.meaning), Some(Meaning::Quoted(_)));
    };
    changes
        || matches!(
            term,
            Term::Music | Term::Genre(_) | Term::Mood(_) | Term::Occasion(_) | Term::Reference(_)
        )
        || matches!(
            term,
            Term::Again | Term::Renew | Term::Similar | Term::Also | Term::Hit | Term::Climax | Term::Rise
        )
        || matches!(term, Term::Louder | Term::Quieter | Term::Loud | Term::Soft | Term::Volume | Term::Mute)
        || matches!(
            term,
            Term::FadeIn | Term::FadeOut | Term::Fade | Term::Film | Term::Title | Term::Picture(_)
        )
        || matches!(term, Term::TooLoud | Term::TooQuiet | Term::Bad | Term::Lock | Term::Part)
}
