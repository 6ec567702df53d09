//! The words of a title that nobody put in quotation marks: "a title called My Epic Night", `加个标题：京都之秋`.

use crate::language::{Language, han};
use crate::lexicon::Lexicon;
use crate::normal::normal;
use crate::term::Term;
use crate::token::{Meaning, Token, tokens};

/// What a title is called by.
const TITLES: [&str; 8] = ["title", "headline", "heading", "text", "caption", "标题", "文字", "字幕"];

/// Verbs that put words over the picture.
const SHOWS: [&str; 6] = ["write", "put the words", "show the words", "display the words", "put", "display"];

/// What leads the words of a title, after its name.
const LEADS: [&str; 11] = [
    "that says",
    "which says",
    "that reads",
    "saying",
    "says",
    "called",
    "named",
    "reading",
    "to say",
    "say",
    "title:",
];
const LEADS_HAN: [&str; 9] = ["写着", "写上", "内容是", "内容为", "叫做", "叫", "改成", "改为", "换成"];

/// Verbs after which "to" leads the words of a title.
const CHANGES: [&str; 5] = ["change", "rename", "retitle", "set", "reword"];

/// Words that lead to a time or a place.
const TIMES: [&str; 10] = ["at", "from", "for", "in", "on", "until", "during", "between", "to", "over"];
/// What is a time or a place behind such a word.
const PLACES: [&str; 24] = [
    "start",
    "beginning",
    "end",
    "middle",
    "top",
    "bottom",
    "center",
    "centre",
    "left",
    "right",
    "upper",
    "lower",
    "first",
    "last",
    "opening",
    "final",
    "white",
    "yellow",
    "red",
    "green",
    "blue",
    "orange",
    "pink",
    "black",
];

/// What of a title may be changed beside its words.
const LOOKS: [&str; 14] = [
    "color", "colour", "font", "size", "position", "style", "time", "duration", "颜色", "字体", "大小",
    "位置", "时间", "字号",
];

/// The request with the words of its title in quotation marks, where they had none.
pub(crate) fn quoted(request: &str, lexicon: &Lexicon) -> String {
    let request = &without_colon(request);
    let lower: String = request.chars().map(|c| han::simplified(c).to_ascii_lowercase()).collect();
    // Characters of one script may take other bytes in the other one: then places would not agree.
    let marked = request.contains(['"', '“', '”', '「', '『', '«', '《']);
    let shown = || SHOWS.iter().any(|verb| word(&lower, verb).is_some());
    let named = TITLES.iter().any(|title| lower.contains(title));
    if lower.len() != request.len() || marked || !named && !shown() {
        return request.to_owned();
    }
    let found = if Language::of(request).is_chinese() { in_chinese(&lower) } else { in_english(&lower) };
    let Some((start, end)) = found else {
        return capitals(request, &lower, lexicon).unwrap_or_else(|| request.to_owned());
    };
    let blank = |c: char| c.is_whitespace() || matches!(c, ':' | '：');
    let start = start + request[start..end].len() - request[start..end].trim_start_matches(blank).len();
    let words = request[start..end.max(start)].trim_end();
    if !words.contains(char::is_alphanumeric) || tells_otherwise(words, lexicon) {
        return request.to_owned();
    }
    format!("{} \"{words}\" {}", request[..start].trim_end_matches(blank), &request[start + words.len()..])
}

/// "Write The End at the end", "put Happy Birthday on the screen": words with a capital behind a verb that shows them.
fn capitals(request: &str, lower: &str, lexicon: &Lexicon) -> Option<String> {
    let (verb, behind) = SHOWS.iter().find_map(|verb| word(lower, verb).map(|at| (at, at + verb.len())))?;
    let start = behind + request[behind..].len() - request[behind..].trim_start().len();
    let words = &lower[start..];
    let screen = ["on the screen", "on screen", "on the picture", "over the picture"];
    let ended = screen.iter().filter_map(|place| words.find(place)).min();
    let end = ended.unwrap_or(words.len()).min(end(words));
    let of_music = |token: &Token| match token.meaning {
        Meaning::Term(term) => {
            matches!(term, Term::Music | Term::Genre(_) | Term::Mood(_) | Term::Role(_) | Term::Instrument(_))
        }
        _ => false,
    };
    let music = tokens(&words[..end], lexicon).iter().any(of_music);
    // "Put" and "display" show nothing by themselves.
    let led = ended.is_some() || !["put", "display"].contains(&lower[verb..behind].trim());
    let shown = request[start..].starts_with(|c: char| c.is_uppercase())
        && behind < start
        && end > 0
        && led
        && (ended.is_some() || !music);
    let (text, rest) = (request[start..start + end].trim_end(), &request[start + end..]);
    shown.then(|| format!("{}add a title \"{text}\" {rest}", &request[..verb]))
}

