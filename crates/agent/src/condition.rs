//! Wishes that hold only if something is so: "if the music is louder than 50 % turn it down to 30 %".

use score::Role;
use sound::Time;
use timeline::{Bed, Music, Timeline};

use crate::lexicon::Lexicon;
use crate::normal::QUOTED;
use crate::number::Amount;
use crate::term::Term;
use crate::token::{Meaning, Token, tokens};

/// A request weighed against the state.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Weighed {
    /// It is so: this is wished.
    Met(String),
    /// It is not so: nothing is wished.
    NotMet,
    /// Nobody here can tell whether it is so.
    Unclear,
}

const OPENINGS: [&str; 6] = ["if ", "unless ", "如果", "要是", "假如", "若是"];
/// Where the wish begins behind a condition.
const VERBS: [&str; 14] = [
    " then ", ",", " turn ", " make ", " set ", " lower ", " bring ", " reduce ", " add ", " put ",
    " raise ", " drop ", " remove ", " mute ",
];
/// Conditions that are nothing but manners.
const POLITE: [&str; 13] = [
    "possible",
    "anything",
    "you can",
    "you could",
    "you want",
    "you like",
    "you don't mind",
    "可以",
    "可能",
    "方便",
    " ok",
    " fine",
    "works",
];
const ABOVE: [&str; 11] =
    ["louder", "above", "over", "higher", "more than", "exceeds", "超过", "高于", "大于", "超出", "以上"];
const BELOW: [&str; 9] = ["quieter", "below", "under", "lower", "less than", "低于", "小于", "不到", "以下"];
const DENIALS: [&str; 10] =
    ["no ", "not ", "isn't ", "aren't ", "doesn't ", "without ", "never ", "没", "无", "不"];

/// Weighs the condition of a request; `None` where there is none.
pub(crate) fn weighed(text: &str, timeline: &Timeline, lexicon: &Lexicon) -> Option<Weighed> {
    let (condition, wish) = split(text)?;
    if POLITE.iter().any(|word| condition.contains(word)) || condition.contains(QUOTED) || wish.is_empty() {
        return None;
    }
    let unless = text.trim_start().starts_with("unless ") || text.contains(" unless ");
    let (wish, other) = otherwise(wish);
    // "If there is a title make it red": of it is spoken.
    let named = |wish: &str| {
        let words = format!(" {wish} ");
        if condition.contains("title") && !wish.contains("title") {
            words.replace(" it ", " the title ").replace(" one ", " a title ").trim().to_owned()
        } else if let Some(player) = player(condition, lexicon) {
            // "Take them out".
            let words = words.replace(" take them out ", " remove them ");
            let words = words.replace(" them ", &format!(" the {player} ")).trim().to_owned();
            // `如果有鼓就去掉`: what is to go is what the condition names.
            let removes =
                |token: &Token| matches!(token.meaning, Meaning::Term(Term::Remove) | Meaning::Word);
            let bare = !player.is_ascii() && tokens(&words, lexicon).iter().all(removes);
            if bare { format!("{words} {player}") } else { words }
        } else {
            wish.to_owned()
        }
    };
    match holds(condition, timeline, lexicon).map(|holds| holds != unless) {
        Some(true) => Some(Weighed::Met(named(wish))),
        Some(false) => Some(other.map_or(Weighed::NotMet, |other| Weighed::Met(named(other)))),
        // Without music there is nothing to lose: "if it fits, jazz".
        None => (!timeline.beds.is_empty()).then_some(Weighed::Unclear),
    }
}

/// Whether one of these stands in a condition: an English word from its beginning, and to its end where a blank closes it.
fn says(condition: &str, words: &[&str]) -> bool {
    let padded = format!(" {condition} ");
    words.iter().any(|word| match word.is_ascii() {
        true => padded.contains(&format!(" {}", word.trim_start())),
        false => condition.contains(word),
    })
}

