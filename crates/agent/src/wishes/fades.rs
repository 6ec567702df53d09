//! Fades: "fade out over 3 seconds", `淡入2秒淡出3秒`.

use crate::number::Amount;
use crate::phrase::Phrase;
use crate::term::Term;
use crate::token::Meaning;

/// How long a fade is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum FadeLength {
    /// Not said.
    Usual,
    /// So many seconds.
    Seconds(f64),
    /// Up to or from this second of the film.
    Until(f64),
    /// No fade.
    None,
}

/// The fades that are wished; `None` where nothing was said.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct FadeWish {
    pub(crate) fade_in: Option<FadeLength>,
    pub(crate) fade_out: Option<FadeLength>,
}

/// `fade out from 0:25 [to 0:30]`: read before such times are taken for the place of the music.
pub(crate) fn read_ranges(phrase: &mut Phrase) -> FadeWish {
    let mut wish = FadeWish::default();
    for at in 0..phrase.len() {
        let out = phrase.is(at, &[Term::FadeOut]);
        if out && let Some(seconds) = before_the_end(phrase, at) {
            phrase.use_up(at, at + 3);
            wish.fade_out = Some(FadeLength::Seconds(seconds));
            continue;
        }
        if !out && !phrase.is(at, &[Term::FadeIn]) || !phrase.is(at + 1, &[Term::From]) {
            continue;
        }
        let Some(first) = phrase.seconds(at + 2) else { continue };
        let second = phrase.seconds(at + 4).filter(|_| phrase.is(at + 3, &[Term::To, Term::Until]));
        phrase.use_up(at, if second.is_some() { at + 4 } else { at + 2 });
        match (out, second) {
            (true, _) => wish.fade_out = Some(FadeLength::Until(first)),
            (false, Some(second)) => wish.fade_in = Some(FadeLength::Until(second)),
            (false, None) => wish.fade_in = Some(FadeLength::Usual),
        }
    }
    wish
}

/// "Fade out 3 seconds before the end".
fn before_the_end(phrase: &Phrase, at: usize) -> Option<f64> {
    let told = phrase.is(at + 2, &[Term::Before]) && phrase.is(at + 3, &[Term::End]);
    phrase.seconds(at + 1).filter(|_| told)
}

/// Every other fade.
pub(crate) fn read(phrase: &mut Phrase, mut wish: FadeWish) -> FadeWish {
    for at in 0..phrase.len() {
        let Some(term) = phrase.term(at).filter(|_| !phrase.is_used(at)) else { continue };
        if !matches!(term, Term::FadeIn | Term::FadeOut | Term::Fade) {
            continue;
        }
        let denied = phrase.token(at).is_some_and(|token| token.denied);
        let length = if denied { FadeLength::None } else { length(phrase, at) };
        if matches!(term, Term::FadeIn | Term::Fade) {
            wish.fade_in = Some(length);
        }
        if matches!(term, Term::FadeOut | Term::Fade) {
            wish.fade_out = Some(length);
        }
    }
    softened(phrase, &mut wish);
    wish
}

/// "The ending is too abrupt": that end fades; both do where neither is named.
fn softened(phrase: &Phrase, wish: &mut FadeWish) {
    for at in phrase.places(&[Term::Abrupt]) {
        let (start, end) = (phrase.near(at, &[Term::Start]), phrase.near(at, &[Term::End, Term::Mute]));
        if start || !end {
            wish.fade_in = wish.fade_in.or(Some(FadeLength::Usual));
        }
        if end || !start {
            wish.fade_out = wish.fade_out.or(Some(FadeLength::Usual));
        }
    }
}

/// The length said beside a fade: right before it, else among the next few words.
fn length(phrase: &mut Phrase, at: usize) -> FadeLength {
    if let Some(seconds) = at.checked_sub(1).and_then(|before| phrase.seconds(before)) {
        let timed = phrase.after(at - 1, &[Term::At]);
        phrase.use_up(if timed { at - 2 } else { at - 1 }, at);
        return if timed { FadeLength::Until(seconds) } else { FadeLength::Seconds(seconds) };
    }
    for next in at + 1..at + 5 {
        let Some(token) = phrase.token(next) else { break };
        match token.meaning {
            Meaning::Amount(Amount::Seconds(seconds)) if !phrase.is_used(next) => {
                let timed = phrase.after(next, &[Term::At]);
                phrase.use_up(at, next);
                return if timed { FadeLength::Until(seconds) } else { FadeLength::Seconds(seconds) };
            }
            // "Out over the last four", "fade in 2 seconds and out 3".
            Meaning::Amount(Amount::Number(seconds))
                if !phrase.is_used(next)
                    && (phrase.after(next, &[Term::Last, Term::For]) || next == at + 1) =>
            {
                phrase.use_up(at, next);
                return FadeLength::Seconds(seconds);
            }
            // `结尾渐弱，四秒`: a length and nothing else behind the comma.
            Meaning::Comma if phrase.seconds(next + 1).is_some() && phrase.clause(next + 1).len() == 1 => {}
            Meaning::Term(
                Term::For
                | Term::At
                | Term::Inside
                | Term::Last
                | Term::First
                | Term::End
                | Term::Start
                | Term::Music
                | Term::To
                | Term::With,
            )
            | Meaning::Word
            | Meaning::Quoted(_) => {}
            _ => break,
        }
    }
    FadeLength::Usual
}