/// `Title: "Sunset"`: a stop before a quotation would part it from what it is.
fn without_colon(request: &str) -> String {
    match request.find([':', '：']).map(|at| request.split_at(at)) {
        Some((before, behind)) if TITLES.iter().any(|title| before.to_lowercase().ends_with(title)) => {
            let behind = behind.trim_start_matches([':', '：', ' ']);
            let quoted = behind.starts_with(['"', '“', '「', '『', '«', '《', '\'']);
            if quoted { format!("{before} {behind}") } else { request.to_owned() }
        }
        _ => request.to_owned(),
    }
}

/// Whether words tell how a title is to look or when it is seen, and not what it says.
fn tells_otherwise(words: &str, lexicon: &Lexicon) -> bool {
    let tokens = tokens(&normal(words).text, lexicon);
    let look = |meaning: Meaning| match meaning {
        Meaning::Term(term) => {
            matches!(term, Term::Spot(_) | Term::Shade(_) | Term::Larger | Term::Smaller | Term::Longer)
                || matches!(term, Term::Shorter | Term::Louder | Term::Quieter | Term::Stay)
        }
        _ => false,
    };
    let time = |meaning: Meaning| match meaning {
        Meaning::Term(term) => {
            matches!(term, Term::Bit | Term::Start | Term::End | Term::Middle | Term::At | Term::From)
                || matches!(term, Term::First | Term::Last | Term::For | Term::Title | Term::NthTitle(_))
        }
        meaning => matches!(meaning, Meaning::Amount(_) | Meaning::Dash),
    };
    let asks = ["什么", "啥", "what"].contains(&words);
    let only = ["blue", "black", "big", "bigger", "small", "large", "purple"];
    asks || tokens.first().is_none_or(|token| look(token.meaning))
        || tokens.iter().all(|token| time(token.meaning) || look(token.meaning))
        || only.contains(&words.to_lowercase().as_str())
}

/// Where the words stand, in bytes.
fn in_english(text: &str) -> Option<(usize, usize)> {
    let title = TITLES.iter().filter_map(|title| text.find(title)).min()?;
    let behind = |lead: &str| word(&text[title..], lead).map(|at| title + at + lead.len());
    let changed =
        || CHANGES.iter().any(|verb| word(&text[..title], verb).is_some()).then(|| behind("to")).flatten();
    let replaced = || word(&text[..title], "replace").and_then(|_| behind("with"));
    let start = LEADS.iter().find_map(|lead| behind(lead)).or_else(changed).or_else(replaced)?;
    if LOOKS.iter().any(|look| text[title..start].contains(look)) {
        return None;
    }
    Some((start, start + end(&text[start..])))
}

/// Where a word stands that is no part of another.
fn word(text: &str, wanted: &str) -> Option<usize> {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(wanted).map(|(at, _)| at).find(|at| {
        let open = !joins(text[at + wanted.len()..].chars().next()) || wanted.ends_with(':');
        !joins(text[..*at].chars().next_back()) && open
    })
}

/// Where the words of a title end: at a stop, and before a time, a place or another wish.
fn end(text: &str) -> usize {
    let stop = text.find([',', ';', '!', '\n', '.']).unwrap_or(text.len());
    let blanks = text[..stop].match_indices(' ').map(|(at, _)| at);
    blanks.filter(|at| *at > 0).find(|at| ends(text[*at..stop].trim_start())).unwrap_or(stop)
}

fn ends(rest: &str) -> bool {
    let mut words = rest.split_whitespace();
    let first = words.next().unwrap_or_default();
    let mut words = words.skip_while(|word| ["the", "very"].contains(word));
    let second = words.next().unwrap_or_default();
    let verbs =
        ["add", "make", "remove", "put", "play", "set", "move", "turn", "fade", "delete", "mute", "lower"];
    let timed = second.starts_with(|c: char| c.is_ascii_digit()) || PLACES.contains(&second);
    let unit = ["s", "sec", "seconds", "second"].contains(&second) || first.ends_with('s') && first.len() < 4;
    TIMES.contains(&first) && timed
        || first.starts_with(|c: char| c.is_ascii_digit()) && unit
        || first == "and" && verbs.contains(&second)
}

fn in_chinese(text: &str) -> Option<(usize, usize)> {
    let title = TITLES.iter().filter_map(|title| Some((text.find(title)?, title.len()))).min()?;
    let after = title.0 + title.1;
    let rest = &text[after..];
    let adds = ["加", "添", "来", "写", "放", "做"].iter().any(|verb| text[..title.0].contains(verb));
    let led = LEADS_HAN.iter().find_map(|lead| rest.find(lead).map(|at| at + lead.len()));
    let start =
        if rest.starts_with([':', '：']) || adds && rest.starts_with(' ') { after } else { after + led? };
    if LOOKS.iter().any(|look| text[after..start].contains(look)) {
        return None;
    }
    let rest = text[start..].trim_start_matches([':', '：', ' ']);
    let start = text.len() - rest.len();
    let ends = ["，", ",", "。", "；", "！", "\n", " 放", " 在", " 用", " 持续", "放在", "持续"];
    let end = ends.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    let digits = rest[..end].match_indices(' ').map(|(at, _)| at);
    let end =
        digits.filter(|at| rest[at + 1..].starts_with(|c: char| c.is_ascii_digit())).min().unwrap_or(end);
    Some((start, start + end))
}
