//! The timeline in one line, as people read it in a chat.

use std::fmt;

use sound::Span;

use crate::Timeline;

impl fmt::Display for Timeline {
    /// `Timeline (2 tracks): 1. Video: city.mp4 (0-10s) 2. BGM: Lo-fi (0-10s, 35%)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tracks = 1 + self.beds.len() + self.titles.len();
        let plural = if tracks == 1 { "" } else { "s" };
        write!(
            f,
            "Timeline ({tracks} track{plural}): 1. Video: {} ({})",
            self.film.name,
            range(self.whole())
        )?;
        for (index, bed) in self.beds.iter().enumerate() {
            write!(
                f,
                " {}. BGM: {} ({}, {}%)",
                index + 2,
                bed.name,
                range(bed.span),
                tidy(bed.level_pct, 0)
            )?;
        }
        for (index, title) in self.titles.iter().enumerate() {
            let number = index + 2 + self.beds.len();
            write!(f, " {number}. Title: \"{}\" ({})", title.text.replace('\n', " "), range(title.span))?;
        }
        Ok(())
    }
}

fn range(span: Span) -> String {
    format!("{}-{}s", tidy(span.start.seconds(), 1), tidy(span.end.seconds(), 1))
}

/// A figure without needless zeros: `10`, `33.5`.
fn tidy(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
