//! What is to stay as it is: "lock the music", "another melody, but keep the drums", `鼓不要动`.

use std::ops::Range;

use score::Role;

use super::Which;
use crate::phrase::Phrase;
use crate::term::Term;

/// What is to be left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Locks {
    /// Whether the music is to be locked, or may be changed again.
    pub(crate) music: Option<bool>,
    /// The piece that is meant, where one was named.
    pub(crate) piece: Option<Which>,
    /// "The music as it is": a lock only where nothing else is wished.
    pub(crate) as_is: bool,
    /// Players that must stay as they are.
    pub(crate) kept: Vec<Role>,
    /// "Don't change anything".
    pub(crate) nothing: bool,
    /// Whether all but these players are to play something else.
    pub(crate) others: bool,
}

/// Reads the locks and takes them out of the phrase.
pub(crate) fn read(phrase: &mut Phrase) -> Locks {
    let mut locks = Locks::default();
    let mut at = 0;
    while at < phrase.len() {
        let word = phrase.term(at).filter(|_| !phrase.is_used(at));
        let found = match word {
            Some(word @ (Term::Lock | Term::Unlock | Term::AsIs)) => locked(phrase, at, word, &mut locks),
            // "Keep the music, but remove the drums" locks nothing.
            _ if keeps(phrase, at) => kept(phrase, at, &mut locks),
            _ => None,
        };
        match found {
            Some(run) => {
                at = run.start + 1;
                phrase.cut(run);
            }
            None => at += 1,
        }
    }
    let others = phrase.says(&[Term::Others]) && !phrase.says(&[Term::Remove]);
    locks.others = others && !locks.kept.is_empty();
    locks
}

fn keeps(phrase: &Phrase, at: usize) -> bool {
    phrase.token(at).is_some_and(|token| token.also == Some(Term::Keep))
}

fn locked(phrase: &Phrase, at: usize, word: Term, locks: &mut Locks) -> Option<Range<usize>> {
    let behind = objects(phrase, at + 1);
    let run = if behind.is_empty() { before(phrase, at) } else { at..behind.end };
    let players: Vec<Role> = run.clone().filter_map(|at| role(phrase, at)).collect();
    if !players.is_empty() {
        match word {
            Term::Unlock => locks.nothing = true,
            _ => locks.kept.extend(players),
        }
        return Some(run);
    }
    locks.piece = run.clone().find_map(|at| match phrase.term(at)? {
        Term::Nth(n) => Some(Which::Nth(n)),
        _ => None,
    });
    let named = locks.piece.is_some() || run.clone().any(|at| phrase.is(at, &[Term::Music, Term::All]));
    match word {
        Term::AsIs if named => locks.as_is = true,
        Term::AsIs if closes(phrase, at) && phrase.clause(at).len() <= 2 => locks.nothing = true,
        // "The voice unchanged" asks for nothing of the music.
        Term::AsIs => return None,
        _ if named || closes(phrase, at) => locks.music = Some(word == Term::Lock),
        _ => return None,
    }
    Some(run)
}

/// "Keep the drums", but neither "keep the drums quiet" nor "keep only the drums".
fn kept(phrase: &Phrase, at: usize, locks: &mut Locks) -> Option<Range<usize>> {
    let run = objects(phrase, at + 1);
    let players: Vec<Role> = run.clone().filter_map(|at| role(phrase, at)).collect();
    let rest = phrase.clause(at);
    let other = [Term::Only, Term::Louder, Term::Quieter, Term::Loud, Term::Soft, Term::Not, Term::Without];
    let plain = !rest.clone().any(|place| phrase.is(place, &other));
    let instrument = run.clone().any(|at| matches!(phrase.term(at), Some(Term::Instrument(_))));
    if players.is_empty() && !instrument || !plain {
        return None;
    }
    locks.nothing |= players.is_empty();
    locks.kept.extend(players);
    let end = if phrase.is(run.end, &[Term::AsIs]) { run.end + 1 } else { run.end };
    Some(at..end)
}

fn role(phrase: &Phrase, at: usize) -> Option<Role> {
    match phrase.term(at)? {
        Term::Role(role) => Some(role),
        _ => None,
    }
}

fn is_object(phrase: &Phrase, at: usize) -> bool {
    matches!(
        phrase.term(at),
        Some(Term::Role(_) | Term::Instrument(_) | Term::Music | Term::All | Term::Nth(_))
    )
}

/// The things that are named from a place on, joined or not.
fn objects(phrase: &Phrase, from: usize) -> Range<usize> {
    let mut end = from;
    while is_object(phrase, end) || phrase.is(end, &[Term::And]) && is_object(phrase, end + 1) {
        end += 1;
    }
    from..end
}

/// The things that are named before a word, with it: `鼓不要动`, "keep the drums as they are".
fn before(phrase: &Phrase, at: usize) -> Range<usize> {
    let mut start = at;
    while start > 0 {
        let place = start - 1;
        let joint = phrase.is(place, &[Term::And]) && place > 0 && is_object(phrase, place - 1);
        if !(is_object(phrase, place) || joint && start < at) {
            break;
        }
        start = place;
    }
    if start < at && start > 0 && phrase.is(start - 1, &[Term::Make]) {
        start -= 1;
    }
    start..at + 1
}

/// Whether nothing is named behind a word: "and then lock it".
fn closes(phrase: &Phrase, at: usize) -> bool {
    phrase.clause(at).end == at + 1 || phrase.is(at + 1, &[Term::And, Term::But, Term::Then])
}
