//! Two pieces that change places: "swap the two songs", "swap the lofi with the epic", `把两段音乐对调`.

use score::Library;
use timeline::Timeline;

use crate::pieces::place_of;
use crate::term::{PictureWord, Term};
use crate::token::{Meaning, Token};

const VERBS: [&str; 8] = ["swap", "exchange", "switch", "trade", "对调", "互换", "交换", "调换"];

/// Words of two pieces of music without a name or a number.
const BOTH: [&str; 12] = [
    "two pieces",
    "two songs",
    "two tracks",
    "two tunes",
    "the pieces",
    "the songs",
    "the tracks",
    "both pieces",
    "both songs",
    "两段音乐",
    "两首",
    "两段配乐",
];

/// The numbers of the two beds that are to change places, if any are.
pub(crate) fn of(tokens: &[Token], text: &str, timeline: &Timeline, library: &Library) -> Option<(u32, u32)> {
    let film = |token: &Token| {
        matches!(
            token.meaning,
            Meaning::Term(Term::Film | Term::Picture(PictureWord::Clip(_)) | Term::Landmark(_))
        )
    };
    if timeline.beds.len() < 2 || !VERBS.iter().any(|verb| text.contains(verb)) || tokens.iter().any(film) {
        return None;
    }
    let bed = |place: usize| timeline.beds.get(place).map(|bed| bed.id);
    let named = |at: usize| match tokens.get(at)?.meaning {
        Meaning::Term(Term::Nth(0)) => timeline.beds.last().map(|bed| bed.id),
        Meaning::Term(Term::Nth(n)) => bed(n - 1),
        Meaning::Term(Term::Genre(genre)) => bed(place_of(&library.genres().get(genre)?.id, timeline)?),
        _ => None,
    };
    let joined = |at: usize| matches!(tokens[at].meaning, Meaning::Term(Term::And | Term::With | Term::For));
    let pairs = (1..tokens.len().saturating_sub(1)).filter(|at| joined(*at));
    let pair =
        pairs.filter_map(|at| named(at - 1).zip(named(at + 1))).find(|(first, second)| first != second);
    let both = timeline.beds.len() == 2 && BOTH.iter().any(|words| text.contains(words));
    pair.or_else(|| bed(0).zip(bed(1)).filter(|_| both))
}
