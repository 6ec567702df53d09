//! How loud the music is to be, how it makes way for speech, and how loud the whole.

use timeline::{Duck, Target};

use crate::number::Amount;
use crate::phrase::Phrase;
use crate::term::{Outside, Term};

/// A level that is wished.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum LevelWish {
    /// This many percent.
    To(f64),
    /// This many times what it is.
    By(f64),
}

impl LevelWish {
    pub(crate) fn is_relative(self) -> bool {
        matches!(self, LevelWish::By(_))
    }
}

/// How the music is to make way for speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DuckWish {
    To(Duck),
    /// At least the usual way.
    On,
    More,
    Less,
}

/// What was said about loudness.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Loudness {
    pub(crate) level: Option<LevelWish>,
    pub(crate) duck: Option<DuckWish>,
    pub(crate) target: Option<Target>,
}

/// How much louder or quieter music gets in one step: a little, plainly, by much.
const STEPS: [f64; 3] = [1.25, 1.4, 2.0];

/// Reads what was said about loudness.
pub(crate) fn read(phrase: &mut Phrase, outside: &mut Vec<Outside>) -> Loudness {
    let duck = ducking(phrase, outside);
    let target = exact_target(phrase, outside);
    let level = figure(phrase).or_else(|| share(phrase)).or_else(|| words(phrase, outside));
    Loudness { level: level.filter(|wish| duck.is_none() || !wish.is_relative()), duck, target }
}

/// "Louder" is 1, "quieter" is -1; what is denied counts for nothing.
fn direction(phrase: &Phrase, at: usize) -> Option<f64> {
    let said = |terms: &[Term]| {
        phrase
            .clause(at)
            .any(|place| phrase.is(place, terms) && phrase.token(place).is_some_and(|t| !t.denied))
    };
    if said(&[Term::Louder, Term::TooQuiet]) {
        Some(1.0)
    } else if said(&[Term::Quieter, Term::TooLoud]) {
        Some(-1.0)
    } else {
        None
    }
}

