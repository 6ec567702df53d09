//! What lies before or behind a time that was just told: "start at 0:06 and cut everything before", `从第6秒开始播，前面的都剪掉`.

use crate::number::Amount;
use crate::term::{PictureWord, Term};
use crate::token::{Meaning, Token};

/// Tells of the first or the last part of the film where such words mean it.
pub(crate) fn resolve(mut tokens: Vec<Token>) -> Vec<Token> {
    let Some(verb) = tokens.iter().position(is_cut) else { return tokens };
    let start = tokens[..verb].iter().rposition(is_break).map_or(0, |at| at + 1);
    let end = tokens[verb..].iter().position(is_break).map_or(tokens.len(), |at| verb + at);
    let Some(before) = start.checked_sub(1) else { return tokens };
    let first = tokens[..before].iter().rposition(is_break).map_or(0, |at| at + 1);
    let (told, cut) = (&tokens[first..before], &tokens[start..end]);
    let plain = |token: &Token| match token.meaning {
        Meaning::Term(term) => {
            matches!(term, Term::All | Term::Before | Term::After | Term::Behind | Term::Make)
                || is_cut(token)
        }
        Meaning::Word => true,
        _ => false,
    };
    let says = |terms: &[Term]| {
        cut.iter().any(|token| matches!(token.meaning, Meaning::Term(term) if terms.contains(&term)))
    };
    let music = told.iter().any(|token| token.meaning == Meaning::Term(Term::Music));
    let time = told.iter().rev().find(|token| matches!(token.meaning, Meaning::Amount(Amount::Seconds(_))));
    let lead = if says(&[Term::Before]) {
        Term::First
    } else if says(&[Term::After, Term::Behind]) {
        Term::From
    } else {
        return tokens;
    };
    let Some(time) = time.copied().filter(|_| !music && cut.iter().all(plain)) else { return tokens };
    let word = |term| Token { meaning: Meaning::Term(term), ..tokens[verb] };
    let said = [word(Term::Picture(PictureWord::Cut)), word(lead), time];
    tokens.splice(first..end, said);
    tokens
}

fn is_cut(token: &Token) -> bool {
    matches!(
        token.meaning,
        Meaning::Term(Term::Picture(PictureWord::Cut | PictureWord::Snip | PictureWord::Trim))
    )
}

fn is_break(token: &Token) -> bool {
    matches!(token.meaning, Meaning::Comma | Meaning::Stop | Meaning::Term(Term::And | Term::Then))
}
