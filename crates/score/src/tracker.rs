//! A score as text: a line a sixteenth, a column a part, as trackers show music.

use std::fmt;

use sound::Time;

use crate::part::drum;
use crate::{BEATS_PER_BAR, Note, Part, Score};

const ROWS_PER_BEAT: i64 = 4;
const PITCHES: [&str; 12] = ["C-", "C#", "D-", "D#", "E-", "F-", "F#", "G-", "G#", "A-", "A#", "B-"];

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tempo = self.tempo.tempo(Time::ZERO).bpm();
        writeln!(f, "{}, {:.1} bpm, {}, {} parts", self.key, tempo, self.length, self.parts.len())?;
        write!(f, "bar.beat")?;
        for part in &self.parts {
            write!(f, " | {:<11}", part.role.name())?;
        }
        writeln!(f)?;
        let first = (self.tempo.beat(Time::ZERO) * ROWS_PER_BEAT as f64).floor() as i64;
        let last = (self.tempo.beat(self.length) * ROWS_PER_BEAT as f64).ceil() as i64;
        for row in first..last {
            self.row(f, row)?;
        }
        Ok(())
    }
}

impl Score {
    fn row(&self, f: &mut fmt::Formatter<'_>, row: i64) -> fmt::Result {
        let (from, until) = (self.row_time(row), self.row_time(row + 1));
        let cells: Vec<String> = self.parts.iter().map(|part| cell(part, from, until)).collect();
        if cells.iter().all(String::is_empty) {
            return Ok(());
        }
        let beat = row.div_euclid(ROWS_PER_BEAT);
        let (bar, in_bar) = (beat.div_euclid(BEATS_PER_BAR), beat.rem_euclid(BEATS_PER_BAR));
        write!(f, "{:>3}.{}.{} ", bar + 1, in_bar + 1, row.rem_euclid(ROWS_PER_BEAT) + 1)?;
        for cell in cells {
            write!(f, " | {cell:<11}")?;
        }
        writeln!(f)
    }

    /// A row takes what is played a little early too.
    fn row_time(&self, row: i64) -> Time {
        self.tempo.time((row as f64 - 0.4) / ROWS_PER_BEAT as f64)
    }
}

fn cell(part: &Part, from: Time, until: Time) -> String {
    let mut notes: Vec<&Note> = part.notes.iter().filter(|note| from <= note.at && note.at < until).collect();
    // Fingers do not land together; a chord reads from below all the same.
    notes.sort_by_key(|note| note.pitch);
    let Some(loudest) = notes.iter().map(|note| note.velocity).max() else { return String::new() };
    let names: Vec<String> = notes.iter().take(2).map(|note| name(part, note.pitch)).collect();
    let more = if notes.len() > 2 { "+" } else { "" };
    format!("{}{more} {loudest}", names.join(" "))
}

fn name(part: &Part, pitch: u8) -> String {
    if part.instrument.is_drums() {
        return drum::name_of(pitch).map_or_else(|| pitch.to_string(), |name| name.chars().take(4).collect());
    }
    format!("{}{}", PITCHES[usize::from(pitch % 12)], i32::from(pitch / 12) - 1)
}
