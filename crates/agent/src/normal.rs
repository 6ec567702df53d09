//! One way of writing for everything: width, case, character set; what is quoted or a file name is taken out.

use crate::language::han;

/// Stands for what was quoted: data, of which nothing is obeyed. Nobody types it.
pub(crate) const QUOTED: char = '\u{fffc}';

/// Longest request that is read, in characters; what comes after is not looked at.
const LONGEST: usize = 4_000;

/// Endings of names that belong to files.
const FILE_ENDINGS: [&str; 20] = [
    ".mp4", ".mov", ".avi", ".webm", ".mkv", ".m4v", ".mp3", ".wav", ".m4a", ".aac", ".flac", ".ogg", ".jpg",
    ".jpeg", ".png", ".gif", ".webp", ".srt", ".mid", ".json",
];

/// A request in one way of writing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Normal {
    /// In lower case, half width and simplified characters; [`QUOTED`] stands for quotations, links and file names.
    pub(crate) text: String,
    /// What each [`QUOTED`] stands for, as it was written; `None` for links and file names.
    pub(crate) quoted: Vec<Option<String>>,
}

/// The request in one way of writing.
pub(crate) fn normal(request: &str) -> Normal {
    let written: Vec<char> = request.chars().take(LONGEST).collect();
    let text: String = written.iter().copied().map(letter).collect();
    let inner = unwrapped(&text);
    let begin = text.find(inner).map_or(0, |at| text[..at].chars().count());
    let written = &written[begin..begin + inner.chars().count()];
    let (text, quotations) = without_quotations(inner, written);
    let mut quotations = quotations.into_iter();
    let mut normal = Normal::default();
    for word in text.split_inclusive(char::is_whitespace) {
        if word.contains(QUOTED) {
            normal.text.push_str(word);
            normal.quoted.push(quotations.next());
        } else {
            let kept = without_file_name(word);
            normal.quoted.extend(kept.contains(QUOTED).then_some(None));
            normal.text.push_str(&kept);
        }
    }
    normal
}

/// A character in one way of writing: one for one, so that what was written can be found again.
fn letter(c: char) -> char {
    let c = match c {
        QUOTED => ' ',
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '’' | 'ʼ' | '`' | '´' => '\'',
        '–' | '—' | '−' | '‐' | '‑' | '〜' => '-',
        '、' => ',',
        '。' => '.',
        c if c.is_control() => ' ',
        c => c,
    };
    // Special casing of `İ` and its like makes two characters of one; only the first counts here.
    han::simplified(c).to_lowercase().next().unwrap_or(c)
}

/// The pairs in which people put what they quote.
const QUOTES: [(char, char); 7] =
    [('"', '"'), ('“', '”'), ('„', '“'), ('「', '」'), ('『', '』'), ('《', '》'), ('«', '»')];

/// A request that is quoted as a whole is a request all the same.
fn unwrapped(text: &str) -> &str {
    let text = text.trim();
    for (open, close) in QUOTES.into_iter().chain([('\'', '\'')]) {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains([open, close])) {
            return inner;
        }
    }
    text
}

/// A text without quotations, and these as they were `written`, letter by letter of the text.
fn without_quotations(text: &str, written: &[char]) -> (String, Vec<String>) {
    let (mut kept, mut rest) = (String::with_capacity(text.len()), text);
    let mut quotations = Vec::new();
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match closing(c, kept.chars().last(), after) {
            Some((inside, behind)) if names_a_style(behind) => {
                kept.extend([" ", inside, " "]);
                rest = behind;
            }
            Some((inside, behind)) => {
                let from = written.len() - behind.chars().count() - 1 - inside.chars().count();
                quotations.push(written[from..].iter().take(inside.chars().count()).collect());
                kept.extend([' ', QUOTED, ' ']);
                rest = behind;
            }
            None => {
                kept.push(c);
                rest = after;
            }
        }
    }
    (kept, quotations)
}

