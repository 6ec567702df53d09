//! How a title is to look, in words that mean something else of music.

use std::ops::Range;

use timeline::{Colour, Place as Spot};

use crate::number::Amount;
use crate::phrase::Phrase;
use crate::term::Term;

/// What "larger" means where no figure is told.
const LARGER: f64 = 1.3;

pub(super) fn word<'a>(phrase: &Phrase, at: usize, text: &'a str) -> &'a str {
    phrase.token(at).and_then(|token| text.get(token.at.0..token.at.1)).unwrap_or_default()
}

/// Colours that are also something else, of which only a title makes colours.
pub(super) fn shade(word: &str) -> Option<Colour> {
    match word {
        "blue" => Some(Colour { red: 66, green: 133, blue: 244 }),
        "black" => Some(Colour { red: 0, green: 0, blue: 0 }),
        _ => None,
    }
}

/// "Move the title down".
pub(super) fn way(word: &str) -> Option<Spot> {
    match word {
        "down" | "lower" => Some(Spot::Bottom),
        "up" | "higher" => Some(Spot::Top),
        _ => None,
    }
}

/// How large the letters are to be in pixels: `字号60`, "font size 60".
pub(super) fn pixels(phrase: &Phrase, mut run: Range<usize>, words: &str) -> Option<u32> {
    let sized = ["字号", "大小", "字体", "size", "字高"].iter().any(|word| words.contains(word));
    run.find_map(|at| match phrase.amount(at)? {
        Amount::Pixels(pixels) => Some(pixels),
        Amount::Number(pixels) if sized => Some(pixels),
        _ => None,
    })
    .map(|pixels| pixels.round() as u32)
}

/// How much larger the letters are to be, by words that say so of a title and may be a level or a mood of music.
pub(super) fn size(phrase: &Phrase, at: usize, text: &str) -> Option<f64> {
    let word = word(phrase, at, text);
    let too = phrase.after(at, &[Term::Too, Term::Less]);
    let of_letters = !word.contains(['声', '音']) && !word.is_ascii();
    let larger = match phrase.term(at) {
        Some(Term::Larger) => true,
        Some(Term::Smaller) => false,
        Some(Term::Louder | Term::TooQuiet) if of_letters && word.contains(['大', '小']) => true,
        Some(Term::Quieter | Term::TooLoud) if of_letters && word.contains(['小', '大']) => false,
        _ => match word {
            "big" | "bigger" | "huge" | "large" => true,
            "small" | "tiny" => false,
            _ => return None,
        },
    };
    Some(if larger != too { LARGER } else { 1.0 / LARGER })
}
