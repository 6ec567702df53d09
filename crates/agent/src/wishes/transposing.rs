//! How much higher or lower the music is to lie: "two semitones up", `降半音`.

use crate::number::Amount;
use crate::phrase::Phrase;
use crate::term::Term;

/// Most half steps: an octave brings the same key back.
const MOST: f64 = 11.0;

/// Words that send it down.
const DOWN: [&str; 6] = ["down", "lower", "flatten", "降", "低", "下"];

/// Reads the half steps; what tells of them tells of no level.
pub(super) fn read(phrase: &mut Phrase, text: &str) -> Option<i32> {
    for at in 0..phrase.len() {
        if let Some(Term::Semitone(steps)) = phrase.term(at) {
            return Some(i32::from(steps));
        }
        let Some(Amount::Semitones(steps)) = phrase.amount(at) else { continue };
        let clause = phrase.clause(at);
        let ends = |at: usize| phrase.token(at).map(|token| token.at);
        let words = ends(clause.start).zip(ends(clause.end - 1)).and_then(|(a, b)| text.get(a.0..b.1))?;
        let down = DOWN.iter().any(|word| words.contains(word));
        phrase.cut(clause);
        let steps = steps.clamp(0.0, MOST).round() as i32;
        return Some(if down { -steps } else { steps });
    }
    None
}