/// Percent, decibels, times and plain numbers.
fn figure(phrase: &mut Phrase) -> Option<LevelWish> {
    for at in 0..phrase.len() {
        let Some(amount) = phrase.amount(at) else { continue };
        let to = phrase.after(at, &[Term::To, Term::At, Term::Until]);
        let way = direction(phrase, at);
        let about_pace = phrase.near(at, &[Term::Faster, Term::Slower, Term::Pace]) && way.is_none();
        let about_level = phrase.near(at, &[Term::Volume]) || way.is_some();
        let wish = match amount {
            _ if about_pace => None,
            Amount::Percent(_) if phrase.is(at + 1, &[Term::Film]) => None,
            Amount::Percent(percent) => Some(match way {
                Some(sign) if !to => LevelWish::By(1.0 + sign * percent.abs() / 100.0),
                None if !to && percent < 0.0 => LevelWish::By(1.0 + percent / 100.0),
                _ => LevelWish::To(percent),
            }),
            Amount::Decibels(change) => {
                let change = way.map_or(change, |sign| sign * change.abs());
                Some(LevelWish::By(sound::Decibels(change).gain()))
            }
            // `大一倍`: once more.
            Amount::Times(1.0) if way == Some(1.0) => Some(LevelWish::By(2.0)),
            Amount::Times(times) if way == Some(1.0) || way.is_none() && phrase.is(at + 1, &[Term::Loud]) => {
                Some(LevelWish::By(times))
            }
            // "Volume at 0.3" is meant as a share.
            Amount::Number(n)
                if (0.01..1.0).contains(&n)
                    && (phrase.near(at, &[Term::Volume]) || to && phrase.near(at, &[Term::Music])) =>
            {
                Some(LevelWish::To(100.0 * n))
            }
            Amount::Number(n) if to && (about_level || phrase.near(at, &[Term::Music])) => {
                Some(LevelWish::To(n))
            }
            Amount::Number(n) if phrase.after(at, &[Term::Volume]) => Some(LevelWish::To(n)),
            // `音量调到50`.
            Amount::Number(n) if phrase.after(at, &[Term::Make]) && phrase.near(at, &[Term::Volume]) => {
                Some(LevelWish::To(n))
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

/// Half, a third and double.
fn share(phrase: &Phrase) -> Option<LevelWish> {
    let level = [Term::Volume, Term::Louder, Term::Quieter, Term::Loud, Term::TooLoud];
    for (word, share) in [(Term::Half, 0.5), (Term::Third, 1.0 / 3.0), (Term::Quarter, 0.25)] {
        // "Down to a third", and nothing else.
        let bare = |at: &usize| phrase.after(*at, &[Term::To]) && phrase.clause(*at).len() <= 3;
        let part = |at: &usize| {
            (phrase.near(*at, &level) || bare(at)) && !phrase.after(*at, &[Term::First, Term::Last])
        };
        if let Some(at) = phrase.places(&[word]).find(part) {
            let to = phrase.after(at, &[Term::To, Term::At]);
            return Some(match direction(phrase, at) {
                _ if bare(&at) => LevelWish::By(share),
                None if to => LevelWish::To(100.0 * share),
                // "Down to a third" is a third of it, "down by a third" is two.
                Some(way) if !to => LevelWish::By(1.0 + way * share),
                _ => LevelWish::By(share),
            });
        }
    }
    let bare = |at| phrase.clause(at).all(|at| phrase.is(at, &[Term::Twice, Term::Make, Term::Music]));
    let twice = phrase.places(&[Term::Twice]).any(|at| phrase.near(at, &level) || bare(at));
    twice.then_some(LevelWish::By(2.0))
}

/// Words alone: "a bit quieter", "too loud", "subtle".
fn words(phrase: &Phrase, outside: &mut Vec<Outside>) -> Option<LevelWish> {
    for at in 0..phrase.len() {
        let Some(term) = phrase.term(at) else { continue };
        let denied = phrase.token(at).is_some_and(|token| token.denied);
        let way = match (term, denied) {
            (Term::Louder | Term::TooQuiet, false) | (Term::TooQuiet, true) => 1.0,
            (Term::Quieter | Term::TooLoud, false) | (Term::TooLoud | Term::Loud, true) => -1.0,
            (Term::Loud, false) => 1.0,
            (Term::Soft, _) => -1.0,
            (Term::Full, false) => return Some(LevelWish::To(100.0)),
            (Term::Mute, false) => return Some(LevelWish::To(0.0)),
            _ => continue,
        };
        // "Not so loud" wants less of it.
        let way = if phrase.after(at, &[Term::Less]) { -1.0 } else { way };
        let of_film = phrase.near(at, &[Term::Outside(Outside::OwnSound), Term::Film]);
        if of_film && !phrase.near(at, &[Term::Music, Term::Volume]) {
            outside.push(Outside::OwnSound);
            continue;
        }
        let player = |at: usize| matches!(phrase.term(at), Some(Term::Role(_) | Term::Instrument(_)));
        // `萨克斯再突出一些`.
        let more = at > 1 && phrase.after(at, &[Term::More]) && player(at - 2);
        if player(at + 1) || at > 0 && player(at - 1) || more {
            outside.push(Outside::PlayerLevel);
            continue;
        }
        // "Increase the energy" is about mood and not about level.
        match phrase.term(at + 1) {
            Some(Term::Mood(_)) if matches!(term, Term::Louder | Term::Quieter) && !denied => {
                if phrase.near(at, &[Term::Music, Term::Volume]) || phrase.clause(at).len() > 3 {
                    return Some(by(way, phrase, at));
                }
                continue;
            }
            _ => return Some(by(way, phrase, at)),
        }
    }
    None
}

fn by(way: f64, phrase: &Phrase, at: usize) -> LevelWish {
    let step = if phrase.near(at, &[Term::Bit, Term::Touch]) {
        STEPS[0]
    } else if phrase.near(at, &[Term::Much]) {
        STEPS[2]
    } else {
        STEPS[1]
    };
    LevelWish::By(if way > 0.0 { step } else { 1.0 / step })
}

/// "Duck more", "don't duck", "quieter under the speech".
fn ducking(phrase: &Phrase, outside: &mut Vec<Outside>) -> Option<DuckWish> {
    let louder_speech = |at: &usize| phrase.near(*at, &[Term::Speech]) && direction(phrase, *at).is_some();
    let speech = phrase.places(&[Term::Speech]).find(louder_speech);
    if phrase.says(&[Term::NoDuck]) {
        return Some(DuckWish::To(Duck::Off));
    }
    if phrase.says(&[Term::Accessible]) {
        return Some(DuckWish::To(Duck::Accessible));
    }
    if phrase.says(&[Term::Drowned]) {
        return Some(DuckWish::More);
    }
    let at = phrase.places(&[Term::Duck]).next();
    if speech.is_some_and(|at| direction(phrase, at) == Some(1.0) && !phrase.near(at, &[Term::Music])) {
        outside.push(Outside::OwnSound);
    }
    let at = at.or(speech)?;
    let near = |terms: &[Term]| phrase.near(at, terms);
    if phrase.token(at).is_some_and(|token| token.denied) {
        return Some(DuckWish::To(Duck::Off));
    }
    Some(if near(&[Term::Less]) {
        DuckWish::Less
    } else if near(&[Term::Gentle]) {
        DuckWish::To(Duck::Gentle)
    } else if near(&[Term::Strong]) {
        DuckWish::To(Duck::Strong)
    } else if near(&[Term::More, Term::Much, Term::TooLoud]) || direction(phrase, at).is_some() {
        DuckWish::More
    } else {
        DuckWish::On
    })
}

/// `-16 LUFS` is the target that aims there.
fn exact_target(phrase: &mut Phrase, outside: &mut Vec<Outside>) -> Option<Target> {
    for at in 0..phrase.len() {
        let Some(Amount::Lufs(lufs)) = phrase.amount(at) else { continue };
        phrase.use_up(at, at);
        let wanted = -lufs.abs();
        let found = Target::ALL.into_iter().find(|target| target.lufs() == Some(wanted));
        if found.is_none() {
            outside.push(Outside::Loudness);
        }
        return found;
    }
    None
}
