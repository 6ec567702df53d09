//! How the music grows: "calm at first, big at the end", `先平静后激昂`.

use score::MOOD_WORDS;

use crate::phrase::Phrase;
use crate::term::Term;

/// Moods above this arousal are big, those below its opposite calm.
const CLEARLY: f64 = 0.1;

/// Whether the music is to grow towards its end; what tells of it is taken out of the phrase.
pub(crate) fn read(phrase: &mut Phrase) -> bool {
    if let Some(contrast) = contrast(phrase) {
        phrase.cut(contrast);
        return true;
    }
    // "Fade in gradually" is about the fade.
    let fades = |at: usize| phrase.near(at, &[Term::Fade, Term::FadeIn, Term::FadeOut]);
    phrase.places(&[Term::Rise]).any(|at| !fades(at))
        || phrase.places(&[Term::Climax]).any(|at| at_the_end(phrase, at))
}

/// "The climax at the end", `在结尾爆发`.
fn at_the_end(phrase: &Phrase, at: usize) -> bool {
    let clause = phrase.clause(at);
    let end = clause.clone().any(|at| phrase.is(at, &[Term::End]));
    end && !phrase.token(at).is_some_and(|token| token.denied)
        && !clause.clone().any(|at| phrase.amount(at).is_some())
}

/// "Calm at first, big at the end": from the first mood to the word for the end.
fn contrast(phrase: &Phrase) -> Option<std::ops::Range<usize>> {
    let moods: Vec<(usize, f64)> =
        (0..phrase.len()).filter_map(|at| Some((at, arousal(phrase, at)?))).collect();
    let (first, calm) = *moods.first()?;
    let (last, big) = *moods.get(1).filter(|_| moods.len() == 2)?;
    let opening = [Term::AtFirst, Term::Start, Term::First, Term::From];
    let opens = (first.saturating_sub(2)..last).any(|at| phrase.is(at, &opening));
    let closing = [Term::End, Term::Then, Term::Behind, Term::After, Term::Last, Term::Rise, Term::To];
    let ends = (first + 1..last + 4).rfind(|at| phrase.is(*at, &closing));
    // "Change it from calm to happy" wants another mood.
    let changes =
        phrase.clause(first).any(|at| phrase.token(at).is_some_and(|token| token.also == Some(Term::Change)));
    if changes || calm >= CLEARLY || big <= calm + 0.3 || !opens {
        return None;
    }
    let end = ends?.max(last) + 1;
    let start = (first.saturating_sub(2)..=first).find(|at| phrase.is(*at, &opening)).unwrap_or(first);
    Some(start..end.min(phrase.len()))
}

/// How excited a word is, -1 to 1.
fn arousal(phrase: &Phrase, at: usize) -> Option<f64> {
    let token = phrase.token(at)?;
    match token.also.filter(|also| matches!(also, Term::Mood(_))).or(phrase.term(at))? {
        Term::Mood(index) => Some(MOOD_WORDS[index].mood.arousal),
        Term::Soft | Term::Slow => Some(-0.5),
        Term::Loud | Term::Fast => Some(0.6),
        _ => None,
    }
}
