//! What a conversation is about just now, so that "make it red" and "a bit longer" find their object.

use timeline::{History, Timeline};

use crate::language::{Language, han};
use crate::lexicon::Lexicon;
use crate::normal::{QUOTED, normal};
use crate::term::Term;
use crate::token::{Meaning, Token, tokens};

/// What was spoken of last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// The music, or nothing yet: what words without an object mean anyway.
    Music,
    /// One of several pieces, by its number from 1.
    Piece(usize),
    /// A title, by its place among so many; the place is `None` where several were, or none is left of it.
    Title { place: Option<usize>, of: usize },
}

/// Words with which somebody begins to think again; they say nothing of what is wished.
const OPENINGS: [&str; 24] = [
    "actually",
    "no",
    "nope",
    "hmm",
    "hm",
    "ok",
    "okay",
    "wait",
    "oh",
    "sorry",
    "well",
    "and",
    "now",
    "not that",
    "i meant",
    "i mean",
    "sorry i meant",
    "不对",
    "不是",
    "不",
    "嗯",
    "等等",
    "我是说",
    "我的意思是",
];

impl Topic {
    /// What the last step was about.
    pub(super) fn of(history: &History) -> Topic {
        match history.past() {
            [.., before, now] => {
                let piece = || piece_changed(&before.timeline, &now.timeline);
                titles_changed(&before.timeline, &now.timeline).or_else(piece).unwrap_or(Topic::Music)
            }
            _ => Topic::Music,
        }
    }

    /// A request with its object named, where it says something of it and names none.
    pub(super) fn completed(self, request: &str, lexicon: &Lexicon) -> Option<String> {
        let (place, of) = match self {
            Topic::Music => return None,
            Topic::Piece(n) => return of_piece(n, request, lexicon),
            Topic::Title { place, of } => (place, of),
        };
        let said = without_opening(request);
        if !tells_of_a_title(said, lexicon) {
            return None;
        }
        let chinese = Language::of(request).is_chinese();
        let own = tokens(&normal(said).text, lexicon);
        let own = own
            .iter()
            .any(|token| matches!(token.meaning, Meaning::Term(Term::Nth(_) | Term::All | Term::Again)));
        let nth = if of > 1 && !own { place } else { None };
        let title = match (nth, chinese) {
            (Some(0), false) => "the first title ",
            (Some(1), false) => "the second title ",
            (Some(2), false) => "the third title ",
            (Some(_), false) => "the last title ",
            (None, false) => "the title ",
            (Some(0), true) => "第一个标题",
            (Some(1), true) => "第二个标题",
            (Some(2), true) => "第三个标题",
            (Some(_), true) => "最后一个标题",
            (None, true) => "标题",
        };
        // A question begins with its own word.
        let asks = ["when", "how", "where", "what"].iter().any(|word| said.to_lowercase().starts_with(word));
        Some(if asks { format!("{said} {title}") } else { format!("{title}{said}") })
    }
}

/// A request from where it says what is wished.
pub(super) fn without_opening(request: &str) -> &str {
    let mut rest = request.trim();
    loop {
        let plain: String = rest.to_lowercase().chars().map(han::simplified).collect();
        let opening = OPENINGS.iter().filter(|opening| plain.starts_with(**opening)).find(|opening| {
            let behind = rest.get(opening.len()..).and_then(|behind| behind.chars().next());
            // "不" alone denies what follows.
            behind.is_some_and(|c| !c.is_alphanumeric() || !opening.is_ascii() && opening.chars().count() > 1)
        });
        let Some(behind) = opening.and_then(|opening| rest.get(opening.len()..)) else { return rest };
        rest = behind.trim_start_matches(|c: char| c.is_whitespace() || ",，.。!！、".contains(c));
    }
}

/// The title in which two states differ, where they differ in nothing else.
fn titles_changed(before: &Timeline, now: &Timeline) -> Option<Topic> {
    let plain = |timeline: &Timeline| Timeline { titles: Vec::new(), ..timeline.clone() };
    if before.titles == now.titles || now.titles.is_empty() || plain(before) != plain(now) {
        return None;
    }
    let changed = |place: &usize| !before.titles.contains(&now.titles[*place]);
    let mut places = (0..now.titles.len()).filter(changed);
    let (first, second) = (places.next(), places.next());
    Some(Topic::Title { place: first.filter(|_| second.is_none()), of: now.titles.len() })
}

/// The piece in which two states differ, where there are several and they differ in nothing else.
fn piece_changed(before: &Timeline, now: &Timeline) -> Option<Topic> {
    let plain = |timeline: &Timeline| Timeline { beds: Vec::new(), ..timeline.clone() };
    if now.beds.len() < 2 || before.beds.len() != now.beds.len() || plain(before) != plain(now) {
        return None;
    }
    let mut places = (0..now.beds.len()).filter(|place| before.beds[*place] != now.beds[*place]);
    let first = places.next()?;
    places.next().is_none().then_some(Topic::Piece(first + 1))
}

