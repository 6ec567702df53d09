//! What a child says of its failure, made fit for a sentence: one line without paths and control characters.

/// Longest message, in characters.
const LONGEST: usize = 160;

/// The gravest of the last messages in `log`; empty when it holds none.
///
/// `paths` are the files and folders the child was given: they name hidden and temporary files, which tell a reader
/// nothing, and the sentence around the message says which film it is about. A film's titles may stand in the log.
pub(super) fn plain(log: &str, paths: &[String]) -> String {
    let mut lines = log.lines().rev().filter(|line| !line.trim().is_empty());
    // With `-loglevel level+info` the errors are marked and stand among other news.
    let grave = |line: &&str| line.contains("[error]") || line.contains("[fatal]");
    let Some(line) = lines.clone().find(grave).or_else(|| lines.next()) else { return String::new() };
    let mut line = line.to_owned();
    for path in paths {
        line = without(&line, path);
    }
    // "[mov,mp4 @ 0x55e8a7648180] moov atom not found": the address says nothing.
    let text = line.rsplit_once("] ").map_or(line.as_str(), |(_, text)| text);
    let text: String = text.chars().filter(|c| !steers(*c)).collect();
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == ':');
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// `line` without `path`, the protocol before it and what lies below it.
fn without(line: &str, path: &str) -> String {
    let mut left = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once(path).filter(|_| path.len() > 1) {
        left.push_str(before.strip_suffix("file:").unwrap_or(before));
        let below = after.find(|c: char| c.is_whitespace() || matches!(c, ':' | '\'' | '"' | ',' | ')'));
        rest = if after.starts_with('/') { &after[below.unwrap_or(after.len())..] } else { after };
    }
    left + rest
}

/// Control characters, and those that turn the direction of writing.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn paths_addresses_and_control_characters_are_left_out() {
        let paths = ["/tmp/job-a1/film: 1.mkv".to_owned(), "/tmp/job-a1".to_owned()];
        for (log, message) in [
            ("[mov,mp4 @ 0x55e8a7648180] moov atom not found\n", "moov atom not found"),
            ("file:/tmp/job-a1/film: 1.mkv: Invalid data found\n\n", "Invalid data found"),
            ("Error opening file:/tmp/job-a1/sound.m4a: No space left\n", "Error opening : No space left"),
            ("[a @ 0x1] [error] first\n[b @ 0x2] [info] title: \u{1b}[31mx\n", "first"),
            ("title\u{202e}: \u{1b}[31mred\u{7}\n", "title: [31mred"),
            ("", ""),
        ] {
            assert_eq!(plain(log, &paths), message);
        }
        assert_eq!(plain(&"é".repeat(5000), &paths).chars().count(), 163);
    }
}
