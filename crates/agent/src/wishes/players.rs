//! Who plays and who does not: "no drums", "only melody and bass", `不要鼓`.

use score::Role;

use crate::phrase::Phrase;
use crate::term::{Outside, Term};

/// Changes of the line-up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Players {
    /// Those who must not play.
    pub(crate) without: Vec<Role>,
    /// Those who shall play again.
    pub(crate) with: Vec<Role>,
    /// Those who play alone; empty where nothing was said.
    pub(crate) only: Vec<Role>,
}

/// Reads the players; a wish for a single instrument goes to what cannot be had.
pub(crate) fn read(phrase: &Phrase, outside: &mut Vec<Outside>) -> Players {
    let mut players = Players::default();
    let mut only = false;
    for at in 0..phrase.len() {
        let denied = phrase.token(at).is_some_and(|token| token.denied);
        match phrase.term(at) {
            Some(Term::Only) => {
                only = true;
                continue;
            }
            Some(Term::Role(role)) if denied => players.without.push(role),
            Some(Term::Role(role)) if only => players.only.push(role),
            Some(Term::Role(_)) if phrase.after(at, &[Term::More]) => outside.push(Outside::PlayerLevel),
            Some(Term::Role(role))
                if phrase.after(at, &[Term::With, Term::Add, Term::Also])
                    || phrase.is(at + 1, &[Term::With]) =>
            {
                players.with.push(role);
            }
            Some(Term::Instrument) => outside.push(Outside::Instrument),
            Some(Term::And) => continue,
            _ => {}
        }
        let is_player = matches!(phrase.term(at), Some(Term::Role(_)));
        only &= is_player;
    }
    players
}