/// A request about "it", `它`, with the piece named that was spoken of.
fn of_piece(n: usize, request: &str, lexicon: &Lexicon) -> Option<String> {
    let text = normal(request).text;
    let its = text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| ["it", "its"].contains(&word));
    let own = |token: Token| match token.meaning {
        Meaning::Term(term) => matches!(term, Term::Nth(_) | Term::All | Term::Title | Term::Film),
        _ => false,
    };
    if !its && !text.contains('它') || tokens(&text, lexicon).into_iter().any(own) {
        return None;
    }
    let numbers = [("第一首", "the first one"), ("第二首", "the second one"), ("第三首", "the third one")];
    let (chinese, english) = *numbers.get(n - 1)?;
    Some(match Language::of(request).is_chinese() {
        true => format!("{chinese}{request}"),
        false => format!("{english} {request}"),
    })
}

/// A request that says how something is to look and names nothing, with the titles named that are there: `往右挪`, "red".
pub(super) fn of_titles(request: &str, now: &Timeline, lexicon: &Lexicon) -> Option<String> {
    let looks = |token: &Token| match token.meaning {
        Meaning::Term(term) => {
            matches!(term, Term::Spot(_) | Term::Shade(_) | Term::Larger | Term::Smaller)
        }
        _ => false,
    };
    let text = normal(request).text;
    let told = tokens(&text, lexicon).iter().any(looks) && tells_of_a_title(request, lexicon);
    let topic = Topic::Title { place: None, of: now.titles.len() };
    topic.completed(request, lexicon).filter(|_| told && !now.titles.is_empty())
}

/// Words that may stand beside what is said of a title.
const BESIDE: [&str; 21] = [
    "stay", "stays", "just", "instead", "rather", "appear", "come", "go", "up", "then", "again", "off",
    "now", "one", "时候", "吧", "消", "失", "挪", "移", "点",
];

/// What may be asked of a title without naming it.
const ASKED: [&str; 8] = [
    "消失",
    "什么时候",
    "多久",
    "显示到",
    "how long is it",
    "when does it",
    "where is it",
    "what color is it",
];

/// Whether nothing in a request speaks of anything but a title, and something does.
fn tells_of_a_title(request: &str, lexicon: &Lexicon) -> bool {
    let text = normal(request).text;
    let music = tokens(&text, lexicon).iter().any(|token| token.meaning == Meaning::Term(Term::Music));
    if !music && ASKED.iter().any(|asked| text.starts_with(asked) || text.starts_with(&format!("它{asked}")))
    {
        return true;
    }
    let quotes = text.contains(QUOTED);
    let mut told = false;
    for token in tokens(&text, lexicon) {
        let word = text.get(token.at.0..token.at.1).unwrap_or_default();
        match token.meaning {
            _ if speaks_of_size(token.meaning, word) => told = true,
            Meaning::Term(Term::Spot(_) | Term::Shade(_) | Term::Remove) | Meaning::Quoted(_) => told = true,
            Meaning::Term(Term::Larger | Term::Smaller | Term::Longer | Term::Shorter) => told = true,
            Meaning::Amount(_) => told = true,
            Meaning::Term(
                Term::Make
                | Term::Want
                | Term::Add
                | Term::Again
                | Term::Bit
                | Term::Touch
                | Term::Much
                | Term::From
                | Term::More,
            )
            | Meaning::Term(
                Term::To | Term::Until | Term::At | Term::Start | Term::End | Term::First | Term::Last,
            )
            | Meaning::Term(Term::Inside | Term::For | Term::By | Term::Between | Term::And | Term::Too)
            | Meaning::Term(Term::Nth(_) | Term::All | Term::Stay | Term::Show | Term::Then | Term::But)
            | Meaning::Dash
            | Meaning::Comma
            | Meaning::Stop => {}
            // "Make it say ...", whatever the verb.
            Meaning::Word if quotes || BESIDE.contains(&word) => {}
            _ => return false,
        }
    }
    told
}

/// "Bigger", `大一点`: of a title it is its size, of music a mood or a level.
fn speaks_of_size(meaning: Meaning, word: &str) -> bool {
    let level =
        matches!(meaning, Meaning::Term(Term::Louder | Term::Quieter | Term::TooLoud | Term::TooQuiet));
    let letters = !word.is_ascii() && word.contains(['大', '小']) && !word.contains(['声', '音']);
    level && letters || ["big", "bigger", "huge", "large", "small", "tiny", "blue", "black"].contains(&word)
}
