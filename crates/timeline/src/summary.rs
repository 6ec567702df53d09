//! The timeline in one line, as people read it in a chat.

use std::fmt;

use sound::Span;

use crate::{Bed, Placed, Timeline, Title};

impl fmt::Display for Timeline {
    /// `Timeline (2 tracks): 1. Video: city.mp4 (0-10s) 2. BGM: Lo-fi (0-10s, 35%)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clips: Vec<String> = self.placed().iter().map(|placed| self.clip_line(placed)).collect();
        let beds = self.beds.iter().map(bed_line);
        let titles = self.titles.iter().map(title_line);
        let tracks: Vec<String> =
            std::iter::once(format!("Video: {}", clips.join(", "))).chain(beds).chain(titles).collect();
        let plural = if tracks.len() == 1 { "" } else { "s" };
        write!(f, "Timeline ({} track{plural}):", tracks.len())?;
        tracks.iter().enumerate().try_for_each(|(index, track)| write!(f, " {}. {track}", index + 1))
    }
}

impl Timeline {
    /// `city.mp4 (0-10s, 2x, muted)`
    fn clip_line(&self, placed: &Placed) -> String {
        let clip = placed.clip;
        let name = self.source(clip.source).map_or("", |source| source.name.as_str());
        let mut told = vec![range(placed.span)];
        if clip.speed_pct != 100 {
            told.push(format!("{}x", tidy(f64::from(clip.speed_pct) / 100.0, 2)));
        }
        if clip.muted {
            told.push("muted".to_owned());
        } else if clip.level_pct != 100.0 {
            told.push(format!("{}%", tidy(clip.level_pct, 0)));
        }
        format!("{name} ({})", told.join(", "))
    }
}

fn bed_line(bed: &Bed) -> String {
    format!("BGM: {} ({}, {}%)", bed.name, range(bed.span), tidy(bed.level_pct, 0))
}

fn title_line(title: &Title) -> String {
    format!("Title: \"{}\" ({})", title.text.replace('\n', " "), range(title.span))
}

fn range(span: Span) -> String {
    format!("{}-{}s", tidy(span.start.seconds(), 1), tidy(span.end.seconds(), 1))
}

/// A figure without needless zeros: `10`, `33.5`.
fn tidy(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
