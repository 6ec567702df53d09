//! Words over the picture: `the title "Urban Dreams" at the bottom for the first 3 seconds`, `去掉标题`.

mod look;
mod run;
mod when;

use std::ops::Range;

use timeline::{Colour, Place as Spot};

use super::places::Place;
use crate::phrase::Phrase;
use crate::term::{Outside, Term};
use crate::token::Meaning;
use look::{pixels, shade, size, way, word};

/// What is wished of titles.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TitleWish {
    /// These words are to be shown, or the title there is shall be so.
    Show(Wording),
    /// Titles are to go.
    Remove(Option<Meant>),
    /// They are to be left alone, or may be changed again.
    Lock(bool),
    /// Nothing is to be done to them: "keep the title", "don't change the title".
    Stay,
    /// They are to have another font, which they cannot.
    Lettering,
    /// Something about them is asked.
    Ask,
}

/// Which of several titles is meant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meant {
    All,
    /// By number from 1; the last one is 0.
    Nth(usize),
    Saying(String),
}

/// How a title is wished; what was not said is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wording {
    pub(crate) text: Option<String>,
    pub(crate) meant: Option<Meant>,
    pub(crate) place: Option<Place>,
    pub(crate) spot: Option<Spot>,
    pub(crate) colour: Option<Colour>,
    /// Whether it is to be one that is not there yet.
    pub(crate) fresh: bool,
    /// Whether the words shall take the place of others: "change the title to".
    pub(crate) changes: bool,
    /// How much larger its letters are to be.
    pub(crate) larger: Option<f64>,
    /// How large its letters are to be, in pixels.
    pub(crate) pixels: Option<u32>,
    /// How much longer it is to be seen.
    pub(crate) longer: Option<Lengthening>,
    /// Seconds in which it is to appear and vanish.
    pub(crate) fade: Option<f64>,
}

impl Wording {
    /// Whether nothing is told of how the title is to be.
    pub(crate) fn is_bare(&self) -> bool {
        let Wording { changes, fresh, .. } = *self;
        *self == Wording { meant: self.meant.clone(), changes, fresh, ..Wording::default() }
    }
}

/// How much longer something is to be seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Lengthening {
    Times(f64),
    /// Seconds; less than zero where it is to be shorter.
    By(f64),
    /// Seconds later rather than longer; less than zero where it is to be earlier.
    Later(f64),
}

/// How long a fade takes where no figure is told, in seconds.
const FADE: f64 = 0.5;

/// Words with which something is asked about a title.
const ASKING: [&str; 29] = [
    "when ",
    "how long",
    "how many",
    "how big",
    "how large",
    "what ",
    "is the ",
    "are the ",
    "does the ",
    "why ",
    "do you ",
    "在哪",
    "what's",
    "which ",
    "where ",
    "多久",
    "多长",
    "什么时候",
    "几个",
    "什么颜色",
    "哪里",
    "多大",
    "几秒",
    "写的是什么",
    "写的啥",
    "写了什么",
    "写了啥",
    "是什么",
    "是啥",
];

/// Reads what is wished of titles and takes it out of the phrase, so that nothing of it is taken for a wish about music.
pub(crate) fn read(phrase: &mut Phrase, text: &str, quoted: &[Option<String>]) -> Vec<TitleWish> {
    let mut wishes = Vec::new();
    loop {
        let anchor = (0..phrase.len())
            .find(|at| is_anchor(phrase, *at) || shows_quotation(phrase, *at, quoted, !wishes.is_empty()));
        let Some(at) = anchor else { return wishes };
        let run = run::run(phrase, at, text);
        let removed =
            phrase.token(at).is_some_and(|title| title.denied) || run::is_removed_with(phrase, &run);
        let wish = match () {
            () if removed => TitleWish::Remove(None),
            () if run::fades_with(phrase, &run) => {
                TitleWish::Show(Wording { fade: Some(FADE), ..Wording::default() })
            }
            () => wish(phrase, run.clone(), text, quoted),
        };
        wishes.push(wish);
        match run::shared_verb(phrase, &run) {
            Some(verb) => {
                phrase.cut(verb + 1..run.end);
                phrase.cut(run.start..verb);
            }
            None => phrase.cut(run),
        }
    }
}

