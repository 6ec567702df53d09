//! Which words of a request tell of a title: none of them may be taken for a wish about music.

use std::ops::Range;

use super::look::size;
use super::{is_anchor, when};
use crate::phrase::Phrase;
use crate::term::{Outside, PictureWord, Term};
use crate::token::Meaning;

/// The tokens that tell of a title: the clause around its word, and what goes on with it.
pub(super) fn run(phrase: &Phrase, at: usize, text: &str) -> Range<usize> {
    let start = (0..at).rev().take_while(|place| !begins(phrase, *place)).last().unwrap_or(at);
    let mut end = clause_end(phrase, at + 1);
    // A break inside what is told of a title: `a title "X", at the bottom, in yellow`.
    let quotes = |mut run: Range<usize>| {
        run.any(|at| matches!(phrase.token(at).map(|token| token.meaning), Some(Meaning::Quoted(_))))
    };
    // Another quotation is another title.
    let another = |end: usize| quotes(start..end) && quotes(end + 1..clause_end(phrase, end + 1));
    while joins(phrase, end) && !another(end) && tells_of_titles(phrase, end + 1, end, text) {
        end = clause_end(phrase, end + 1);
    }
    // `最后5秒，显示“谢谢”`: a time may stand alone before it.
    timed_before(phrase, start).unwrap_or(start)..end
}

/// Where the clause begins that stands before this place and is a time.
fn timed_before(phrase: &Phrase, start: usize) -> Option<usize> {
    let comma = start
        .checked_sub(1)
        .filter(|at| phrase.token(*at).map(|token| token.meaning) == Some(Meaning::Comma))?;
    let clause = phrase.clause(comma.checked_sub(1)?);
    let timed =
        !clause.is_empty() && clause.end < start && clause.clone().all(|at| when::is_time(phrase, at));
    timed.then_some(clause.start)
}

/// "Remove the title and the music": the verb that stands for both, which is not the title's alone.
pub(super) fn shared_verb(phrase: &Phrase, run: &Range<usize>) -> Option<usize> {
    let verb = run.clone().find(|at| phrase.is(*at, &[Term::Remove]))?;
    let bare = |mut places: Box<dyn Iterator<Item = usize>>| {
        places
            .find_map(|at| match phrase.term(at) {
                Some(Term::Music) => Some(true),
                Some(_) => Some(false),
                None => None,
            })
            .unwrap_or(false)
    };
    let own = |mut clause: Range<usize>| clause.any(|at| phrase.is(at, &[Term::Remove, Term::Add]));
    let behind = phrase.is(run.end, &[Term::And]) && bare(Box::new(run.end + 1..phrase.len()));
    let behind = behind && !own(run.end + 1..clause_end(phrase, run.end + 2));
    let before =
        run.start > 0 && phrase.is(run.start - 1, &[Term::And]) && bare(Box::new((0..run.start - 1).rev()));
    let before = before && !own(phrase.clause(run.start - 1).start..run.start);
    (behind || before).then_some(verb)
}

/// "Fade out the music and the title": whether the title has its verb from what stands before it.
pub(super) fn fades_with(phrase: &Phrase, run: &Range<usize>) -> bool {
    let joined = run.start > 0 && phrase.is(run.start - 1, &[Term::And]);
    let fades = [Term::Fade, Term::FadeIn, Term::FadeOut];
    let before = |start: usize| (phrase.clause(start).start..start).any(|at| phrase.is(at, &fades));
    joined && run.clone().all(|at| is_anchor(phrase, at)) && before(run.start - 1)
}

/// "Remove the music and the title": whether the title has its verb from what stands before it.
pub(super) fn is_removed_with(phrase: &Phrase, run: &Range<usize>) -> bool {
    let joined = run.start > 0 && phrase.is(run.start - 1, &[Term::And]);
    let bare = run.clone().all(|at| is_anchor(phrase, at) || phrase.is(at, &[Term::Title, Term::All]));
    let before =
        joined && (phrase.clause(run.start - 1).start..run.start).any(|at| phrase.is(at, &[Term::Remove]));
    // `把标题和音乐都去掉`.
    let unmade = run.clone().all(|at| is_anchor(phrase, at) || phrase.is(at, &[Term::Make, Term::All]));
    let behind = phrase.is(run.end, &[Term::And]) && phrase.is(run.end + 1, &[Term::Music]);
    let behind = behind && (run.end + 2..phrase.clause(run.end).end).any(|at| phrase.is(at, &[Term::Remove]));
    before && bare || behind && unmade
}

