//! What people ask about the conversation itself, and what ends it in nothing: "what did I change?", "never mind".

use timeline::History;

use crate::normal::{QUOTED, normal};
use crate::reply::Voice;

/// Words that take a wish back before anything was done.
const CANCELS: &[&str] = &[
    "cancel",
    "never mind",
    "nevermind",
    "forget it",
    "forget about it",
    "drop it",
    "no thanks",
    "no title",
    "skip",
    "skip it",
    "nothing",
    "stop",
    "取消",
    "算了",
    "不用了",
    "不要了",
    "没事了",
    "不改了",
    "当我没说",
];
const VERSIONS: &[&str] = &[
    "list my versions",
    "list the versions",
    "list versions",
    "which versions",
    "what versions",
    "show my versions",
    "有哪些版本",
    "列出版本",
    "都有什么版本",
];
const CHANGES: &[&str] = &[
    "what did i just change",
    "what did i change",
    "what did the last change do",
    "what have i done",
    "what was changed",
    "what changed",
    "show the history",
    "show my history",
    "我改了什么",
    "刚才改了什么",
    "改了哪些",
    "修改历史",
    "历史记录",
];
/// Words that ask for the last wish once more.
const MORE: &[&str] = &[
    "more",
    "even more",
    "a bit more",
    "a little more",
    "some more",
    "still more",
    "much more",
    "further",
    "keep going",
    "再多一点",
    "再多点",
    "再来一点",
    "再来点",
    "还要",
    "更多",
    "继续",
    "再进一步",
    "再一点",
];
/// Steps that are told at most, the latest.
const TOLD: usize = 5;

/// What somebody who wants more of it said last.
pub(super) fn repeated<'h>(request: &str, history: &'h History) -> Option<&'h str> {
    let text = normal(request).text;
    let last = history.past().last()?;
    (MORE.contains(&bare(&text)) && !last.said.is_empty()).then_some(last.said.as_str())
}

/// A request without marks and politeness.
fn bare(text: &str) -> &str {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches("吧").trim();
    bare.strip_suffix("please").unwrap_or(bare).trim()
}

/// The answer to what concerns the conversation itself; none where something else is said.
pub(super) fn answer(request: &str, history: &History, voice: Voice<'_>) -> Option<String> {
    let text = normal(request).text;
    let asks = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(phrase));
    if CANCELS.contains(&bare(&text)) && !text.contains(QUOTED) {
        return Some(voice.cancelled());
    }
    if asks(VERSIONS) {
        return Some(voice.versions(&history.names().collect::<Vec<_>>()));
    }
    if asks(CHANGES) {
        let said: Vec<&str> = history.past().iter().skip(1).map(|step| step.said.as_str()).collect();
        return Some(voice.changes(&said[said.len().saturating_sub(TOLD)..], said.len()));
    }
    None
}
