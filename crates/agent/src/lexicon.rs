//! Every word the reader knows, and where it stands in a request.

mod chinese;
mod english;
mod landmarks;
mod music;
mod picture;
mod spelling;
mod turns;

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use score::{Library, MOOD_WORDS};

use crate::ensemble::ENSEMBLES;
use crate::language::han;
use crate::reference::REFERENCES;
use crate::term::Term;

pub(crate) use picture::shade_names;
pub(crate) use spelling::respelled;

/// More words for moods, beside those that the moods bring along.
const MORE_MOODS: &[(&str, &str)] = &[
    ("happy", "happier|happiness|joy|bright|brighter|positive|阳光|喜庆|欢乐|喜悦|明快"),
    (
        "excited",
        "excitement|intense|energy|more energy|adrenaline|explosive|driving|激情|激昂|高昂|热血|高能|带感|活力|有活力|有劲",
    ),
    ("playful", "lighter|lighthearted|light-hearted|light|childlike|轻快|俏皮可爱|童趣|欢脱"),
    ("funny", "funnier|amusing|逗趣|欢喜"),
    ("triumphant", "success|celebratory|proudly|成功"),
    ("epic", "big|bigger|huge|dramatic|more dramatic|cinematic feel|史诗感|大气磅礴|磅礴|恢弘|燃爆|戏剧性"),
    ("hopeful", "inspire|inspired|hope|uplift|encouraging|向上|积极|正能量|激励"),
    ("romantic", "romance|sensual|甜蜜|爱意"),
    ("warm", "warmer|homey|soft|温和|柔和|治愈"),
    (
        "calm",
        "calmer|low energy|low-energy|energy low|less energy|lower the energy|relax|easy|easygoing|easy-going|tranquil|slow and calm|zen|悠闲|惬意|恬静|休闲|慵懒",
    ),
    ("dreamy", "dreamlike|dream|airy|唯美|仙气"),
    ("nostalgic", "nostalgia|vintage feel|怀念|思念"),
    ("emotional", "emotion|deep feeling|煽情|情感"),
    ("sad", "悲|悲情|sadder|sadness|tragic|crying|sorrow|难受|悲哀|凄凉|忧郁|低落"),
    ("mysterious", "mystery|诡异|神秘感"),
    ("dark", "darker|gritty|暗"),
    ("tense", "tension|more tense|thriller|紧迫|紧张感|悬疑紧张|紧张悬疑"),
    ("scary", "scarier|terror|可怕|阴森"),
    ("angry", "angrier|rage|暴躁"),
    ("serious", "formal|sombre|正式|沉稳|稳重"),
    ("confident", "confidence|sleek|polished|高级|高级感"),
    ("cool", "cooler|chic|hip|潮|酷炫|炫酷|时髦|潮流"),
];

/// A word found in a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Hit {
    /// Its first byte.
    pub(crate) start: usize,
    /// The byte after its last.
    pub(crate) end: usize,
    /// What it stands for.
    pub(crate) term: Term,
}

/// An automaton over words, with the sense of each.
#[derive(Debug)]
struct Words {
    automaton: Option<AhoCorasick>,
    senses: Vec<Term>,
}

impl Words {
    fn new(entries: HashMap<String, Term>) -> Words {
        let (words, senses): (Vec<String>, Vec<Term>) = entries.into_iter().unzip();
        Words { automaton: AhoCorasick::new(&words).ok(), senses }
    }

    /// Every place where one of the words stands as a word of its own.
    fn places(&self, text: &str) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        automaton
            .find_overlapping_iter(text)
            .filter(|found| stands_alone(text, found.start(), found.end()))
            .map(|found| Hit {
                start: found.start(),
                end: found.end(),
                term: self.senses[found.pattern().as_usize()],
            })
            .collect()
    }
}

/// Latin words end where letters and digits end; Chinese ones stand without blanks between them.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let latin = |c: char| c.is_alphanumeric() && !han::is_han(c);
    let inside = |a: Option<char>, b: Option<char>| a.is_some_and(latin) && b.is_some_and(latin);
    let (word, before, after) = (&text[start..end], &text[..start], &text[end..]);
    !inside(before.chars().next_back(), word.chars().next())
        && !inside(word.chars().next_back(), after.chars().next())
}

