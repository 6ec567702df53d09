//! Words over the picture: `the title "Urban Dreams" at the bottom for the first 3 seconds`, `去掉标题`.

use std::ops::Range;

use timeline::{Colour, Place as Spot};

use super::places::{self, Extent, Place};
use crate::phrase::Phrase;
use crate::term::Term;
use crate::token::Meaning;

/// What is wished of titles.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TitleWish {
    /// These words are to be shown, or the title there is shall be so.
    Show(Wording),
    /// The titles are to go.
    Remove,
    /// They are to be left alone, or may be changed again.
    Lock(bool),
}

/// How a title is wished; what was not said is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wording {
    pub(crate) text: Option<String>,
    pub(crate) place: Option<Place>,
    pub(crate) spot: Option<Spot>,
    pub(crate) colour: Option<Colour>,
    /// Whether the words shall take the place of others: "change the title to".
    pub(crate) changes: bool,
    /// How much larger its letters are to be.
    pub(crate) larger: Option<f64>,
    /// How much longer it is to be seen.
    pub(crate) longer: Option<Lengthening>,
}

/// How much longer something is to be seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Lengthening {
    Times(f64),
    /// Seconds; less than zero where it is to be shorter.
    By(f64),
}

/// What "larger" and "longer" mean where no figure is told.
const LARGER: f64 = 1.3;
const LONGER: f64 = 1.5;

/// How long a title is shown "at the end", in seconds.
const LAST: f64 = 3.0;

/// Reads what is wished of titles and takes it out of the phrase, so that nothing of it is taken for a wish about music.
pub(crate) fn read(phrase: &mut Phrase, quoted: &[Option<String>]) -> Vec<TitleWish> {
    let mut wishes = Vec::new();
    loop {
        let Some(at) = phrase.places(&[Term::Title]).next() else { return wishes };
        let run = run(phrase, at);
        wishes.push(wish(phrase, run.clone(), quoted));
        phrase.cut(run);
    }
}

fn wish(phrase: &Phrase, run: Range<usize>, quoted: &[Option<String>]) -> TitleWish {
    let locks = [Term::Lock, Term::Unlock, Term::AsIs];
    if let Some(word) = run.clone().find_map(|at| phrase.term(at).filter(|term| locks.contains(term))) {
        return TitleWish::Lock(word != Term::Unlock);
    }
    let denied = run.clone().any(|at| phrase.is(at, &[Term::Not, Term::Without]));
    let removed = run.clone().any(|at| phrase.is(at, &[Term::Remove]));
    if removed || denied {
        return TitleWish::Remove;
    }
    let last =
        || run.clone().any(|at| phrase.is(at, &[Term::End])).then_some(Place::Last(Extent::Seconds(LAST)));
    let place = places::within(phrase, run.clone()).or_else(last);
    let mut wording = Wording { place, ..Wording::default() };
    let seconds = run.clone().find_map(|at| phrase.seconds(at));
    let lengthened = |times: f64| match seconds {
        Some(seconds) => Lengthening::By(if times < 1.0 { -seconds } else { seconds }),
        None => Lengthening::Times(times),
    };
    for at in run {
        match phrase.token(at).map(|token| token.meaning) {
            Some(Meaning::Quoted(place)) => {
                wording.text = wording.text.or_else(|| quoted.get(place).cloned().flatten());
            }
            Some(Meaning::Term(Term::Make | Term::Again)) => wording.changes = true,
            Some(Meaning::Term(Term::Larger)) => wording.larger = Some(LARGER),
            Some(Meaning::Term(Term::Smaller)) => wording.larger = Some(1.0 / LARGER),
            Some(Meaning::Term(Term::Longer)) => wording.longer = Some(lengthened(LONGER)),
            Some(Meaning::Term(Term::Shorter)) => wording.longer = Some(lengthened(1.0 / LONGER)),
            Some(Meaning::Term(Term::Spot(spot))) => wording.spot = Some(spot),
            Some(Meaning::Term(Term::Shade(colour))) => wording.colour = Some(colour),
            _ => {}
        }
    }
    if wording.longer.is_some() {
        wording.place = None;
    }
    TitleWish::Show(wording)
}

/// The tokens that tell of a title: around its word, up to where something else is spoken of.
fn run(phrase: &Phrase, at: usize) -> Range<usize> {
    let starts = (0..at).rev().take_while(|place| !ends(phrase, *place)).last().unwrap_or(at);
    let mut end = at + 1;
    while end < phrase.len() && !ends(phrase, end) {
        end += 1;
    }
    // A break inside what is told of a title: `a title "X", at the bottom, in yellow`.
    while joins(phrase, end) && end + 1 < phrase.len() && tells_of_titles(phrase, end + 1, end) {
        end += 1;
        while end < phrase.len() && !ends(phrase, end) {
            end += 1;
        }
    }
    starts..end
}

fn joins(phrase: &Phrase, at: usize) -> bool {
    matches!(phrase.token(at).map(|token| token.meaning), Some(Meaning::Comma | Meaning::Term(Term::And)))
}

/// Whether a title ends before this token: at a break, at another title, and where music is spoken of.
fn ends(phrase: &Phrase, at: usize) -> bool {
    match phrase.token(at).map(|token| token.meaning) {
        Some(Meaning::Term(term)) => {
            matches!(term, Term::And | Term::Then | Term::But | Term::Also | Term::Music | Term::Title)
                || matches!(term, Term::Genre(_) | Term::Occasion(_) | Term::Mood(_) | Term::Reference(_))
                || matches!(term, Term::FadeIn | Term::FadeOut | Term::Fade | Term::Hit | Term::Outside(_))
        }
        Some(Meaning::Comma | Meaning::Stop) | None => true,
        Some(_) => false,
    }
}

/// Whether the clause that begins here, behind this joint, tells of a title and of nothing else.
fn tells_of_titles(phrase: &Phrase, at: usize, joint: usize) -> bool {
    let clause = at..phrase.clause(at).end;
    let own = |place: usize| {
        let quoted = matches!(phrase.token(place).map(|token| token.meaning), Some(Meaning::Quoted(_)));
        quoted || matches!(phrase.term(place), Some(Term::Spot(_) | Term::Shade(_)))
    };
    let foreign =
        |place: usize| ends(phrase, place) || phrase.is(place, &[Term::Add, Term::Remove, Term::Want]);
    // "And from 0:10" may be said of anything; after a comma it goes on with the title.
    let listed = !phrase.is(joint, &[Term::And]);
    let timed = listed && places::within(phrase, clause.clone()).is_some();
    !clause.is_empty() && !clause.clone().any(foreign) && (timed || clause.clone().any(own))
}