fn is_anchor(phrase: &Phrase, at: usize) -> bool {
    matches!(phrase.term(at), Some(Term::Title | Term::NthTitle(_)))
}

/// `write "Part 2" at 0:10`, `显示“谢谢”`: a quotation that is shown is a title by whatever name,
/// and so is one more where a title was told already.
fn shows_quotation(phrase: &Phrase, at: usize, quoted: &[Option<String>], goes_on: bool) -> bool {
    let Some(Meaning::Quoted(place)) = phrase.token(at).map(|token| token.meaning) else { return false };
    let other = [Term::Music, Term::OldMusic, Term::Title, Term::Outside(Outside::KnownSong)];
    let verbs = [Term::Add, Term::Show, Term::Remove, Term::Outside(Outside::Captions)];
    let clause = phrase.clause(at);
    let quoted_there =
        |at: &usize| matches!(phrase.token(*at).map(|token| token.meaning), Some(Meaning::Quoted(_)));
    let renames =
        clause.clone().filter(quoted_there).count() > 1 && phrase.near(at, &[Term::Make, Term::Again]);
    // "Lo-fi music and write \"Hi\"": what is joined is told of by itself.
    let joint = |at: &usize| phrase.is(*at, &[Term::And, Term::Then, Term::But]);
    let start = (clause.start..at).rev().find(joint).unwrap_or(clause.start);
    let end = (at..clause.end).find(joint).unwrap_or(clause.end);
    let of_music = (start..end).any(|at| phrase.is(at, &other));
    let is_file =
        |text: &str| ["mp4", "mov", "mp3", "wav"].iter().any(|ending| text.to_lowercase().ends_with(ending));
    let is_text = quoted.get(place).and_then(Option::as_deref).is_some_and(|text| !is_file(text));
    is_text && (goes_on || renames || phrase.near(at, &verbs)) && !of_music
}

fn wish(phrase: &Phrase, run: Range<usize>, text: &str, quoted: &[Option<String>]) -> TitleWish {
    let words = words(phrase, &run, text);
    if ASKING
        .iter()
        .any(|asking| words.contains(asking) && (!asking.is_ascii() || text.trim_start().starts_with(asking)))
    {
        return TitleWish::Ask;
    }
    let locks = [Term::Lock, Term::Unlock, Term::AsIs];
    if let Some(word) = run.clone().find_map(|at| phrase.term(at).filter(|term| locks.contains(term))) {
        return TitleWish::Lock(word != Term::Unlock);
    }
    let says = |terms: &[Term]| run.clone().any(|at| phrase.is(at, terms));
    let quotations: Vec<String> = run.clone().filter_map(|at| quotation(phrase, at, quoted)).collect();
    let denial = run.clone().find(|at| phrase.is(*at, &[Term::Not, Term::Without]));
    // "No title" takes it away; "don't change the title" does nothing to it.
    let denies_it = |at: usize| is_anchor(phrase, at + 1) || phrase.is(at + 1, &[Term::Want, Term::Anything]);
    let gone = ["hide the", " away", "不要了", "隐藏", "藏起来"].iter().any(|verb| words.contains(verb));
    if gone && quotations.is_empty() {
        return TitleWish::Remove(meant(phrase, run, &words));
    }
    // Who does not like a title wants another one rather than none.
    if denial.is_some() && ["like", "love", "喜欢"].iter().any(|word| words.contains(word)) {
        return TitleWish::Show(Wording::default());
    }
    if denial.is_some_and(|at| !denies_it(at) && quotations.is_empty()) {
        // `标题不要白色` wants another colour.
        let look =
            denial.is_some_and(|at| matches!(phrase.term(at + 1), Some(Term::Shade(_) | Term::Spot(_))));
        return if look { TitleWish::Show(Wording::default()) } else { TitleWish::Stay };
    }
    let meant = meant(phrase, run.clone(), &words);
    if says(&[Term::Remove]) || denial.is_some_and(denies_it) {
        return TitleWish::Remove(meant.or(quotations.into_iter().next().map(Meant::Saying)));
    }
    let wording = wording(phrase, run.clone(), text, quotations, meant);
    if wording.is_bare() && says(&[Term::Outside(Outside::Lettering)]) {
        return TitleWish::Lettering;
    }
    let keeps = run.clone().any(|at| phrase.token(at).is_some_and(|token| token.also == Some(Term::Keep)));
    if wording.is_bare() && (keeps || words.contains('留') || words.contains("keep")) {
        return TitleWish::Stay;
    }
    TitleWish::Show(wording)
}

