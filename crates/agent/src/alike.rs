//! Pieces that are to be alike in one thing: "the second one as loud as the first", `两首音量调成一样`.

use timeline::Timeline;

use crate::term::Term;
use crate::token::{Meaning, Token};

/// What is to be alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aspect {
    Level,
    Tempo,
}

/// The piece that is taken after, and what of it; the others that are to be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alike {
    pub(crate) aspect: Aspect,
    pub(crate) model: u32,
    pub(crate) others: Vec<u32>,
    /// Whether words for an even level were used, which may mean the course of one piece.
    pub(crate) even: bool,
}

const SAME: [&str; 8] = ["equally", "一样", "相同", "同样", "一致", "the same", "as loud as", "as fast as"];

/// What is to be alike, if anything is.
pub(crate) fn of(tokens: &[Token], text: &str, timeline: &Timeline) -> Option<Alike> {
    let beds = &timeline.beds;
    if beds.len() < 2 || !SAME.iter().any(|same| text.contains(same)) {
        return None;
    }
    let says = |terms: &[Term]| {
        tokens.iter().any(|token| matches!(token.meaning, Meaning::Term(term) if terms.contains(&term)))
    };
    let styled =
        tokens.iter().any(|token| matches!(token.meaning, Meaning::Term(Term::Genre(_) | Term::Mood(_))));
    let aspect = if says(&[Term::Pace, Term::Fast, Term::Faster, Term::Slow, Term::Slower]) {
        Aspect::Tempo
    } else if says(&[Term::Volume, Term::Even, Term::Loud, Term::Louder]) {
        Aspect::Level
    } else {
        return None;
    };
    let mut named: Vec<u32> = tokens.iter().filter_map(|token| number(token, timeline)).collect();
    named.dedup();
    let rest = |model: u32| beds.iter().map(|bed| bed.id).filter(|id| *id != model).collect();
    let (model, others) = match named[..] {
        _ if styled => return None,
        [piece, model] if piece != model && !is_list(tokens) => (model, vec![piece]),
        [first, second] if first != second => (first, vec![second]),
        [] if says(&[Term::All]) || text.contains("both") => (beds[0].id, rest(beds[0].id)),
        // Of two it is clear which the other one is.
        [piece] if beds.len() == 2 => (*rest(piece).first()?, vec![piece]),
        _ => return None,
    };
    Some(Alike { aspect, model, others, even: says(&[Term::Even]) })
}

/// The bed of a number.
fn number(token: &Token, timeline: &Timeline) -> Option<u32> {
    match token.meaning {
        Meaning::Term(Term::Nth(0)) => timeline.beds.last().map(|bed| bed.id),
        Meaning::Term(Term::Nth(n)) => timeline.beds.get(n - 1).map(|bed| bed.id),
        _ => None,
    }
}

/// "The first one and the second one": both together.
fn is_list(tokens: &[Token]) -> bool {
    let nth = |token: &Token| matches!(token.meaning, Meaning::Term(Term::Nth(_)));
    tokens
        .windows(3)
        .any(|three| nth(&three[0]) && three[1].meaning == Meaning::Term(Term::And) && nth(&three[2]))
}