fn clause_end(phrase: &Phrase, from: usize) -> usize {
    let mut end = from;
    while end < phrase.len() && !ends(phrase, end) {
        end += 1;
    }
    // `a title "X" with calm music`: what is told of the music stands before its word.
    if phrase.is(end, &[Term::Music]) {
        let of_music = |at: usize| match phrase.term(at) {
            Some(Term::Genre(_) | Term::Mood(_) | Term::Occasion(_) | Term::Reference(_)) => true,
            Some(term) => {
                matches!(term, Term::With | Term::Add | Term::Want | Term::Make | Term::Without | Term::Not)
            }
            None => false,
        };
        while end > from && of_music(end - 1) {
            end -= 1;
        }
    }
    end
}

fn joins(phrase: &Phrase, at: usize) -> bool {
    matches!(
        phrase.token(at).map(|token| token.meaning),
        Some(Meaning::Comma | Meaning::Term(Term::And | Term::Then))
    )
}

/// Whether a title begins behind this token.
fn begins(phrase: &Phrase, at: usize) -> bool {
    ends(phrase, at) || matches!(phrase.term(at), Some(Term::Genre(_) | Term::With))
}

/// Whether a title ends before this token: at a break, and where music or something else is spoken of.
fn ends(phrase: &Phrase, at: usize) -> bool {
    match phrase.token(at).map(|token| token.meaning) {
        Some(Meaning::Term(Term::And)) => !is_range(phrase, at),
        Some(Meaning::Term(Term::Genre(_))) => phrase.after(at, &[Term::With, Term::Add, Term::Want]),
        Some(Meaning::Term(Term::Outside(thing))) => !matches!(thing, Outside::Captions | Outside::Lettering),
        Some(Meaning::Term(term)) => {
            matches!(term, Term::Then | Term::But | Term::Also | Term::Music | Term::Volume | Term::OldMusic)
        }
        Some(Meaning::Comma | Meaning::Stop) | None => true,
        Some(_) => false,
    }
}

/// "Between 3 and 5 seconds".
fn is_range(phrase: &Phrase, at: usize) -> bool {
    let amount = |at: usize| matches!(phrase.token(at).map(|token| token.meaning), Some(Meaning::Amount(_)));
    at > 1 && amount(at - 1) && amount(at + 1) && phrase.is(at - 2, &[Term::Between])
}

/// Whether the clause that begins here, behind this joint, tells of a title and of nothing else.
fn tells_of_titles(phrase: &Phrase, at: usize, joint: usize, text: &str) -> bool {
    let clause = at..clause_end(phrase, at);
    let quoted =
        |place: usize| matches!(phrase.token(place).map(|token| token.meaning), Some(Meaning::Quoted(_)));
    let own = |place: usize| {
        let styled = matches!(phrase.term(place), Some(Term::Spot(_) | Term::Shade(_)));
        styled || quoted(place) || size(phrase, place, text).is_some() || phrase.is(place, &[Term::Stay])
    };
    let foreign = |place: usize| match phrase.term(place) {
        _ if own(place) => false,
        Some(Term::Add | Term::Remove | Term::Title | Term::NthTitle(_) | Term::Film | Term::Again) => true,
        Some(Term::Genre(_) | Term::Mood(_) | Term::Occasion(_) | Term::Reference(_)) => true,
        Some(
            Term::Role(_) | Term::Instrument(_) | Term::Louder | Term::Quieter | Term::Hit | Term::Climax,
        ) => true,
        Some(Term::FadeIn | Term::FadeOut | Term::Fade | Term::Outside(_) | Term::Target(_)) => true,
        Some(Term::Faster | Term::Slower | Term::Duck | Term::Mute | Term::Speech) => true,
        Some(Term::Picture(word)) => !matches!(word, PictureWord::Part),
        _ => false,
    };
    // "And from 0:10" may be said of anything; after a comma it goes on with the title.
    let listed = !phrase.is(joint, &[Term::And]);
    let lasting = |place: usize| when::is_time(phrase, place) || phrase.is(place, &[Term::For]);
    let timed = when::place(phrase, clause.clone()).is_some() || clause.clone().all(lasting);
    let timed = listed && timed;
    // A whole wish about music may follow: "yellow, and the music at 20%".
    let closed = !phrase.is(clause.end, &[Term::Music, Term::Volume]);
    closed && !clause.is_empty() && !clause.clone().any(foreign) && (timed || clause.clone().any(own))
}