/// A wish, and what is wished otherwise.
fn otherwise(wish: &str) -> (&str, Option<&str>) {
    let joints = [" otherwise ", " or else ", " if not ", "否则", "不然"];
    let found = joints.iter().find_map(|joint| wish.split_once(joint));
    found.map_or((wish, None), |(wish, other)| {
        (wish.trim_end_matches([',', ' ', ';']), Some(other.trim_start_matches([',', ' '])))
    })
}

/// The player that a condition names, in its word.
fn player<'c>(condition: &'c str, lexicon: &Lexicon) -> Option<&'c str> {
    let role = |token: &Token| matches!(token.meaning, Meaning::Term(Term::Role(_) | Term::Instrument(_)));
    let token = tokens(condition, lexicon).into_iter().find(role)?;
    condition.get(token.at.0..token.at.1)
}

/// Whether a role is left out of composed music.
fn is_without(bed: &Bed, role: Role) -> bool {
    match &bed.music {
        Music::Composed(brief) => {
            brief.without.contains(&role) || !brief.only.is_empty() && !brief.only.contains(&role)
        }
        Music::Recording(_) => true,
    }
}

/// The condition, and the wish before or behind it.
fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let opening = OPENINGS.iter().find(|opening| text.starts_with(**opening));
    let Some(opening) = opening else {
        let (wish, condition) = text.split_once(" if ").or_else(|| text.split_once(" unless "))?;
        // "Only if it is louder than 50%".
        let wish = wish.strip_suffix(" only").unwrap_or(wish);
        let other = ["as", "what", "see", "know", "wonder", "ask", "even"];
        let last = wish.split_whitespace().last().unwrap_or_default();
        return (!other.contains(&last)).then_some((condition, wish));
    };
    let rest = &text[opening.len()..];
    let end = match opening.is_ascii() {
        true => VERBS.iter().filter_map(|verb| rest.find(verb)).min()?,
        false => ["的话", "就", ","].iter().filter_map(|joint| rest.find(joint)).min()?,
    };
    let wish = rest[end..].trim_start_matches("的话").trim_start_matches([' ', ',']);
    let wish = wish.trim_start_matches("then ").trim_start_matches('就');
    Some((&rest[..end], wish))
}

/// Whether a condition holds; `None` where it is none that can be told.
fn holds(condition: &str, timeline: &Timeline, lexicon: &Lexicon) -> Option<bool> {
    let says = |words: &[&str]| says(condition, words);
    let denied = says(&DENIALS);
    let beds = &timeline.beds;
    let percent = tokens(condition, lexicon).iter().find_map(|token| match token.meaning {
        Meaning::Amount(Amount::Percent(percent)) => Some(percent),
        _ => None,
    });
    if let Some(percent) = percent {
        return match (says(&ABOVE), says(&BELOW)) {
            (true, false) => Some(beds.iter().any(|bed| bed.level_pct > percent) != denied),
            (false, true) => Some(beds.iter().any(|bed| bed.level_pct < percent) != denied),
            _ => None,
        };
    }
    let there = if says(&["fade out", "fade-out", "淡出"]) {
        beds.iter().any(|bed| bed.fade_out > Time::ZERO)
    } else if says(&["fade in", "fade-in", "淡入"]) {
        beds.iter().any(|bed| bed.fade_in > Time::ZERO)
    } else if says(&[
        "no music",
        "any music",
        "there is music",
        "there's music",
        "有音乐",
        "没音乐",
        "有配乐",
    ]) {
        !beds.is_empty()
    } else if says(&["locked", "锁"]) {
        beds.iter().any(|bed| bed.locked)
    } else if says(&["title", "标题"]) {
        !timeline.titles.is_empty()
    } else {
        let mut roles = tokens(condition, lexicon).into_iter().filter_map(|token| match token.meaning {
            Meaning::Term(Term::Role(role)) => Some(role),
            _ => None,
        });
        let left_out = |role: &Role| beds.iter().all(|bed| is_without(bed, *role));
        !left_out(&roles.next_back()?)
    };
    Some(there != denied)
}
