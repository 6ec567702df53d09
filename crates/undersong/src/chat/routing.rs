//! What a sentence is for: the agent, or one of the few things that are done without it.

/// What is to be done about a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Route {
    Export(Output),
    Credits,
    State,
    /// Somebody wants to send a file and names none.
    Upload,
    /// The agent reads it; `then` the film is wanted, too.
    Say {
        words: String,
        then: Option<Output>,
    },
    Leave,
}

/// How the film is wanted; what nobody says is left to the server.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Output {
    pub(crate) resolution: Option<&'static str>,
    pub(crate) quality: Option<&'static str>,
}

/// Signs of what is wanted, and words that change nothing about it; a bar stands between two.
const EXPORT: &str = "export|download|send me the video|send me the film|send it to me|give me the video|render|导出|下载|发给我|匯出|輸出|下載|發給我";
const CREDITS: &str = "credits|credit|balance|积分|余额|点数|積分|餘額|點數";
const STATE: &str = "status|show tracks|show the tracks|tracks|状态|轨道|时间线|狀態|軌道|時間線";
const UPLOAD: &str = "upload|send a file|上传|上傳";
const LEAVE: &str = "quit|exit|bye|goodbye|/quit|/exit|再见|退出|再見";
const FILLERS: &str = "please|the|a|an|my|me|it|this|that|now|video|videos|film|clip|file|final|finished|result|is|are|what|what's|whats|how|many|much|do|i\
    |have|left|check|show|tell|see|can|could|you|just|and|of|to|as|in|mp4|ok|okay|again|current|account|let's|remaining|on|for|with\
    |请|可以|能|我|的|还|剩|多少|有|视频|影片|一下|把|看看|吧|查|查看|个|给|现在|这|帮|了|吗|显示|几|成|請|還|視頻|個|給|現在|這|幫|嗎|顯示|幾";
const RESOLUTIONS: [(&str, &str); 6] = [
    ("2160p", "2160p"),
    ("4k", "2160p"),
    ("1440p", "1440p"),
    ("1080p", "1080p"),
    ("720p", "720p"),
    ("480p", "480p"),
];
const QUALITIES: [(&str, &str); 7] = [
    ("high quality", "high"),
    ("medium quality", "medium"),
    ("draft quality", "draft"),
    ("高质量", "high"),
    ("高清", "high"),
    ("中等质量", "medium"),
    ("草稿", "draft"),
];
/// Between two wishes of one sentence.
const THEN: &str = ", and then | and then |, then |, and | and | then |，然后|，再|，并|然后|，|。|; |. ";

/// Reads what a sentence is for.
pub(crate) fn route(sentence: &str) -> Route {
    let sentence = sentence.trim();
    if LEAVE.split('|').any(|sign| bare(sentence) == sign) {
        return Route::Leave;
    }
    if let Some(route) = alone(sentence) {
        return route;
    }
    let say = |words: &str, then| Route::Say { words: words.to_owned(), then };
    if asks(sentence) {
        return say(sentence, None);
    }
    for border in THEN.split('|') {
        let Some((wish, last)) = sentence.rsplit_once(border) else { continue };
        if let (Some(Route::Export(output)), false) = (alone(last), wish.trim().is_empty()) {
            return say(wish.trim(), Some(output));
        }
    }
    say(sentence, None)
}

/// What a sentence is for that holds nothing but that. Questions whether and how something works are the agent's.
fn alone(sentence: &str) -> Option<Route> {
    let mut words = format!(" {} ", bare(sentence));
    let resolution = taken(&mut words, &RESOLUTIONS);
    let quality = taken(&mut words, &QUALITIES);
    let holds = |signs: &str| {
        let sign = signs.split('|').filter(|sign| said(&words, sign)).max_by_key(|sign| sign.len());
        sign.is_some_and(|sign| is_filler(&words.replacen(sign, " ", 1)))
    };
    if holds(CREDITS) && !said(&words, "it") && !said(&words, "this") {
        return Some(Route::Credits);
    }
    if holds(EXPORT) && !asks(sentence) {
        return Some(Route::Export(Output { resolution, quality }));
    }
    if resolution.is_some() || quality.is_some() {
        return None;
    }
    if holds(STATE) {
        return Some(Route::State);
    }
    (holds(UPLOAD) && !asks(sentence)).then_some(Route::Upload)
}

/// Whether somebody wants to know something, and not to have it done.
fn asks(sentence: &str) -> bool {
    let words = bare(sentence);
    let begins = |signs: &str| signs.split('|').any(|sign| words.starts_with(sign));
    let is_marked = sentence.trim_end().ends_with(['?', '？']) || words.ends_with(['吗', '嗎', '么', '麼']);
    let is_polite = begins("can you|could you|will you|would you|please|能|可以|请|請|帮|幫");
    begins("how |what |why |is |are |does |do i |can i |could i |should |where |when ")
        || is_marked && !is_polite
}

