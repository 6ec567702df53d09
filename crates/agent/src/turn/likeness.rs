//! A piece that was there before: "more like the first one", "I liked the first one better".

use score::Brief;
use timeline::{Edit, History, Music, Timeline};

use crate::normal::normal;

/// What leads to a piece that the next one is to take after.
const LIKE: &str = "more like the |similar to the |closer to the |something like the |更像|像|接近|类似";
/// What leads to a piece that is to come back.
const BACK: &str =
    "liked the |like the |prefer the |preferred the |love the |loved the |use the |还是|更喜欢";
/// How a piece is praised that is to come back.
const PRAISES: &str = "better|more|most|best|prefer|after all|好|喜欢|吧";
const FIRST: &str = "first|original|第一";
/// What else may be said beside that.
const AROUND: &str = "i we you like liked love loved prefer preferred use the that this it was is sounds sounded first \
    original previous last old before one piece song version music track tune better best more most much so far \
    after all no hmm actually please still really something sounding sound similar closer to a an bit little make \
    made give me want would again another honestly think now let's go with";
const PREVIOUS: &str = "previous|last one|one before|old one|刚才那首|上一首|之前那首|前一首|上一个";

/// The edits that bring back an earlier piece, or one that takes after it; none where nothing of the kind is wished. How
/// loud it is and where it plays stays.
pub(super) fn edits(request: &str, history: &History, seed: u64) -> Option<Vec<Edit>> {
    let text = normal(request).text;
    if !says_no_more(&text) {
        return None;
    }
    let said = |words: &str| words.split('|').find_map(|word| text.split_once(word));
    let like = said(LIKE).map(|(_, behind)| behind);
    let back = || said(BACK).filter(|_| said(PRAISES).is_some()).map(|(_, behind)| behind);
    // "The first one was better".
    let praised =
        || text.strip_prefix("the ").filter(|rest| rest.contains("better") || rest.contains("best"));
    let behind = like.or_else(back).or_else(praised)?;
    let names = |words: &str| words.split('|').any(|word| behind.starts_with(word));
    let [bed] = &history.now().beds[..] else { return None };
    let now = piece(history.now())?;
    let pieces: Vec<(&str, &Brief)> =
        history.past().iter().filter_map(|step| piece(&step.timeline)).collect();
    let meant = if names(FIRST) {
        pieces.first()?
    } else if names(PREVIOUS) {
        pieces.iter().rev().find(|other| !is_same(other.1, now.1))?
    } else {
        return None;
    };
    // As it was last, with all that was done to it.
    let (name, meant) = *pieces.iter().rev().find(|other| is_same(other.1, meant.1))?;
    let brief = match like {
        None => meant.clone(),
        Some(_) => {
            let fresh = if meant.seed == seed { seed.wrapping_add(1) } else { seed };
            Brief { like: Some(meant.manner()), seed: fresh, takes: Vec::new(), ..meant.clone() }
        }
    };
    Some(vec![Edit::Rescore { bed: bed.id, name: name.to_owned(), brief: Box::new(brief) }])
}

/// Whether a text speaks of a piece and of nothing else: what it is said to be like, or how it is praised.
fn says_no_more(text: &str) -> bool {
    let han = [
        LIKE,
        BACK,
        PRAISES,
        FIRST,
        PREVIOUS,
        "首|个|版|那|一|的|点|些|了|再|想要|给我|来|音乐|配乐|曲子|我",
    ];
    let rest = han
        .iter()
        .flat_map(|words| words.split('|'))
        .filter(|word| !word.is_ascii())
        .fold(text.to_owned(), |text, word| text.replace(word, " "));
    let mut words = rest.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    words.all(|word| AROUND.split(' ').any(|known| known == word))
}

/// Whether two briefs are of the same piece, whatever else was done to it.
fn is_same(one: &Brief, other: &Brief) -> bool {
    (one.seed, &one.genre) == (other.seed, &other.genre)
}

/// The composed music of a state that has one piece, and what it is called.
fn piece(state: &Timeline) -> Option<(&str, &Brief)> {
    match &state.beds[..] {
        [bed] => match &bed.music {
            Music::Composed(brief) => Some((&bed.name, brief)),
            Music::Recording(_) => None,
        },
        _ => None,
    }
}
