//! Translates talk of buttons and panels, which some servers send, into what is done or said here.

use agent::Language;

use super::sentence;

/// What a server's words become.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Translated {
    /// What is left to say; empty where all of it was about buttons.
    pub(crate) text: String,
    pub(crate) wishes: Vec<Wish>,
}

/// What a button would have done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Wish {
    /// The film is to be made.
    Export,
    /// The film may be made, when somebody says so.
    Offer,
    /// The tracks are to be shown.
    Tracks,
    /// Something is to be moved; the words that ask for it.
    Edit(String),
}

/// Verbs at the beginning of an English clause, and what has to be named with them.
const PRESS: &str = "click|tap|press|hit";
const BUTTONS: &str = "button|export|download|icon|panel|tab|menu|timeline|link|save";
const PLACES: &str = "timeline|panel|editor|tab|menu|window|sidebar|preview";
/// What may stand before such a verb.
const BEFORE: &str = "please|just|simply|now|then|and|you can|you may|you could|feel free to|go ahead and";
/// The same anywhere in a Chinese clause.
const HAN_PRESS: &str = "点击|单击|點擊|单點|点一下|點一下|点按";
const HAN_BUTTONS: &str = "按钮|按鈕|导出|下载|匯出|下載|图标|圖示|面板|菜单|選單|时间线|時間線|保存";
const HAN_OPEN: &str = "打开|打開|開啟";
const HAN_PLACES: &str = "面板|时间线|时间轴|時間線|時間軸|编辑器|編輯器|菜单|選單|窗口|視窗|侧栏|預覽|预览";
const HAN_DRAG: &str = "拖拽|拖动|拖到|拖曳|拖動|拖至";
const HAN_PREVIEW: &str = "时间线预览|时间线中预览|時間線預覽";
const EXPORT: &str = "export|download|导出|下载|匯出|下載";
/// What makes a sentence an offer, and a clause nothing without what follows.
const WHEN: &str = "when|whenever|if|once|after|you can|you may|you could|feel free";
const HAN_WHEN: &str = "如果|当|當|可以|若|想要|等到";
/// Where a clause begins.
const BORDERS: [&str; 11] = [", ", "; ", " — ", " – ", " - ", " and ", " then ", "，", "；", "：", "。"];
const QUOTES: [(char, char); 6] =
    [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』'), ('‘', '’'), ('《', '》')];

/// Keeps the content of a reply, and turns what is about buttons into wishes, each once and one edit at most.
pub(crate) fn translate(reply: &str) -> Translated {
    let mut kept: Vec<String> = Vec::new();
    let mut wishes: Vec<Wish> = Vec::new();
    for line in reply.lines() {
        let mut left = String::new();
        for sentence in sentences(line) {
            match Instruction::of(sentence) {
                None => left.push_str(sentence),
                Some(found) => {
                    left.push_str(&found.content);
                    add(&mut wishes, found.wish);
                }
            }
        }
        // A line that is empty now and was not is gone.
        if !left.trim().is_empty() || line.trim().is_empty() {
            kept.push(left.trim_end().to_owned());
        }
    }
    Translated { text: kept.join("\n").trim().to_owned(), wishes }
}

/// Adds a wish that is not there yet; what is dragged is dragged once in a turn.
pub(crate) fn add(wishes: &mut Vec<Wish>, wish: Wish) {
    let is_edit = |wish: &Wish| matches!(wish, Wish::Edit(_));
    let is_there = |other: &Wish| *other == wish || is_edit(other) && is_edit(&wish);
    if !wishes.iter().any(is_there) {
        wishes.push(wish);
    }
}

/// A sentence that tells people what to do with a screen.
struct Instruction {
    /// What it says beside that.
    content: String,
    wish: Wish,
}

impl Instruction {
    fn of(sentence: &str) -> Option<Instruction> {
        let masked = without_quoted(sentence);
        let starts = std::iter::once(0).chain(borders(&masked));
        let (start, wish) = starts.into_iter().find_map(|start| {
            let end = borders(&masked).into_iter().find(|end| *end > start).unwrap_or(masked.len());
            Some((start, wish(&sentence[start..end], &masked[start..end], &masked)?))
        })?;
        let wish = match wish {
            Wish::Edit(_) => Wish::Edit(moved(&sentence[start..])),
            other => other,
        };
        Some(Instruction { content: content(&sentence[..start]), wish })
    }
}

/// What a clause would have done; `whole` is its sentence.
fn wish(clause: &str, masked: &str, whole: &str) -> Option<Wish> {
    let lower = clause.to_ascii_lowercase();
    let verb = verb(masked);
    let begins = |verbs: &str| verbs.split('|').any(|sign| starts_with_word(verb, sign));
    let han = |signs: &str| signs.split('|').any(|sign| masked.contains(sign));
    let offers = any_word(whole, WHEN) || HAN_WHEN.split('|').any(|sign| whole.contains(sign));
    if begins("preview in timeline|preview in the timeline|preview it in the timeline") || han(HAN_PREVIEW) {
        return Some(Wish::Tracks);
    }
    if begins("drag") || han(HAN_DRAG) {
        return Some(if offers { Wish::Tracks } else { Wish::Edit(String::new()) });
    }
    let presses = begins(PRESS) && any_word(&lower, BUTTONS);
    if presses || han(HAN_PRESS) && HAN_BUTTONS.split('|').any(|sign| clause.contains(sign)) {
        let exports = any_word(&lower, EXPORT)
            || EXPORT.split('|').any(|sign| !sign.is_ascii() && clause.contains(sign));
        return Some(match (exports, offers) {
            (true, false) => Wish::Export,
            (true, true) => Wish::Offer,
            (false, _) => Wish::Tracks,
        });
    }
    let opens = begins("open") && any_word(verb, PLACES) || han(HAN_OPEN) && han(HAN_PLACES);
    opens.then_some(Wish::Tracks)
}

/// A clause from its verb on, without what only leads to it.
fn verb(masked: &str) -> &str {
    let mut rest = masked.trim_start();
    while let Some(filler) = BEFORE.split('|').find(|filler| starts_with_word(rest, filler)) {
        rest = rest[filler.len()..].trim_start();
    }
    rest
}

fn starts_with_word(text: &str, word: &str) -> bool {
    let after = text.strip_prefix(word).map(|rest| rest.chars().next());
    after.is_some_and(|next| next.is_none_or(|c| !c.is_alphanumeric()))
}

/// Whether one of these stands in a text as words of its own.
fn any_word(text: &str, words: &str) -> bool {
    words.split('|').any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            before.is_none_or(|c| !c.is_alphanumeric()) && starts_with_word(&text[at..], word)
        })
    })
}

