//! Times that do not say where the music plays: those of a cut in the film, and of music that comes later.

use crate::number::Amount;
use crate::phrase::Phrase;
use crate::term::{Outside, Term};
use crate::token::Meaning;

/// Uses up the times that belong to something else.
pub(crate) fn read(phrase: &mut Phrase) {
    if let Some(later) = later(phrase) {
        use_up_times(phrase, later, phrase.len());
    }
    for at in 0..phrase.len() {
        if phrase.is(at, &[Term::Outside(Outside::Trim)]) {
            let (start, end) = (reach(phrase, (0..at).rev()), reach(phrase, at + 1..phrase.len()));
            use_up_times(phrase, at - start, at + 1 + end);
        }
    }
}

/// "Lo-fi, then switch to chiptune at 5 seconds": where the later piece begins to be told.
fn later(phrase: &Phrase) -> Option<usize> {
    let then = phrase.places(&[Term::Then]).last()?;
    let first = (0..then).find(|at| genre(phrase, *at).is_some())?;
    let before = genre(phrase, first)?;
    let after = (then..phrase.len()).filter_map(|at| genre(phrase, at)).any(|other| other != before);
    // `5秒后切换到芯片音乐`: the time may stand before the word.
    after.then(|| phrase.clause(then).start.max(first + 1))
}

/// Two pieces that are both to be added, each with a genre of its own.
pub(crate) fn two_pieces(phrase: &Phrase) -> Option<(usize, usize)> {
    let joints = [Term::Also, Term::Add];
    phrase.places(&joints).find_map(|joint| {
        let first = (0..joint).filter_map(|at| genre(phrase, at)).next()?;
        let second =
            (joint..phrase.len()).filter_map(|at| genre(phrase, at)).find(|other| *other != first)?;
        let adds_before = phrase.is(joint, &[Term::Also]) || phrase.places(&[Term::Add]).any(|at| at < joint);
        adds_before.then_some((first, second))
    })
}

/// The genre wished for at a place.
fn genre(phrase: &Phrase, at: usize) -> Option<usize> {
    match phrase.term(at)? {
        Term::Genre(genre) if !phrase.token(at)?.denied => Some(genre),
        _ => None,
    }
}

/// How many tokens beside a cut tell of it: up to a break, and never to where music is spoken of.
fn reach(phrase: &Phrase, places: impl Iterator<Item = usize>) -> usize {
    let ends = |at: &usize| match phrase.token(*at).map(|token| token.meaning) {
        Some(Meaning::Comma | Meaning::Stop) | None => true,
        Some(Meaning::Term(term)) => {
            matches!(term, Term::Music | Term::Add | Term::Want | Term::And | Term::Then | Term::But)
                || matches!(term, Term::Genre(_) | Term::Mood(_) | Term::Hit | Term::Climax | Term::Fade)
                || matches!(term, Term::FadeIn | Term::FadeOut)
        }
        Some(_) => false,
    };
    places.take_while(|at| !ends(at)).count()
}

/// Times and the words that lead them.
fn use_up_times(phrase: &mut Phrase, from: usize, to: usize) {
    let led =
        [Term::First, Term::Last, Term::FirstHalf, Term::SecondHalf, Term::Start, Term::End, Term::Middle];
    for at in from..to {
        let timed = matches!(phrase.amount(at), Some(Amount::Seconds(_) | Amount::NineSixteen));
        if timed
            || phrase.is(at, &led)
            || phrase.is(at, &[Term::From, Term::Until, Term::After, Term::Before])
        {
            phrase.use_up(at, at);
        }
    }
}
