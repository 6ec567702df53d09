//! Figures as replies write them.

use sound::{Span, Time};

/// A number without needless zeros: `35`, `33.5`.
pub(super) fn tidy(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text };
    if text == "-0" { "0".to_owned() } else { text }
}

/// A point on the clock to the tenth: `0:10`, `0:16.6`, `1:02:03`.
pub(super) fn clock(time: Time) -> String {
    let tenths = (time.seconds() * 10.0).round() as i64;
    let (sign, tenths) = (if tenths < 0 { "-" } else { "" }, tenths.abs());
    let (whole, part) = (tenths / 10, tenths % 10);
    let fraction = if part == 0 { String::new() } else { format!(".{part}") };
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 {
        format!("{sign}{hours}:{minutes:02}:{seconds:02}{fraction}")
    } else {
        format!("{sign}{minutes}:{seconds:02}{fraction}")
    }
}

/// A stretch: its two ends.
pub(super) fn ends(span: Span) -> (String, String) {
    (clock(span.start), clock(span.end))
}

/// A length in seconds: `2`, `1.5`.
pub(super) fn seconds(time: Time) -> String {
    tidy(time.seconds(), 2)
}

/// A title's words as a reply quotes them: in one line, without what would turn or break it.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_like_a_clock() {
        for (seconds, shown) in
            [(0.0, "0:00"), (10.0, "0:10"), (16.57, "0:16.6"), (33.5, "0:33.5"), (3723.0, "1:02:03")]
        {
            assert_eq!(clock(Time::from_seconds(seconds)), shown);
        }
        assert_eq!(clock(Time::from_seconds(59.999)), "1:00");
    }
}
