//! A request that says one thing of one piece and another of the next: `第一首小声点，第二首大声点`.

use std::cmp::Reverse;

use crate::term::Term;
use crate::token::{Meaning, Token};

/// The parts of a request that speak of a piece each; all of it where it does not fall into such parts.
///
/// What is taken away comes last, so that the numbers mean what they meant when they were said.
pub(crate) fn parts(tokens: Vec<Token>) -> Vec<Vec<Token>> {
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
