//! Requests that may be nothing but the answer to what was asked: the words of a title, or a time.

use super::topic::without_opening;
use super::travel::written;
use crate::lexicon::Lexicon;
use crate::normal::normal;
use crate::number::Amount;
use crate::term::Term;
use crate::token::{Meaning, tokens};

/// Whether a request may be nothing but the words of a title: short, and without a verb or a measure of ours.
pub(super) fn could_be_words(request: &str, lexicon: &Lexicon) -> bool {
    let names = |meaning: Meaning| match meaning {
        Meaning::Term(term) => {
            matches!(
                term,
                Term::Genre(_) | Term::Occasion(_) | Term::Mood(_) | Term::Reference(_) | Term::Instrument(_)
            ) || matches!(term, Term::Film | Term::Start | Term::End | Term::And | Term::Whole | Term::Nth(_))
        }
        Meaning::Word | Meaning::Comma | Meaning::Stop | Meaning::Key(_) => true,
        // Somebody may quote it after all.
        Meaning::Quoted(_) => true,
        Meaning::Amount(_) | Meaning::Dash => false,
    };
    // Who calls it off was heard before.
    request.split_whitespace().count() <= 10
        && request.chars().any(char::is_alphanumeric)
        && tokens(&normal(request).text, lexicon).iter().all(|token| names(token.meaning))
}

/// Whether a request may be nothing but a time or a stretch: "the first 3 seconds", "0:05 to 0:08".
pub(super) fn could_be_times(request: &str, lexicon: &Lexicon) -> bool {
    let names = |meaning: Meaning| match meaning {
        Meaning::Term(term) => {
            matches!(term, Term::First | Term::Last | Term::From | Term::To | Term::Until | Term::Between)
                || matches!(term, Term::After | Term::Before | Term::Behind | Term::Start | Term::End)
                || matches!(term, Term::At | Term::And | Term::Half | Term::FirstHalf | Term::SecondHalf)
                || matches!(term, Term::Then | Term::But | Term::Middle | Term::For)
        }
        Meaning::Amount(_) | Meaning::Dash | Meaning::Comma | Meaning::Stop => true,
        _ => false,
    };
    let tokens = tokens(&normal(without_opening(request)).text, lexicon);
    !tokens.is_empty() && tokens.iter().all(|token| names(token.meaning))
}

/// A request without the times in it that an answer tells anew: "till the end" leaves where it starts.
pub(super) fn without_times(request: &str, answer: &str, lexicon: &Lexicon) -> String {
    let told = tokens(&normal(without_opening(answer)).text, lexicon);
    let ends = told
        .first()
        .is_some_and(|token| matches!(token.meaning, Meaning::Term(Term::Until | Term::To | Term::End)));
    let normal = normal(request);
    let tokens = tokens(&normal.text, lexicon);
    let first =
        (0..tokens.len()).find(|at| matches!(tokens[*at].meaning, Meaning::Amount(Amount::Seconds(_))));
    let timed = |at: usize| {
        matches!(tokens.get(at).map(|token| token.meaning), Some(Meaning::Amount(Amount::Seconds(_))))
    };
    let leads = |at: usize| match tokens.get(at).map(|token| token.meaning) {
        Some(Meaning::Term(term)) => matches!(
            term,
            Term::From | Term::To | Term::Until | Term::Between | Term::At | Term::After | Term::Before
        ),
        Some(meaning) => meaning == Meaning::Dash,
        None => false,
    };
    let goes = |at: usize| timed(at) || leads(at) && timed(at + 1) || leads(at) && at > 0 && timed(at - 1);
    let mut text = normal.text.clone();
    let kept = first.filter(|_| ends);
    for at in (0..tokens.len()).rev().filter(|at| goes(*at) && kept.is_none_or(|kept| *at > kept)) {
        text.replace_range(tokens[at].at.0..tokens[at].at.1, "");
    }
    written(&text, &normal.quoted)
}