/// The words of a run, as they stand in the text.
fn words(phrase: &Phrase, run: &Range<usize>, text: &str) -> String {
    let ends = |at: usize| phrase.token(at).map(|token| token.at);
    let start = run.start.checked_sub(1).and_then(ends).map_or(0, |at| at.1);
    let end = ends(run.end).map_or(text.len(), |at| at.0);
    text.get(start..end.max(start)).unwrap_or_default().to_owned()
}

fn quotation(phrase: &Phrase, at: usize, quoted: &[Option<String>]) -> Option<String> {
    match phrase.token(at)?.meaning {
        Meaning::Quoted(place) => quoted.get(place).cloned().flatten(),
        _ => None,
    }
}

fn meant(phrase: &Phrase, mut run: Range<usize>, words: &str) -> Option<Meant> {
    let plural = ["titles", "texts", "两个标题", "标题都"].iter().any(|all| words.contains(all));
    let told = run.find_map(|at| match phrase.term(at)? {
        Term::NthTitle(n) | Term::Nth(n) => Some(Meant::Nth(n)),
        Term::All => Some(Meant::All),
        _ => None,
    });
    told.or(plural.then_some(Meant::All))
}

fn wording(
    phrase: &Phrase,
    run: Range<usize>,
    text: &str,
    mut quotations: Vec<String>,
    meant: Option<Meant>,
) -> Wording {
    let words = words(phrase, &run, text);
    let says = |terms: &[Term]| run.clone().any(|at| phrase.is(at, terms));
    let spoken = |told: &[&str]| told.iter().any(|told| words.contains(told));
    let fresh = spoken(&["a title", "a new ", "another", "new title", "另一个", "再加", "再来"])
        || says(&[Term::Add]);
    // "Add a fade to the title": there is one.
    let fresh = fresh && !(quotations.is_empty() && spoken(&["the title", "the text"]));
    let spells =
        spoken(&["the title", "the text"]) && spoken(&[" say ", " read "]) || spoken(&["应该是", "应该写"]);
    let changes = !(fresh && meant.is_none()) && (says(&[Term::Make, Term::Again]) || spells);
    let fresh = fresh && !changes;
    let mut wording = Wording { meant, changes, fresh, ..Wording::default() };
    if quotations.len() > 1 && changes {
        wording.meant = Some(Meant::Saying(quotations.remove(0)));
    }
    wording.text = quotations.into_iter().next();
    let new = wording.text.is_some() && !changes;
    wording.place = when::read(phrase, run.clone(), &words, new);
    wording.longer = when::longer(phrase, run.clone(), &words);
    wording.pixels = pixels(phrase, run.clone(), &words);
    // A subtitle stands below what is there.
    wording.spot = (new && spoken(&["副标题", "小标题"])).then_some(Spot::Bottom);
    for at in run.clone() {
        wording.larger = wording.larger.or(size(phrase, at, text));
        match phrase.term(at) {
            Some(Term::Spot(spot)) => wording.spot = Some(spot),
            Some(Term::Shade(colour)) => wording.colour = Some(colour),
            Some(Term::FadeIn | Term::FadeOut | Term::Fade) => wording.fade = Some(FADE),
            _ => {
                wording.colour = wording.colour.or(shade(word(phrase, at, text)));
                wording.spot = wording.spot.or(way(word(phrase, at, text)));
            }
        }
    }
    if wording.longer.is_some() {
        wording.place = None;
    }
    if let (Some(_), false, Some(Place::For(seconds))) = (wording.fade, new, wording.place) {
        (wording.fade, wording.place) = (Some(seconds), None);
    }
    wording
}
