//! The cue sheet as a table that people read, with the hit report of film-scoring sequencers.

use std::fmt;

use super::{CueSheet, Landing};

impl fmt::Display for CueSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}, {}, {}, {:.1} bpm, {} bar{}, {}",
            self.genre,
            self.mood.word(),
            self.key,
            self.heard_tempo().bpm(),
            self.bars,
            if self.bars == 1 { "" } else { "s" },
            self.length
        )?;
        for section in &self.sections {
            let span = self.section_span(section);
            let theme = (b'A' + (section.theme % 26) as u8) as char;
            writeln!(
                f,
                "  {:<10} {theme}{} {:>8}-{:<8} {:>2} bars  energy {:.2}",
                section.kind.name(),
                "'".repeat(section.variation.min(3)),
                span.start.to_string(),
                span.end.to_string(),
                section.bars,
                section.energy
            )?;
        }
        for hit in &self.hits {
            let on = match hit.landing {
                Landing::Downbeat => "downbeat",
                Landing::Beat => "beat",
                Landing::None => "missed",
            };
            let off = hit.error.seconds();
            writeln!(
                f,
                "  hit {:>8}  weight {:.2}  {on:<8}  {:.1} ms off, {:.1} frames at 30 a second{}",
                hit.at.to_string(),
                hit.weight,
                off * 1000.0,
                off * 30.0,
                if hit.wished { ", asked for" } else { "" }
            )?;
        }
        Ok(())
    }
}