/// The sentence in small letters, without what ends and encloses it; letters of two scripts do not touch.
fn bare(sentence: &str) -> String {
    let mut words = String::new();
    for letter in sentence.to_lowercase().chars() {
        let foreign = |last: char| last.is_ascii() != letter.is_ascii();
        if matches!(letter, '.' | '!' | '?' | '。' | '！' | '？' | ',' | '，') || words.ends_with(foreign)
        {
            words.push(' ');
        }
        words.push(letter);
    }
    let words = words.replace(['.', '!', '?', '。', '！', '？', ',', '，'], " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes the first of these words out of a sentence, and gives what it stands for.
fn taken(words: &mut String, table: &[(&str, &'static str)]) -> Option<&'static str> {
    let (sign, meant) = table.iter().find(|(sign, _)| said(words, sign))?;
    *words = words.replacen(sign, " ", 1);
    Some(meant)
}

/// Whether a sign stands in a sentence: as words of its own, or anywhere where words have no spaces between them.
fn said(words: &str, sign: &str) -> bool {
    match sign.is_ascii() {
        true => words.contains(&format!(" {sign} ")),
        false => words.contains(sign),
    }
}

/// Whether nothing is said but what changes nothing.
fn is_filler(words: &str) -> bool {
    words.split_whitespace().all(|word| {
        let mut rest = word;
        while !rest.is_empty() {
            let begins =
                |filler: &&str| if filler.is_ascii() { rest == *filler } else { rest.starts_with(filler) };
            let Some(filler) = FILLERS.split('|').filter(begins).max_by_key(|filler| filler.len()) else {
                return false;
            };
            rest = &rest[filler.len()..];
        }
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(words: &str) -> Route {
        Route::Say { words: words.to_owned(), then: None }
    }

    #[test]
    fn a_few_sentences_are_not_for_the_agent() {
        let export = Route::Export(Output::default());
        for words in [
            "export",
            "Export it, please.",
            "download the video",
            "send me the video",
            "导出",
            "请导出视频",
            "把视频发给我",
            "can you send me the video?",
            "可以导出吗？",
            "下载",
        ] {
            assert_eq!(route(words), export, "{words}");
        }
        for words in [
            "credits",
            "How many credits do I have left?",
            "balance",
            "余额",
            "我还剩多少积分？",
            "查一下余额",
        ] {
            assert_eq!(route(words), Route::Credits, "{words}");
        }
        for words in ["status", "show tracks", "what's the status?", "状态", "看看状态", "显示轨道"]
        {
            assert_eq!(route(words), Route::State, "{words}");
        }
        assert_eq!(route("upload a file"), Route::Upload);
        assert_eq!(route("上传视频"), Route::Upload);
        assert_eq!(route("bye!"), Route::Leave);
    }

    #[test]
    fn a_film_is_wanted_in_a_size() {
        let wanted = |resolution, quality| Route::Export(Output { resolution, quality });
        assert_eq!(route("export it in 720p"), wanted(Some("720p"), None));
        assert_eq!(route("导出1080p高清视频"), wanted(Some("1080p"), Some("high")));
        assert_eq!(route("export as mp4 in draft quality"), wanted(None, Some("draft")));
    }

    #[test]
    fn what_only_sounds_like_it_is_for_the_agent() {
        for words in [
            "balance the music and the speech",
            "add a title that says \"Download now\"",
            "add background music that matches the mood of my video",
            "don't export yet",
            "how do I export?",
            "how do I trim and download?",
            "What happens if I mute it and export?",
            "is this the final export?",
            "can I download it?",
            "导出了吗？",
            "balance it",
            "can you balance it",
            "what can you do?",
            "给我的游戏视频加复古芯片音乐",
            "标题写上\"下载\"",
            "先不要导出",
            "change the status quo music",
        ] {
            assert_eq!(route(words), say(words), "{words}");
        }
    }

    #[test]
    fn two_wishes_are_done_one_after_the_other() {
        let both = |words: &str, resolution| Route::Say {
            words: words.to_owned(),
            then: Some(Output { resolution, quality: None }),
        };
        assert_eq!(route("make it quieter and export it"), both("make it quieter", None));
        assert_eq!(
            route("add calm piano, then send me the video in 720p"),
            both("add calm piano", Some("720p"))
        );
        assert_eq!(route("音乐小声一点，然后导出"), both("音乐小声一点", None));
    }
}
