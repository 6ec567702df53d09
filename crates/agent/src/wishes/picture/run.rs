//! A run of tokens that tells of one thing: between the breaks of a request and the names of music.

use std::ops::Range;

use super::Scope;
use crate::number::Amount;
use crate::phrase::Phrase;
use crate::term::{PictureWord, Term};
use crate::token::Meaning;
use crate::wishes::places;

/// Tokens that stand together.
#[derive(Clone, Debug)]
pub(super) struct Run<'a> {
    pub(super) phrase: &'a Phrase,
    pub(super) at: Range<usize>,
    text: &'a str,
    /// Whether music is named in the same clause.
    pub(super) of_music: bool,
}

/// The next run from a place on that holds anything but breaks.
pub(super) fn next(phrase: &Phrase, from: usize, text: &str) -> Option<Range<usize>> {
    let start = (from..phrase.len()).find(|at| !ends(phrase, *at, text))?;
    let end = (start..phrase.len()).find(|at| ends(phrase, *at, text)).unwrap_or(phrase.len());
    Some(start..end)
}

/// Whether a run ends before this token: at a break, and where music is named.
fn ends(phrase: &Phrase, at: usize, text: &str) -> bool {
    match phrase.token(at).map(|token| token.meaning) {
        Some(Meaning::Comma | Meaning::Term(Term::And)) => !joins(phrase, at, text),
        Some(Meaning::Stop) | None => true,
        // "Vertical for TikTok": where it is shown says how loud it is to be.
        Some(Meaning::Term(Term::Then | Term::But | Term::Target(_))) => true,
        _ => names_music(phrase, at),
    }
}

fn names_music(phrase: &Phrase, at: usize) -> bool {
    match phrase.token(at).map(|token| token.meaning) {
        Some(Meaning::Key(_)) => true,
        Some(Meaning::Term(Term::Occasion(_) | Term::Mood(_) | Term::Reference(_)))
            if tells_of_film(phrase, at) =>
        {
            false
        }
        Some(Meaning::Term(term)) => {
            matches!(term, Term::Music | Term::Genre(_) | Term::Occasion(_) | Term::Mood(_))
                || matches!(term, Term::Reference(_) | Term::Role(_) | Term::Instrument(_))
                || matches!(term, Term::Hit | Term::Climax | Term::Duck | Term::Loop | Term::Drowned)
        }
        _ => false,
    }
}

/// "My happy video", "trim my travel vlog": a word of music that only tells what film it is.
fn tells_of_film(phrase: &Phrase, at: usize) -> bool {
    let verb = matches!(
        at.checked_sub(1).and_then(|before| phrase.term(before)),
        Some(Term::Picture(word)) if !matches!(word, PictureWord::Clip(_) | PictureWord::OwnSound)
    );
    phrase.is(at + 1, &[Term::Film]) || verb && !phrase.is(at + 1, &[Term::Music])
}

/// Whether a break only joins two of a list: "between 5 and 8 seconds", "clip 1 and clip 3".
fn joins(phrase: &Phrase, at: usize, text: &str) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let amount = |at: usize| {
        matches!(phrase.amount(at), Some(Amount::Seconds(_) | Amount::Number(_) | Amount::NineSixteen))
    };
    let clip =
        |at: usize| matches!(phrase.term(at), Some(Term::Picture(PictureWord::Clip(_)) | Term::Nth(_)));
    let end = |at: usize| phrase.is(at, &[Term::First, Term::Last]);
    amount(before) && (amount(at + 1) || end(at + 1))
        || (clip(before) || ordinal(phrase, before, text).is_some())
            && (clip(at + 1) || ordinal(phrase, at + 1, text).is_some())
        || end(before) && end(at + 1)
        || phrase.is(before, &[Term::Start, Term::First]) && phrase.is(at + 1, &[Term::End, Term::Last])
}

