//! Whatever people type gives a reply, and its edits apply.

use agent::{Kind, Language, reply_for};
use proptest::prelude::*;
use timeline::Timeline;

use super::stage::{LIBRARY, adding, after, empty, reading, scored, three};

/// Words that mean something to the reader, to be thrown together at random.
pub(crate) const WORDS: &[&str] = &[
    "add",
    "music",
    "no",
    "not",
    "drums",
    "from",
    "to",
    "0:10",
    "0:40",
    "20%",
    "-5",
    "at",
    "quieter",
    "much",
    "calm",
    "sad",
    "lofi",
    "epic",
    "fade out",
    "over",
    "3 seconds",
    "hit",
    "first",
    "last",
    "half",
    "remove",
    "another one",
    "also",
    "until",
    "the end",
    "120 bpm",
    "in a minor",
    "duck",
    "piano",
    "strings",
    "then",
    "trim",
    "chiptune",
    "the existing music",
    "lock",
    "unlock it",
    "don't touch",
    "keep",
    "another melody",
    "new",
    "chorus",
    "part",
    "everything else",
    "he starts talking",
    "he stops talking",
    "the second scene",
    "the first cut",
    "nobody talks",
    "at the end",
    "mute",
    "same level everywhere",
    "build up",
    "at first",
    "boring",
    "does it",
    "how loud is it",
    "minor key",
    "if",
    "louder than 20%",
    "no wait",
    "later",
    "earlier",
    "extend to",
    "run to the end",
    "the epic part",
    "the lofi one",
    "every cut",
    "the first one",
    "the first half",
    "swap",
    "guitar",
    "minus",
    "why",
    "for the rest",
    "第一首",
    "第二首",
    "如果",
    "就",
    "不对",
    "代替",
    "提前",
    "保持不变",
    "钢琴",
    "锁定",
    "不要动",
    "换个鼓点",
    "重写",
    "说话",
    "之后",
    "第二个镜头",
    "片头",
    "由弱到强",
    "什么调",
    "吗",
    "剪掉",
    "speech",
    "cut out",
    "keep only",
    "split",
    "the video",
    "the second clip",
    "swap",
    "slow motion",
    "2x",
    "original audio",
    "mute",
    "vertical",
    "black bars",
    "crossfade",
    "to black",
    "原声",
    "竖屏",
    "第三段",
    "视频加速",
    "分割",
    "more",
    "less",
    "only",
    "bass",
    "youtube",
    ",",
    ".",
    "and",
    "300%",
    "9:16",
    "the second one",
    "all",
    "for",
    "between",
    "99999999999",
    "加",
    "音乐",
    "不要",
    "鼓",
    "从",
    "10秒",
    "到",
    "20秒",
    "三成",
    "小声一点",
    "换一首",
    "最后",
    "前半段",
    "淡出",
    "悲伤",
    "一点",
    "在",
    "卡点",
    "去掉",
    "人声",
    "更",
    "抖音",
    "-",
    "\"",
    "\u{1f3b5}",
    "1e309",
    "0:00",
    "0 s",
];

fn holds(request: &str, timeline: &Timeline) {
    let reading = reading(request, timeline);
    let next = after(timeline, &reading);
    assert!(!reading.reply.trim().is_empty());
    assert_eq!(reading.kind == Kind::Edited, !reading.edits.is_empty(), "{request}");
    assert_eq!(reading.kind == Kind::Edited, next != *timeline, "{request}: {:?}", reading.edits);
    assert_eq!(reading.language, Language::of(request));
    let added = adding(request, timeline);
    assert!(!added.reply.trim().is_empty());
    assert_eq!(
        added.kind == Kind::Edited,
        after(timeline, &added) != *timeline,
        "{request}: {:?}",
        added.edits
    );
    assert!(!reply_for(&reading, timeline, &next, None, &LIBRARY).trim().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_reply(request in any::<String>()) {
        holds(&request, &empty());
        holds(&request, &scored());
    }

    #[test]
    fn any_words_give_a_reply(words in prop::collection::vec(prop::sample::select(WORDS), 0..14)) {
        let request = words.join(" ");
        holds(&request, &empty());
        let two = after(&scored(), &reading("also add chiptune in the last 10 seconds", &scored()));
        holds(&request, &two);
        holds(&request, &three());
        holds(&words.concat(), &scored());
        holds(&request, &after(&two, &reading("louder in the middle and lock it", &two)));
    }
}

#[test]
fn naughty_texts_are_read() {
    for request in [
        "",
        " ",
        "\0",
        "\u{feff}",
        "\u{202e}evil",
        "'",
        "''",
        "\"",
        "“",
        "......",
        "-",
        "--",
        "0",
        "%",
        ":",
        "1:2:3:4:5",
        "999999999999999999999999999999999999999999 seconds",
        "from from from to to",
        "İİİ",
        "ﬀ",
        "\u{1f468}\u{200d}\u{1f469}",
        "百分之",
        "半",
        "十十十十百百",
        "升",
        "key of",
        ".mp4",
        "a.mp4b.mp4",
        "http://",
        "秒秒秒",
        "零秒",
        "-0%",
    ] {
        holds(request, &empty());
        holds(request, &scored());
    }
    let long = "quieter and sad ".repeat(20_000);
    holds(&long, &scored());
}
