//! Names with a slip in them: `cinamatic`, `chiptunes`.

use std::collections::HashMap;

use score::MOOD_WORDS;
use strsim::damerau_levenshtein;

use crate::term::Term;

/// Shortest name in letters that is looked for with a slip in it: shorter ones are too near to other words.
const SHORTEST: usize = 6;

/// English words that lie one slip from a name.
const OTHERS: [&str; 36] = [
    "remote", "mastic", "mused", "muses", "tidal", "tiled", "tiles", "fatter", "softest", "fasten", "lower",
    "loader", "sifter", "drugs", "furious", "curious", "winning", "willing", "warning", "loving", "living",
    "moving", "having", "serious", "series", "toughing", "teaching", "evening", "lovely", "tinder", "sender",
    "lonely", "quickly", "heroin", "single", "general",
];

/// Words that people say in nearly every request; of these shorter ones are looked for.
const COMMON: [&str; 14] = [
    "music", "louder", "quieter", "softer", "faster", "slower", "volume", "title", "remove", "delete",
    "drums", "piano", "guitar", "melody",
];

/// Shortest word that may be one of them with a slip in it.
const SHORTEST_COMMON: usize = 5;

/// The names worth looking for: single Latin words of genres and moods, and what is said in nearly every request.
pub(super) fn names(
    genres: &HashMap<String, Term>,
    common: impl Fn(&str) -> Option<Term>,
) -> Vec<(String, Term)> {
    let moods = MOOD_WORDS.iter().enumerate().flat_map(|(index, mood)| {
        mood.words.iter().copied().chain([mood.name]).map(move |word| (word.to_owned(), Term::Mood(index)))
    });
    let genres = genres.iter().map(|(word, term)| (word.clone(), *term));
    let latin = |word: &str| word.chars().all(|c| c.is_ascii_alphabetic());
    let mut names: Vec<_> =
        genres.chain(moods).filter(|(word, _)| latin(word) && word.len() >= SHORTEST).collect();
    names.extend(COMMON.iter().filter_map(|word| Some(((*word).to_owned(), common(word)?))));
    names.sort_by(|a, b| a.0.cmp(&b.0));
    names
}

/// What a word stands for if it is a name with a slip: one in a short name, two in a long one.
pub(crate) fn respelled(word: &str, names: &[(String, Term)]) -> Option<Term> {
    if word.len() < SHORTEST_COMMON || OTHERS.contains(&word) {
        return None;
    }
    let long_enough = |name: &str| word.len() >= SHORTEST || COMMON.contains(&name);
    let slips = |name: &str| match name.len() {
        9.. => 2,
        _ => 1,
    };
    names
        .iter()
        .filter(|(name, _)| {
            long_enough(name)
                && name.as_bytes()[0] == word.as_bytes()[0]
                && name.len().abs_diff(word.len()) <= 2
        })
        .map(|(name, term)| (damerau_levenshtein(name, word), slips(name), *term))
        .filter(|(distance, allowed, _)| distance <= allowed)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., term)| term)
}