/// The number of the clip that a word names together with the next: "the second and the third clip".
fn ordinal(phrase: &Phrase, at: usize, text: &str) -> Option<i32> {
    let (start, end) = phrase.token(at)?.at;
    let ordinals = [("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5), ("last", -1)];
    let written = text.get(start..end)?;
    ordinals.iter().find(|(word, _)| *word == written).map(|(_, n)| *n)
}

/// Whether a run stands in a question that asks how or whether, and not in a request: "how do I trim it?".
pub(super) fn asks(phrase: &Phrase, run: Range<usize>, text: &str) -> bool {
    let Some(token) = phrase.token(run.start) else { return false };
    let ends = |(at, c): &(usize, char)| {
        matches!(c, '!' | '?' | '\n' | ';')
            || *c == '.' && !text[at + 1..].starts_with(|next: char| next.is_ascii_digit())
    };
    let stops: Vec<usize> = text.char_indices().filter(ends).map(|(at, _)| at).collect();
    let start = stops.iter().rev().find(|at| **at < token.at.0).map_or(0, |at| at + 1);
    let end = stops.iter().find(|at| **at >= token.at.1).copied().unwrap_or(text.len());
    let Some(sentence) = text.get(start..end) else { return false };
    let sentence = sentence.trim();
    let first = sentence.split(|c: char| !c.is_ascii_alphabetic()).find(|word| !word.is_empty());
    let openers = [
        "how", "what", "why", "which", "where", "when", "who", "should", "shall", "does", "do", "is", "are",
        "did", "has", "must",
    ];
    let asked = text[end..].starts_with('?');
    let chinese = ["怎么", "怎样", "如何", "为什么", "要不要", "是否", "该不该", "是不是", "多少"];
    sentence.contains("how do i")
        || chinese.iter().any(|word| sentence.contains(word))
        || asked && first.is_some_and(|word| openers.contains(&word))
}

impl<'a> Run<'a> {
    pub(super) fn new(phrase: &'a Phrase, at: Range<usize>, text: &'a str) -> Run<'a> {
        let clause = phrase.clause(at.start);
        // "And" parts what commas do not.
        let parts =
            |at: &usize| phrase.is(*at, &[Term::And, Term::Then, Term::But]) && ends(phrase, *at, text);
        let start = (clause.start..at.start).rev().find(parts).map_or(clause.start, |at| at + 1);
        let end = (at.end..clause.end).find(parts).unwrap_or(clause.end);
        let of_music = (start..end).any(|at| names_music(phrase, at));
        Run { phrase, at, text, of_music }
    }

    /// Where one of these words stands first, denied or not.
    pub(super) fn find(&self, terms: &[Term]) -> Option<usize> {
        self.at.clone().find(|at| self.phrase.is(*at, terms))
    }

    pub(super) fn says(&self, terms: &[Term]) -> bool {
        self.find(terms).is_some()
    }

    pub(super) fn is_denied(&self, at: usize) -> bool {
        self.phrase.token(at).is_some_and(|token| token.denied)
    }

    /// What was written for a token.
    pub(super) fn written(&self, at: usize) -> &str {
        self.phrase.token(at).and_then(|token| self.text.get(token.at.0..token.at.1)).unwrap_or_default()
    }

    /// Whether one of these words was written in the run; Chinese ones may be part of another.
    pub(super) fn writes(&self, words: &[&str]) -> bool {
        let ends = self.phrase.token(self.at.start).zip(self.phrase.token(self.at.end.saturating_sub(1)));
        let whole = ends.and_then(|(first, last)| self.text.get(first.at.0..last.at.1)).unwrap_or_default();
        let whole = format!(" {whole} ");
        words.iter().any(|word| match word.is_ascii() {
            true => whole.contains(&format!(" {word} ")),
            false => whole.contains(word),
        })
    }

    /// The words between two tokens that mean nothing by themselves.
    pub(super) fn between(&self, first: usize, second: usize) -> &str {
        let end = |at: usize| self.phrase.token(at).map(|token| token.at);
        let gap = end(first).zip(end(second)).and_then(|(first, second)| self.text.get(first.1..second.0));
        gap.unwrap_or_default()
    }

    /// The clips that are named, in order, each with its place: "clip 2", "the first and the last clip", "clips 1 and 3",
    /// "the last two clips".
    pub(super) fn clips(&self) -> Vec<(usize, i32)> {
        let named = |at: usize| match self.phrase.term(at) {
            Some(Term::Picture(PictureWord::Clip(0))) => Some(-1),
            Some(Term::Picture(PictureWord::Clip(PictureWord::MIDDLE))) => Some(0),
            Some(Term::Picture(PictureWord::Clip(n))) => i32::try_from(n).ok(),
            _ => None,
        };
        let listed = |at: usize| {
            let clips = |at: usize| named(at).is_some() || self.phrase.is(at, &[Term::Film]);
            // "The second and third clips".
            let last = self.phrase.is(at + 1, &[Term::Film]) && self.phrase.after(at, &[Term::And]);
            let joined = self.phrase.is(at + 1, &[Term::And]) && (at + 1..self.at.end).any(clips);
            ordinal(self.phrase, at, self.text).filter(|_| joined || last)
        };
        let found: Vec<(usize, i32)> =
            self.at.clone().filter_map(|at| Some((at, named(at).or_else(|| listed(at))?))).collect();
        if found.is_empty() { self.counted() } else { found }
    }

    /// "The first two clips", "clips 1 and 3".
    fn counted(&self) -> Vec<(usize, i32)> {
        let whole = |(at, amount)| match amount {
            Amount::Number(n) if n.fract() == 0.0 && (1.0..100.0).contains(&n) => Some((at, n as i32)),
            _ => None,
        };
        let numbers: Vec<(usize, i32)> = self.amounts().filter_map(whole).collect();
        match numbers[..] {
            [(at, n)] if self.phrase.is(at + 1, &[Term::Film]) && self.phrase.after(at, &[Term::First]) => {
                (1..=n).map(|n| (at, n)).collect()
            }
            [(at, n)] if self.phrase.is(at + 1, &[Term::Film]) && self.phrase.after(at, &[Term::Last]) => {
                (1..=n).rev().map(|n| (at, -n)).collect()
            }
            [(at, _), ..]
                if self.phrase.after(at, &[Term::Film])
                    && matches!(self.written(at - 1), "clip" | "clips") =>
            {
                numbers
            }
            _ => Vec::new(),
        }
    }

    /// The clip that is named.
    pub(super) fn clip(&self) -> Option<i32> {
        self.clips().first().map(|(_, n)| *n)
    }

    /// What of the film is meant: clips, a stretch, or all of it.
    pub(super) fn scopes(&self) -> Vec<Scope> {
        let clips = self.clips();
        if !clips.is_empty() {
            return clips.into_iter().map(|(_, n)| Scope::Clip(n)).collect();
        }
        let part = self.at.clone().find_map(|at| places::starting(self.phrase, at, self.at.end));
        vec![part.map_or(Scope::All, |(place, _)| Scope::Part(place))]
    }

    /// Whether the film is named.
    pub(super) fn names_film(&self, at: usize) -> bool {
        let whole = self.phrase.is(at, &[Term::Whole]) && self.written(at).contains("video");
        whole || self.phrase.is(at, &[Term::Film])
    }

    /// Whether the film or a clip is what the word at a place is about: named before it or right behind it.
    pub(super) fn of_film(&self, at: usize) -> bool {
        let clips = self.clips();
        let film = |place: usize| self.names_film(place) || clips.iter().any(|(clip, _)| *clip == place);
        let led = |place: usize| {
            let before = place.checked_sub(1).map_or("", |before| self.between(before, place));
            [" for ", " in ", " of ", " to "].iter().any(|word| before.contains(word))
                || self.phrase.after(place, &[Term::For, Term::Inside, Term::To, Term::With])
        };
        let named = |place: &usize| film(*place) && (*place < at || *place <= at + 2) && !led(*place);
        self.at.clone().any(|place| named(&place))
    }

    /// Every amount with its place.
    pub(super) fn amounts(&self) -> impl Iterator<Item = (usize, Amount)> + '_ {
        self.at.clone().filter_map(|at| Some((at, self.phrase.amount(at)?)))
    }

    /// The only length or moment in seconds, with its place.
    pub(super) fn seconds(&self) -> Option<(usize, f64)> {
        self.at.clone().find_map(|at| Some((at, self.phrase.seconds(at)?)))
    }

    /// Whether "make" or its like stands before a place; "have" and "keep" do not ask for a change.
    pub(super) fn makes(&self, at: usize) -> bool {
        (self.at.start..at).any(|place| {
            let asks = self.phrase.is(place, &[Term::Make, Term::Again, Term::Want, Term::To]);
            asks && !matches!(
                self.written(place),
                "have" | "keep" | "保留" | "保持" | "给我" | "use" | "using"
            )
        })
    }

    /// Whether the word before "video" only tells what film it is: "my vertical video", but not "make a vertical video".
    pub(super) fn describes(&self, at: usize) -> bool {
        let gap = at.checked_sub(1).map_or("", |before| self.between(before, at));
        let own = [" my ", " our ", " this ", " the ", " your "].iter().any(|word| gap.contains(word));
        self.phrase.is(at + 1, &[Term::Film]) && (own || self.says(&[Term::Add]) || !self.makes(at))
    }
}
