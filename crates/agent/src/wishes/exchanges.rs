//! One player in the place of another: "swap the trumpet for a guitar", `吉他代替电钢琴`.

use std::ops::Range;

use score::Role;

use crate::phrase::Phrase;
use crate::term::Term;
use crate::token::Meaning;

/// A player who goes and the instrument that comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exchange {
    pub(crate) goes: Player,
    /// Its place among the ensembles.
    pub(crate) comes: usize,
}

/// Whoever plays, by role or by the place of an instrument among the ensembles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Player {
    Role(Role),
    Instrument(usize),
}

/// Tokens between the two players, at most.
const REACH: usize = 4;

/// Reads the exchanges and takes them out of the phrase.
pub(crate) fn read(phrase: &mut Phrase, text: &str) -> Vec<Exchange> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < phrase.len() {
        if let Some((exchange, run)) = exchange(phrase, at, text) {
            found.push(exchange);
            phrase.cut(run);
        }
        at += 1;
    }
    found
}

/// The exchange whose first player stands at a place.
fn exchange(phrase: &Phrase, at: usize, text: &str) -> Option<(Exchange, Range<usize>)> {
    let first = player(phrase, at)?;
    let second_at = (at + 1..=at + REACH).find(|next| player(phrase, *next).is_some())?;
    let second = player(phrase, second_at)?;
    let passed = |next: usize| {
        let meaning = phrase.token(next).map(|token| token.meaning);
        meaning == Some(Meaning::Word)
            || phrase.is(
                next,
                &[Term::To, Term::For, Term::With, Term::By, Term::Make, Term::Again, Term::InPlaceOf],
            )
    };
    if second == first || !(at + 1..second_at).all(passed) {
        return None;
    }
    let between = |terms: &[Term]| (at + 1..second_at).any(|next| phrase.is(next, terms));
    let changes = |at: usize| phrase.token(at).is_some_and(|token| token.also == Some(Term::Change));
    let becomes = (at + 1..second_at)
        .filter_map(|next| phrase.token(next))
        .any(|token| ["换成", "改成", "变成", "换为", "改为"].contains(&&text[token.at.0..token.at.1]));
    // "Replace the muted trumpet".
    let word = |at: usize| phrase.token(at).is_some_and(|token| token.meaning == Meaning::Word);
    let begin = at.saturating_sub(if at > 1 && word(at - 1) { 2 } else { 1 });
    let asked = at > 0 && (phrase.is(begin, &[Term::Again]) || changes(begin) && between(&[Term::To]));
    let led = asked
        || phrase.after(at, &[Term::Want, Term::With, Term::Make, Term::Again])
        || at > 0 && changes(begin);
    let start = if led { begin } else { at };
    let run = start..second_at + 1;
    let comes_first = between(&[Term::InPlaceOf]) || between(&[Term::Again]) && !becomes;
    match (comes_first, becomes || asked, first, second) {
        (true, _, Player::Instrument(comes), goes) | (false, true, goes, Player::Instrument(comes)) => {
            Some((Exchange { goes, comes }, run))
        }
        _ => None,
    }
}

fn player(phrase: &Phrase, at: usize) -> Option<Player> {
    match phrase.term(at)? {
        Term::Instrument(which) => Some(Player::Instrument(which)),
        Term::Role(role) => Some(Player::Role(role)),
        _ => None,
    }
}