/// Every table of words with a sense of their own.
fn tables() -> [&'static [(&'static str, Term)]; 7] {
    let chinese = [chinese::WORDS, chinese::picture::WORDS];
    [
        english::WORDS,
        english::picture::WORDS,
        chinese[0],
        chinese[1],
        picture::WORDS,
        music::WORDS,
        turns::WORDS,
    ]
}

static FIXED: LazyLock<Words> = LazyLock::new(|| {
    let mut entries = HashMap::new();
    for (phrases, term) in tables().into_iter().flatten() {
        enter(&mut entries, phrases.split('|'), *term);
    }
    entries.extend(landmarks::words());
    for (index, reference) in REFERENCES.iter().enumerate() {
        enter(&mut entries, reference.words.split('|'), Term::Reference(index));
    }
    for (index, ensemble) in ENSEMBLES.iter().enumerate() {
        enter(&mut entries, ensemble.words.split('|'), Term::Instrument(index));
    }
    for (index, mood) in MOOD_WORDS.iter().enumerate() {
        let more = MORE_MOODS.iter().filter(|(name, _)| *name == mood.name).flat_map(|(_, w)| w.split('|'));
        let words = mood.words.iter().copied().chain([mood.name]).chain(more);
        enter(&mut entries, words, Term::Mood(index));
    }
    Words::new(entries)
});

/// Enters words in the way that requests are written in; a later entry takes the place of an earlier one.
fn enter<'a>(entries: &mut HashMap<String, Term>, words: impl Iterator<Item = &'a str>, term: Term) {
    for word in words {
        let word: String = word.to_lowercase().chars().map(han::simplified).collect();
        if !word.trim().is_empty() {
            entries.insert(word, term);
        }
    }
}

/// Which sense of the same word counts: "soundtrack" is music as such, whatever genre claims it.
fn rank(term: Term) -> u8 {
    match term {
        Term::Genre(_) => 1,
        Term::Mood(_) => 2,
        Term::Occasion(_) => 3,
        Term::Reference(_) => 4,
        _ => 0,
    }
}

/// What a word means beside the genre that claims it: a mood or a likeness.
pub(crate) fn fixed_sense(word: &str) -> Option<Term> {
    let whole = |hit: &Hit| hit.start == 0 && hit.end == word.len();
    let sense = FIXED.places(word).into_iter().find(whole)?.term;
    matches!(sense, Term::Mood(_) | Term::Reference(_)).then_some(sense)
}

/// The words of the genres that there are, beside the fixed ones.
#[derive(Debug)]
pub(crate) struct Lexicon {
    genres: Words,
    names: Vec<(String, Term)>,
}

impl Lexicon {
    /// A lexicon for a library.
    pub(crate) fn new(library: &Library) -> Lexicon {
        let mut entries = HashMap::new();
        for (index, genre) in library.genres().iter().enumerate() {
            let words = genre.words.iter().map(String::as_str);
            enter(&mut entries, words, Term::Genre(index));
        }
        let mut occasions = HashMap::new();
        for (index, genre) in library.genres().iter().enumerate() {
            let words = genre.occasions.iter().map(String::as_str);
            enter(&mut occasions, words, Term::Occasion(index));
        }
        // What a genre is called outweighs what another counts among its words.
        for (index, genre) in library.genres().iter().enumerate().rev() {
            let called = [genre.title.as_str(), genre.title_zh.as_str(), genre.id.as_str()];
            enter(&mut entries, called.into_iter(), Term::Genre(index));
        }
        let whole = |word: &str| FIXED.places(word).into_iter().find(|hit| hit.end - hit.start == word.len());
        let names = spelling::names(&entries, |word| whole(word).map(|hit| hit.term));
        occasions.extend(entries);
        Lexicon { genres: Words::new(occasions), names }
    }

    /// The words of a request in order, none overlapping: leftmost first, then longest.
    pub(crate) fn hits(&self, text: &str) -> Vec<Hit> {
        let mut found = self.genres.places(text);
        found.extend(FIXED.places(text));
        found.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end), rank(hit.term)));
        let mut kept: Vec<Hit> = Vec::new();
        for hit in found {
            if kept.last().is_none_or(|last| last.end <= hit.start) {
                kept.push(hit);
            }
        }
        kept
    }

    /// Names of genres, moods and likenesses that are long enough to be known in spite of a slip.
    pub(crate) fn names(&self) -> &[(String, Term)] {
        &self.names
    }
}
