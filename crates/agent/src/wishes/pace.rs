//! How fast the music is to be.

use crate::number::Amount;
use crate::phrase::Phrase;
use crate::term::{Outside, Term};

/// A tempo that is wished.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum PaceWish {
    /// So many beats a minute.
    To(f64),
    /// So many times as fast.
    By(f64),
    /// So many beats a minute more.
    Plus(f64),
    Faster,
    Slower,
    Fast,
    Slow,
}

/// How much "a touch faster" is.
const TOUCH: f64 = 0.05;

/// Reads the tempo; a film that is to run faster is not the music's business.
pub(crate) fn read(phrase: &mut Phrase, outside: &mut Vec<Outside>) -> Option<PaceWish> {
    figure(phrase).or_else(|| share(phrase)).or_else(|| words(phrase, outside))
}

fn way(phrase: &Phrase, at: usize) -> Option<f64> {
    if phrase.near(at, &[Term::Faster]) {
        Some(1.0)
    } else {
        phrase.near(at, &[Term::Slower]).then_some(-1.0)
    }
}

fn figure(phrase: &mut Phrase) -> Option<PaceWish> {
    for at in 0..phrase.len() {
        let Some(amount) = phrase.amount(at) else { continue };
        let to = phrase.after(at, &[Term::To, Term::At]);
        let beside = |terms: &[Term]| phrase.after(at, terms);
        let of_music = !phrase.near(at, &[Term::Film]);
        let wish = match (amount, way(phrase, at)) {
            (Amount::Bpm(bpm), Some(sign)) if !to => Some(PaceWish::Plus(sign * bpm)),
            // `慢5个bpm`, `速度加10bpm`.
            (Amount::Bpm(bpm), _) if beside(&[Term::Fast, Term::Add, Term::Louder]) => {
                Some(PaceWish::Plus(bpm))
            }
            (Amount::Bpm(bpm), _) if beside(&[Term::Slow, Term::Quieter]) => Some(PaceWish::Plus(-bpm)),
            (Amount::Bpm(bpm), _) => Some(PaceWish::To(bpm)),
            // `快一倍` is twice as fast, `快两倍` as well.
            (Amount::Times(times), _) if beside(&[Term::Fast, Term::Faster]) && of_music => {
                Some(PaceWish::By(times.max(2.0)))
            }
            (Amount::Times(times), _) if beside(&[Term::Slow, Term::Slower]) && of_music => {
                Some(PaceWish::By(1.0 / times.max(2.0)))
            }
            (Amount::Percent(percent), Some(sign)) if !to => Some(PaceWish::By(1.0 + sign * percent / 100.0)),
            // `快20%`: so much faster.
            (Amount::Percent(percent), None) if phrase.after(at, &[Term::Fast]) => {
                Some(PaceWish::By(1.0 + percent / 100.0))
            }
            (Amount::Percent(percent), None) if phrase.after(at, &[Term::Slow]) => {
                Some(PaceWish::By(1.0 - percent / 100.0))
            }
            (Amount::Number(n), _) => {
                let named =
                    phrase.after(at, &[Term::Pace]) || to && at > 1 && phrase.is(at - 2, &[Term::Pace]);
                // `速度改成80`.
                let made = at > 1 && phrase.after(at, &[Term::Make]) && phrase.is(at - 2, &[Term::Pace]);
                let named = named || made;
                named.then_some(PaceWish::To(n))
            }
            _ => None,
        };
        if wish.is_some() {
            phrase.use_up(at, at);
            return wish;
        }
    }
    None
}

/// "Half tempo", "twice as fast", `慢一倍`.
fn share(phrase: &Phrase) -> Option<PaceWish> {
    let at = phrase.places(&[Term::Half, Term::Twice]).next()?;
    let beside = |terms: &[Term]| phrase.is(at + 1, terms) || phrase.after(at, terms);
    let slow = beside(&[Term::Slow, Term::Slower]);
    let pace = slow || beside(&[Term::Pace, Term::Fast, Term::Faster]);
    if !pace || phrase.near(at, &[Term::Film]) && !phrase.near(at, &[Term::Music]) {
        return None;
    }
    Some(PaceWish::By(if slow || phrase.is(at, &[Term::Half]) { 0.5 } else { 2.0 }))
}

fn words(phrase: &Phrase, outside: &mut Vec<Outside>) -> Option<PaceWish> {
    for at in 0..phrase.len() {
        let denied = phrase.token(at).is_some_and(|token| token.denied);
        let of_film = phrase.near(at, &[Term::Film]) && !phrase.near(at, &[Term::Music]);
        let wish = match phrase.term(at) {
            Some(Term::Faster | Term::Slower) if of_film => {
                outside.push(Outside::Speed);
                continue;
            }
            // "My fast-paced video" tells of the film.
            Some(Term::Fast | Term::Slow) if phrase.is(at + 1, &[Term::Film]) => continue,
            Some(Term::Faster) if !denied && phrase.after(at, &[Term::Touch]) => PaceWish::By(1.0 + TOUCH),
            Some(Term::Slower) if !denied && phrase.after(at, &[Term::Touch]) => PaceWish::By(1.0 - TOUCH),
            Some(Term::Faster) if !denied => PaceWish::Faster,
            Some(Term::Slower) if !denied => PaceWish::Slower,
            Some(Term::Fast) => {
                if denied || phrase.after(at, &[Term::Too, Term::Less]) {
                    PaceWish::Slower
                } else {
                    PaceWish::Fast
                }
            }
            Some(Term::Slow) => {
                if denied || phrase.after(at, &[Term::Too, Term::Less]) {
                    PaceWish::Faster
                } else {
                    PaceWish::Slow
                }
            }
            _ => continue,
        };
        return Some(wish);
    }
    None
}