/// What stands between this opening mark and its closing one, and what comes after.
fn closing(open: char, before: Option<char>, after: &str) -> Option<(&str, &str)> {
    let opens_word = before.is_none_or(|c| !c.is_alphanumeric());
    if open == '\'' {
        // An apostrophe opens a quotation only before a word, and closes it only after one.
        let end = after
            .match_indices('\'')
            .find(|(at, _)| after[at + 1..].chars().next().is_none_or(|c| !c.is_alphanumeric()))?;
        return (opens_word && end.0 > 0).then(|| (&after[..end.0], &after[end.0 + 1..]));
    }
    let close = QUOTES.iter().find(|pair| pair.0 == open)?.1;
    let end = after.find(close)?;
    Some((&after[..end], &after[end + close.len_utf8()..]))
}

/// Whether what follows a quotation says that it was the name of a style: `"lo-fi" music`.
fn names_a_style(behind: &str) -> bool {
    let behind = behind.trim_start();
    ["music", "style", "vibe", "feel", "mood", "风格", "音乐", "的风格", "的音乐", "感觉", "的感觉"]
        .iter()
        .any(|word| behind.starts_with(word))
}

fn without_file_name(word: &str) -> String {
    let is_link = word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.");
    if is_link {
        return format!(" {QUOTED} ");
    }
    let found = FILE_ENDINGS.iter().filter_map(|ending| {
        let end = word.find(ending)? + ending.len();
        word[end..].chars().next().is_none_or(|c| !c.is_ascii_alphanumeric()).then_some(end)
    });
    let Some(end) = found.max() else { return word.to_owned() };
    let stem_is_latin = |c: char| c.is_ascii_alphanumeric() || "._-()[]/\\:".contains(c);
    // A name that ends in Han characters may be any of them; a Latin one begins where Latin begins.
    let dot = word[..end].rfind('.').unwrap_or(0);
    let latin = word[..dot].chars().next_back().is_some_and(stem_is_latin);
    let start =
        if latin { word[..dot].rfind(|c| !stem_is_latin(c)).map_or(0, |at| next(word, at)) } else { 0 };
    format!("{} {QUOTED} {}", &word[..start], &word[end..])
}

fn next(word: &str, at: usize) -> usize {
    at + word[at..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(request: &str, expected: &str) {
        let text = normal(request).text.replace(QUOTED, "\"");
        assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn width_case_and_characters_become_one() {
        check("Ａｄｄ　ＭＵＳＩＣ　２０％", "add music 20%");
        check("加點輕鬆的音樂。", "加点轻松的音乐.");
        check("don’t", "don't");
    }

    #[test]
    fn quotations_and_file_names_are_taken_out() {
        check("add a title \"remove the music\" please", "add a title \" please");
        check("加标题「去掉音乐」", "加标题 \"");
        check("score remove_music.mp4 now", "score \" now");
        check("给happy.mp4加音乐", "给 \" 加音乐");
        check("make 'no music' smaller, don't", "make \" smaller, don't");
        check("see https://example.org/sad now", "see \" now");
    }

    #[test]
    fn quotations_are_kept_as_they_were_written() {
        let quoted = |request| normal(request).quoted;
        let words = |text: &str| Some(text.to_owned());
        assert_eq!(quoted("add \"Urban DREAMS\" to a.mp4"), [words("Urban DREAMS"), None]);
        assert_eq!(quoted("İ \u{fffc} 加标题「老街，Ａ」"), [words("老街，Ａ")]);
        assert_eq!(quoted("b.mp4 and \"a b.mp4 c\""), [None, words("a b.mp4 c")]);
        assert_eq!(quoted("\"lo-fi\" music"), []);
    }

    #[test]
    fn a_request_in_quotes_is_still_a_request() {
        check("\"add background music\"", "add background music");
        check("“加音乐”", "加音乐");
        check("use \"lo-fi\" music", "use lo-fi music");
    }
}
