//! Who plays and who does not: "no drums", "only melody and bass", "calm piano only", `不要鼓`.

use score::Role;

use super::exchanges::{Exchange, Player};
use crate::phrase::Phrase;
use crate::term::{Outside, Term};
use crate::token::Meaning;

/// Changes of the line-up; instruments by their place among the ensembles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Players {
    /// Those who must not play.
    pub(crate) without: Vec<Role>,
    /// Those who shall play again.
    pub(crate) with: Vec<Role>,
    /// Those who play alone; empty where nothing was said.
    pub(crate) only: Vec<Role>,
    /// Instruments that must not be heard.
    pub(crate) without_instruments: Vec<usize>,
    /// Instruments that shall be heard.
    pub(crate) with_instruments: Vec<usize>,
    /// Instruments that are heard alone; empty where nothing was said.
    pub(crate) only_instruments: Vec<usize>,
}

impl Players {
    /// Has one play in the place of another; who plays the tune or its chords does so on the other instrument.
    pub(crate) fn exchange(&mut self, Exchange { goes, comes }: Exchange) {
        match goes {
            Player::Instrument(goes) => self.without_instruments.push(goes),
            Player::Role(role @ (Role::Drums | Role::Bass | Role::Effects)) => self.without.push(role),
            Player::Role(_) => {}
        }
        self.with_instruments.push(comes);
    }

    /// Whether nothing was said of them.
    pub(crate) fn is_open(&self) -> bool {
        *self == Players::default()
    }
}

/// Reads the players; how loud one of them is goes to what cannot be had.
pub(crate) fn read(phrase: &Phrase, outside: &mut Vec<Outside>) -> Players {
    let mut players = Players::default();
    let mut only = false;
    for at in 0..phrase.len() {
        let denied = phrase.token(at).is_some_and(|token| token.denied);
        let louder = phrase.after(at, &[Term::More, Term::Louder, Term::Quieter, Term::Less])
            || phrase.is(at + 1, &[Term::Louder, Term::Quieter, Term::More, Term::Less, Term::Loud]);
        let only_here = only || alone_behind(phrase, at);
        match phrase.term(at) {
            Some(Term::Only) => {
                only = true;
                continue;
            }
            Some(Term::Solo) if is_player(phrase, at + 1) => {
                only = true;
                continue;
            }
            Some(Term::Role(role)) if denied => players.without.push(role),
            Some(Term::Role(role)) if only_here => players.only.push(role),
            Some(Term::Role(_)) if phrase.after(at, &[Term::More, Term::Less]) => {
                outside.push(Outside::PlayerLevel)
            }
            Some(Term::Role(role))
                if phrase.after(at, &[Term::With, Term::Add, Term::Also])
                    || phrase.is(at + 1, &[Term::With]) =>
            {
                players.with.push(role);
            }
            Some(Term::Instrument(which)) if denied => players.without_instruments.push(which),
            Some(Term::Instrument(_)) if louder => outside.push(Outside::PlayerLevel),
            Some(Term::Instrument(which)) if only_here => players.only_instruments.push(which),
            Some(Term::Instrument(which)) => players.with_instruments.push(which),
            // "Only a calm piano", "just some soft strings".
            Some(Term::And | Term::Then | Term::Mood(_) | Term::Soft | Term::With | Term::Want) => continue,
            _ => {}
        }
        only &= is_player(phrase, at);
    }
    players
}

fn is_player(phrase: &Phrase, at: usize) -> bool {
    matches!(phrase.term(at), Some(Term::Role(_) | Term::Instrument(_)))
}

/// "Piano and strings only": the word stands behind the list, and not for a place as in "piano only in the first half".
fn alone_behind(phrase: &Phrase, at: usize) -> bool {
    let mut next = at;
    while is_player(phrase, next) {
        next += 1;
        if phrase.is(next, &[Term::Music]) {
            next += 1;
        }
        if phrase.is(next, &[Term::Only]) {
            let closes = phrase.token(next + 1).is_none_or(|token| {
                matches!(token.meaning, Meaning::Comma | Meaning::Stop | Meaning::Word | Meaning::Quoted(_))
                    || matches!(token.meaning, Meaning::Term(Term::And | Term::Music | Term::But))
            });
            return closes;
        }
        if phrase.is(next, &[Term::And]) {
            next += 1;
        }
    }
    false
}
