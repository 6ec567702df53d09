//! What is to be done: add, remove, another one.

use crate::number::Amount;
use crate::phrase::Phrase;
use crate::term::{Question, Term};
use crate::token::Meaning;

/// The verbs of a request and whether it is about music.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verbs {
    pub(crate) add: bool,
    /// "Don't add".
    pub(crate) add_denied: bool,
    /// "I want", "use": less than "add".
    pub(crate) want: bool,
    pub(crate) remove: bool,
    pub(crate) again: bool,
    /// The next one is to take after the one there is.
    pub(crate) similar: bool,
    pub(crate) also: bool,
    /// "Don't change it".
    pub(crate) keep: bool,
    /// Whether music as such is named.
    pub(crate) music: bool,
    /// "No music".
    pub(crate) music_denied: bool,
}

/// Reads the verbs.
pub(crate) fn read(phrase: &Phrase) -> Verbs {
    let denied = |term| phrase.places(&[term]).any(|at| phrase.token(at).is_some_and(|token| token.denied));
    let removed = |at: usize| {
        let object = phrase.clause(at).any(|place| matches!(phrase.term(place), Some(Term::Outside(_))));
        let music = phrase.near(at, &[Term::Music]);
        // "Remove the noise and make the music louder": what is named first goes.
        let things = (at + 1..phrase.clause(at).end).filter_map(|place| phrase.term(place));
        let named =
            things.into_iter().find(|term| matches!(term, Term::Outside(_) | Term::Music | Term::Nth(_)));
        let music = music && !matches!(named, Some(Term::Outside(_)));
        phrase.token(at).is_some_and(|token| !token.denied) && (music || !object)
    };
    let music_denied = denied(Term::Music) || denied(Term::Anything);
    Verbs {
        // "Add no music" adds nothing; "add music, but no music in the first ten seconds" does.
        add: phrase.places(&[Term::Add]).any(|at| adds_music(phrase, at))
            && (!music_denied || phrase.says(&[Term::Music])),
        add_denied: denied(Term::Add),
        want: phrase.says(&[Term::Want, Term::Make, Term::With]),
        remove: phrase.places(&[Term::Remove]).any(removed),
        again: phrase.says(&[Term::Again, Term::Similar, Term::Options]),
        similar: phrase.says(&[Term::Similar]),
        also: phrase.says(&[Term::Also]),
        keep: denied(Term::Remove) || denied(Term::Again) || denied(Term::Question(Question::Export)),
        music: phrase.says(&[Term::Music]),
        music_denied,
    }
}

/// "Add drums", "add a drop" ask for a detail and not for a piece.
fn adds_music(phrase: &Phrase, at: usize) -> bool {
    let detail = [
        Term::Hit,
        Term::Climax,
        Term::FadeIn,
        Term::FadeOut,
        Term::Fade,
        Term::Duck,
        Term::Loop,
        Term::Speech,
    ];
    let denied = phrase.token(at).is_some_and(|token| token.denied);
    // `加个1秒淡出`.
    let timed =
        phrase.token(at + 1).is_some_and(|t| matches!(t.meaning, Meaning::Amount(Amount::Seconds(_))));
    let object = if timed { at + 2 } else { at + 1 };
    !denied
        && !phrase.is(object, &detail)
        && !matches!(phrase.term(object), Some(Term::Role(_) | Term::Instrument(_)))
        && !matches!(phrase.token(at + 1).map(|token| token.meaning), Some(Meaning::Amount(Amount::Bpm(_))))
}
