//! Clips called by the names of their files, "remove b.mp4", `删掉b.mp4`: told as their numbers.

use timeline::Timeline;

use crate::language::Language;

/// The request with the number of a clip in the place of its file's name, where there are several clips.
pub(crate) fn numbered(request: &str, timeline: &Timeline) -> String {
    let mut text = request.to_owned();
    if timeline.clips.len() < 2 {
        return text;
    }
    for (n, clip) in timeline.clips.iter().enumerate() {
        let Some(source) = timeline.source(clip.source).filter(|source| source.name.contains('.')) else {
            continue;
        };
        // Bytes of Latin letters are the same in both cases, so that places agree.
        let (lower, name) = (text.to_ascii_lowercase(), source.name.to_ascii_lowercase());
        let Some(at) = lower.match_indices(&name).map(|(at, _)| at).find(|at| !is_quoted(&text[..*at]))
        else {
            continue;
        };
        let behind = &text[at + name.len()..];
        let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '"' | '“' | '「' | '_' | '-' | '/');
        let part = text[..at].chars().next_back().is_some_and(inside)
            || behind.chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
        if !part {
            let number = match Language::of(request).is_chinese() {
                true => format!("第{}段", n + 1),
                false => format!("clip {}", n + 1),
            };
            text.replace_range(at..at + name.len(), &number);
        }
    }
    text
}

/// Whether a quotation was begun and not ended in what stands before.
fn is_quoted(before: &str) -> bool {
    let pairs = [('“', '”'), ('「', '」'), ('『', '』'), ('«', '»'), ('《', '》')];
    let count = |mark: char| before.matches(mark).count();
    count('"') % 2 == 1 || pairs.iter().any(|(open, close)| count(*open) > count(*close))
}
