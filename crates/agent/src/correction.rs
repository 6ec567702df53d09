//! What people take back in the same breath: "add rock, no wait, I meant reggae".

use std::mem::discriminant;

use crate::term::Term;
use crate::token::{Meaning, Token};

/// Takes out what a later word corrects; what nothing takes the place of stays.
pub(crate) fn corrected(mut tokens: Vec<Token>) -> Vec<Token> {
    while let Some(at) = tokens.iter().position(|token| token.meaning == Meaning::Term(Term::Correct)) {
        let later: Vec<Token> = tokens.split_off(at);
        let meant = later.iter().skip(1);
        for token in meant {
            if let Some(old) = tokens.iter().rposition(|old| takes_place(token, old)) {
                tokens.remove(old);
            }
        }
        // What was said first goes on in what corrects it: `音量50%……不对，40%`.
        let passed = |meaning| {
            matches!(meaning, Meaning::Comma | Meaning::Stop | Meaning::Term(Term::Not | Term::Without))
        };
        while tokens.last().is_some_and(|token| passed(token.meaning)) {
            tokens.pop();
        }
        tokens.extend(
            later.into_iter().skip(1).skip_while(|t| matches!(t.meaning, Meaning::Comma | Meaning::Stop)),
        );
    }
    tokens
}

/// Whether one says the same kind of thing as another.
fn takes_place(new: &Token, old: &Token) -> bool {
    match (new.meaning, old.meaning) {
        (Meaning::Amount(new), Meaning::Amount(old)) => discriminant(&new) == discriminant(&old),
        (Meaning::Key(_), Meaning::Key(_)) => true,
        (Meaning::Term(new), Meaning::Term(old)) => {
            is_style(new) && is_style(old)
                || is_way(new) && is_way(old)
                || discriminant(&new) == discriminant(&old) && is_player(new)
        }
        _ => false,
    }
}

fn is_style(term: Term) -> bool {
    matches!(term, Term::Genre(_) | Term::Reference(_))
}

/// Which way it is to go.
fn is_way(term: Term) -> bool {
    matches!(term, Term::Louder | Term::Quieter | Term::Faster | Term::Slower)
}

fn is_player(term: Term) -> bool {
    matches!(term, Term::Role(_) | Term::Instrument(_) | Term::Mood(_))
}
