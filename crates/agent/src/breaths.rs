//! A request that says one thing of one piece and another of the next: `第一首小声点，第二首大声点`, "jazz until 0:15, then
//! rock".

use std::cmp::Reverse;

use crate::number::Amount;
use crate::term::Term;
use crate::token::{Meaning, Token};

/// The parts of a request that speak of a piece each; all of it where it does not fall into such parts.
///
/// What is taken away comes last, so that the numbers mean what they meant when they were said.
pub(crate) fn parts(tokens: Vec<Token>, text: &str) -> Vec<Vec<Token>> {
    if let Some(parts) = one_after_the_other(&tokens, text) {
        return parts;
    }
    let mut cuts: Vec<usize> = Vec::new();
    let mut last: Option<usize> = None;
    for (at, token) in tokens.iter().enumerate() {
        let Meaning::Term(Term::Nth(n)) = token.meaning else { continue };
        let from = cuts.last().copied().unwrap_or(0);
        if last.is_some_and(|last| last != n) {
            cuts.extend((from + 1..at).rev().find(|place| is_break(&tokens[*place])));
        }
        last = Some(n);
    }
    let mut parts: Vec<Vec<Token>> = Vec::new();
    let mut from = 0;
    for cut in cuts.iter().copied().chain([tokens.len()]) {
        parts.push(tokens[from..cut].to_vec());
        from = cut + 1;
    }
    // "The first one and the second one" is a list, and no two wishes.
    if parts.len() < 2 || !parts.iter().all(|part| wishes(part)) {
        return vec![tokens];
    }
    parts.sort_by_key(|part| (removes(part), Reverse(number(part))));
    parts
}

/// What is said behind the last piece that is named, from the next break on; "and" between two pieces is none.
pub(crate) fn behind_pieces(tokens: &[Token]) -> Vec<Token> {
    let names = |token: &Token| {
        matches!(
            token.meaning,
            Meaning::Term(Term::Nth(_) | Term::Genre(_) | Term::All | Term::Again | Term::Even | Term::Loud)
        )
    };
    let last = tokens.iter().rposition(names).unwrap_or(0);
    let end = tokens[last..].iter().position(is_break).map_or(tokens.len(), |step| last + step + 1);
    tokens[end..].to_vec()
}

/// A piece of music for each of several places: "lofi for the first half and rock for the second half".
fn one_after_the_other(tokens: &[Token], text: &str) -> Option<Vec<Vec<Token>>> {
    let mut parts: Vec<Vec<Token>> = vec![Vec::new()];
    let mut then = Vec::new();
    for token in tokens {
        if is_break(token) {
            then.push(token.meaning == Meaning::Term(Term::Then));
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(*token);
        }
    }
    let mut whole: Vec<Vec<Token>> = Vec::new();
    let (mut later, mut time) = (false, Vec::new());
    for (at, mut part) in parts.into_iter().enumerate() {
        later |= at > 0 && then[at - 1];
        part.splice(0..0, std::mem::take(&mut time));
        // `5秒后切换到芯片音乐`: the time of what comes then.
        if !has_style(&part) && is_placed(&part, text) && then.get(at) == Some(&true) {
            time = part;
            continue;
        }
        match whole.last_mut() {
            // What tells of no other music goes on with the music before, or is said of both.
            Some(before) if !has_style(&part) && !says_all(&part) => before.extend(part),
            _ if part.is_empty() => {}
            _ => whole.push(part),
        }
    }
    let styled = whole.iter().filter(|part| has_style(part)).count();
    let placed = whole.iter().filter(|part| has_style(part) && is_placed(part, text)).count();
    let genre = |part: &Vec<Token>| {
        part.iter().any(|token| matches!(token.meaning, Meaning::Term(Term::Genre(_) | Term::Music)))
    };
    let several = styled > 1 && whole.iter().any(genre) && (placed == styled || later && placed > 0);
    let first = whole.first().is_some_and(|part| has_style(part));
    (several && first)
        .then(|| whole.into_iter().enumerate().map(|(at, part)| followed(part, at, text)).collect())
}

/// A part that tells no place of its own behind another one, or only the end of the film, is for the rest.
fn followed(mut part: Vec<Token>, place: usize, text: &str) -> Vec<Token> {
    if place == 0 || !has_style(&part) {
        return part;
    }
    let written = |token: &Token| text.get(token.at.0..token.at.1).unwrap_or_default();
    if let Some(half) =
        part.iter_mut().find(|token| token.meaning == Meaning::Word && written(token) == "second")
    {
        half.meaning = Meaning::Term(Term::SecondHalf);
    }
    if !is_placed(&part, text) {
        part.retain(|token| !matches!(token.meaning, Meaning::Term(Term::Until | Term::To | Term::End)));
        let rest = part.first().copied().map(|token| Token { meaning: Meaning::Term(Term::Others), ..token });
        part.extend(rest);
    }
    part
}

fn has_style(part: &[Token]) -> bool {
    let style = |token: &Token| {
        matches!(token.meaning, Meaning::Term(Term::Genre(_) | Term::Mood(_) | Term::Reference(_)))
            && !token.denied
    };
    part.iter().any(style)
}

fn says_all(part: &[Token]) -> bool {
    part.iter().any(|token| token.meaning == Meaning::Term(Term::All))
}

fn is_placed(part: &[Token], text: &str) -> bool {
    let tells = |token: &Token| match token.meaning {
        Meaning::Amount(Amount::Seconds(_)) => true,
        Meaning::Term(term) => {
            matches!(term, Term::FirstHalf | Term::SecondHalf | Term::Third | Term::Quarter)
        }
        Meaning::Word => text.get(token.at.0..token.at.1) == Some("second"),
        _ => false,
    };
    part.iter().any(tells)
}

fn is_break(token: &Token) -> bool {
    matches!(
        token.meaning,
        Meaning::Comma | Meaning::Stop | Meaning::Term(Term::And | Term::But | Term::Then)
    )
}

/// Whether a part says anything beside which piece it is about.
fn wishes(part: &[Token]) -> bool {
    let empty =
        |term| matches!(term, Term::Nth(_) | Term::And | Term::Music | Term::All | Term::Then | Term::But);
    let says = part.iter().any(|token| match token.meaning {
        Meaning::Term(term) => !empty(term),
        Meaning::Amount(_) => true,
        _ => false,
    });
    says && number(part).is_some()
}

fn number(part: &[Token]) -> Option<usize> {
    part.iter().find_map(|token| match token.meaning {
        Meaning::Term(Term::Nth(n)) => Some(n),
        _ => None,
    })
}

fn removes(part: &[Token]) -> bool {
    part.iter().any(|token| token.meaning == Meaning::Term(Term::Remove))
        && !part
            .iter()
            .any(|token| matches!(token.meaning, Meaning::Term(Term::Role(_) | Term::Instrument(_))))
}
