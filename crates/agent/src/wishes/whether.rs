//! Questions that want a yes or a no: "does it loop", `有淡出吗`. They change nothing.

/// Words with which such a question begins.
const OPENINGS: [&str; 24] = [
    "do i ",
    "do we ",
    "do you have ",
    "do you know ",
    "does the video ",
    "does the film ",
    "is the video ",
    "is the film ",
    "is it ",
    "does it ",
    "which one is ",
    "which piece is ",
    "does the music ",
    "does this ",
    "is the music ",
    "is this music ",
    "are there ",
    "is there ",
    "will the music ",
    "will it ",
    "has the music ",
    "did the music ",
    "did you ",
    "why ",
];

/// Words that make a wish of a question: "will it be possible to", `能不能`.
const POLITE: [&str; 16] = [
    "could",
    "possible",
    "way to",
    "chance",
    "please",
    "why don't you",
    "why not",
    "能",
    "可以",
    "可不可以",
    "行吗",
    "好吗",
    "好不好",
    "要",
    "加",
    "帮",
];

/// Whether a request only asks if something is so.
pub(super) fn asks(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['?', '.', '!', ' ']);
    let english = OPENINGS.iter().any(|opening| text.starts_with(opening));
    let chinese = text.ends_with('吗')
        || text.contains('有') && text.ends_with('没')
        || text.ends_with("没有")
        || ["哪首", "哪一首", "哪段音乐"].iter().any(|which| text.starts_with(which))
        || text.starts_with("有没有")
        || text.starts_with("是不是")
        || text.starts_with("为什么");
    (english || chinese) && !POLITE.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polite_wishes_are_no_questions() {
        for question in
            ["does it loop?", "is the music locked", "有淡出吗", "音乐锁了吗", "哪首比较大声", "有钢琴没"]
        {
            assert!(asks(question), "{question}");
        }
        for wish in ["can it fade out?", "is there any way to make it louder", "能大声点吗", "可以加音乐吗"]
        {
            assert!(!asks(wish), "{wish}");
        }
    }
}
