//! Translates talk of buttons and panels, which some servers send, into what is done or said here.

use agent::Language;

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

const PRESS: [&str; 10] =
    ["click ", "click on", "tap ", "press the", "hit the", "点击", "单击", "點擊", "點一下", "点一下"];
/// Sounds that have the names of what is done to buttons.
const SOUNDS: [&str; 4] = ["click track", "click sound", "tap dance", "tap delay"];
const DRAG: [&str; 6] = ["drag ", "拖拽", "拖动", "拖到", "拖曳", "拖動"];
const OPEN: [&str; 4] = ["open ", "打开", "開啟", "打開"];
const PLACES: [&str; 17] = [
    "timeline",
    "panel",
    "editor",
    "tab",
    "menu",
    "window",
    "sidebar",
    "preview",
    "面板",
    "时间线",
    "时间轴",
    "编辑器",
    "菜单",
    "窗口",
    "侧栏",
    "預覽",
    "预览",
];
const PREVIEW: [&str; 5] = [
    "preview in timeline",
    "preview in the timeline",
    "preview it in the timeline",
    "时间线预览",
    "时间线中预览",
];
const EXPORT: [&str; 6] = ["export", "download", "导出", "下载", "匯出", "下載"];
/// What makes a sentence an offer, and a clause nothing without what follows.
const WHEN: [&str; 13] = [
    "when ",
    "whenever ",
    "if ",
    "once ",
    "you can ",
    "after ",
    "feel free",
    "如果",
    "当",
    "等",
    "可以",
    "若",
    "想",
];
/// Where a clause begins.
const CLAUSES: [&str; 10] =
    [", ", "; ", " — ", " - ", "，", "；", " and then ", " then ", " and click ", " and open "];

/// Keeps the content of a reply, and turns what is about buttons into wishes.
pub(crate) fn translate(reply: &str) -> Translated {
    let mut kept: Vec<String> = Vec::new();
    let mut wishes: Vec<Wish> = Vec::new();
    for line in reply.lines() {
        let mut left = String::new();
        for sentence in sentences(line) {
            match wish(&sentence.to_lowercase(), sentence) {
                None => left.push_str(sentence),
                Some(found) => {
                    left.push_str(&content(sentence));
                    wishes.extend(Some(found).filter(|found| !wishes.contains(found)));
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

/// The wish of a sentence about buttons.
fn wish(lower: &str, sentence: &str) -> Option<Wish> {
    let has = |signs: &[&str]| signs.iter().any(|sign| lower.contains(sign));
    let offers = has(&WHEN);
    if has(&PREVIEW) {
        return Some(Wish::Tracks);
    }
    if has(&DRAG) {
        return Some(if offers { Wish::Tracks } else { Wish::Edit(moved(sentence)) });
    }
    if has(&PRESS) && !has(&SOUNDS) {
        return Some(match (has(&EXPORT), offers) {
            (true, false) => Wish::Export,
            (true, true) => Wish::Offer,
            (false, _) => Wish::Tracks,
        });
    }
    (has(&OPEN) && has(&PLACES)).then_some(Wish::Tracks)
}

/// The clauses of a sentence about buttons that are about something else.
fn content(sentence: &str) -> String {
    let mut text = sentence.to_owned();
    for border in CLAUSES {
        let keep = border.trim_start_matches([' ', ',', ';']);
        text = text.replace(
            border,
            &format!("\u{0}{}", if keep.contains("click") || keep.contains("open") { keep } else { "" }),
        );
    }
    let about_buttons = |clause: &str| {
        let lower = format!("{} ", clause.to_lowercase());
        wish(&lower, clause).is_some() || WHEN.iter().any(|sign| lower.trim_start().starts_with(sign))
    };
    let clauses: Vec<&str> = text.split('\u{0}').map(str::trim).collect();
    let end = clauses.iter().position(|clause| about_buttons(clause)).unwrap_or(clauses.len());
    let chinese = Language::of(sentence).is_chinese();
    let kept = clauses[..end].join(if chinese { "，" } else { ", " });
    match kept.trim_end_matches(['.', '。', '!', '！']) {
        "" => String::new(),
        kept => format!("{kept}{} ", if chinese { "。" } else { "." }),
    }
}

/// A drag as a sentence for the agent.
fn moved(sentence: &str) -> String {
    let lower = sentence.to_lowercase();
    let Some(at) = lower.find("drag ").filter(|_| lower.len() == sentence.len()) else {
        let words = DRAG.iter().fold(sentence.to_owned(), |words, sign| words.replace(sign, "移"));
        return words.trim().to_owned();
    };
    format!("move {}", sentence[at + "drag ".len()..].trim().trim_end_matches('.'))
}

/// The sentences of a line, each with what ends it. A full stop within a figure or a name ends none.
fn sentences(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = line.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let ends = match letter {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends {
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
mod tests {
    use super::*;

    fn told(reply: &str) -> (String, Vec<Wish>) {
        let translated = translate(reply);
        (translated.text, translated.wishes)
    }

    #[test]
    fn buttons_become_deeds_and_content_stays() {
        let cases = [
            (
                "Added lo-fi at 35%. Click Export to download your video.",
                "Added lo-fi at 35%.",
                vec![Wish::Export],
            ),
            (
                "Added lo-fi at 35%, click the Export button to get it.",
                "Added lo-fi at 35%.",
                vec![Wish::Export],
            ),
            ("Done. When you are ready, click Export.", "Done.", vec![Wish::Offer]),
            (
                "The music is 10.5 s long. Open the timeline panel to see it.",
                "The music is 10.5 s long.",
                vec![Wish::Tracks],
            ),
            ("You can preview in timeline.", "", vec![Wish::Tracks]),
            (
                "Drag the music track to 0:05.",
                "",
                vec![Wish::Edit("move the music track to 0:05".to_owned())],
            ),
            ("已添加背景音乐。点击“导出”下载视频。", "已添加背景音乐。", vec![Wish::Export]),
            ("配乐已经换好，可以点击导出按钮。", "配乐已经换好。", vec![Wish::Offer]),
            ("打开时间线面板查看。", "", vec![Wish::Tracks]),
            ("把音乐拖到第5秒。", "", vec![Wish::Edit("把音乐移第5秒。".to_owned())]),
        ];
        for (reply, text, wishes) in cases {
            assert_eq!(told(reply), (text.to_owned(), wishes), "{reply}");
        }
    }

    #[test]
    fn words_about_no_button_stay_as_they_are() {
        for reply in [
            "The music opens softly, with a piano.",
            "A click track at 120 BPM plays under it.",
            "I can export it in 720p; say \"export\".",
            "Two lines.\n\nAnd a third.",
            "已把音乐调低到 20%。",
        ] {
            assert_eq!(told(reply), (reply.to_owned(), Vec::new()));
        }
    }
}