/// What stands before the instruction, if it says something by itself.
fn content(before: &str) -> String {
    let lower = without_quoted(before);
    let chinese = Language::of(before).is_chinese();
    let hangs = WHEN.split('|').any(|sign| starts_with_word(lower.trim_start(), sign))
        || HAN_WHEN.split('|').any(|sign| lower.trim_start().starts_with(sign));
    let kept = before.trim().trim_end_matches(|c: char| ",;，；：—–-".contains(c) || c.is_whitespace());
    let kept = [" and", " then"].iter().fold(kept, |kept, word| kept.strip_suffix(word).unwrap_or(kept));
    match kept.trim_end_matches([',', '，']) {
        "" => String::new(),
        _ if hangs => String::new(),
        kept if chinese => format!("{kept}。"),
        kept => format!("{kept}. "),
    }
}

/// A drag as a sentence for the agent.
fn moved(clause: &str) -> String {
    let at = clause.to_ascii_lowercase().find("drag ");
    match at.and_then(|at| clause.get(at + "drag ".len()..)) {
        Some(what) => format!("move {}", what.trim().trim_end_matches('.')),
        None => HAN_DRAG
            .split('|')
            .fold(clause.to_owned(), |words, sign| words.replace(sign, "移到"))
            .trim()
            .to_owned(),
    }
}

/// The text in small letters, with what is quoted in it blotted out; every byte keeps its place.
fn without_quoted(text: &str) -> String {
    let mut closing = None;
    let mut masked = String::new();
    for letter in text.chars() {
        match closing {
            Some(close) if letter == close => closing = None,
            Some(_) => {
                masked.extend(std::iter::repeat_n('_', letter.len_utf8()));
                continue;
            }
            None => closing = QUOTES.iter().find(|(open, _)| *open == letter).map(|(_, close)| *close),
        }
        masked.push(letter.to_ascii_lowercase());
    }
    masked
}

/// Where the clauses behind the first begin.
fn borders(masked: &str) -> Vec<usize> {
    let found =
        BORDERS.iter().flat_map(|border| masked.match_indices(border).map(|(at, sign)| at + sign.len()));
    let mut found: Vec<usize> = found.collect();
    found.sort_unstable();
    found
}

/// The sentences of a line, each with what ends it. A full stop within a figure, a name or a quotation ends none.
fn sentences(line: &str) -> Vec<&str> {
    let masked = without_quoted(line);
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = masked.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        if sentence::ends(letter, next, true) {
            let end = at + letter.len_utf8();
            found.push(&line[start..end]);
            start = end;
        }
    }
    if start < line.len() {
        found.push(&line[start..]);
    }
    found
}

#[cfg(test)]
mod tests;
