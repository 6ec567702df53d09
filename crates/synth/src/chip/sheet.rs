//! The sheet: an authentic score note by note as the chip plays it, with its chords as arpeggios.

use score::{Instrument, Note, Score, picture_start};
use sound::Time;

use super::hand::{self, Hand};
use super::voice::Heard;

/// A part's notes as they are found, picture by picture.
#[derive(Default)]
struct Line {
    notes: Vec<Note>,
    /// What is down, and since when.
    down: Option<(Heard, Time)>,
}

impl Line {
    fn turn(&mut self, at: Time, now: Option<Heard>) {
        if let Some((heard, since)) = self.down.filter(|(heard, _)| now != Some(*heard)) {
            let Heard { key: pitch, velocity, .. } = heard;
            self.notes.push(Note { at: since, length: at - since, pitch, velocity });
            self.down = None;
        }
        if self.down.is_none() {
            self.down = now.map(|now| (now, at));
        }
    }
}

/// An authentic score as the chip plays it, `None` for any other: a chord on a pulse is one key after another, who has no
/// pulse rests, and the bass rests while the triangle is a drum. At most four keys are down at once, one of each channel;
/// drums are as they were written, which is one at a time.
pub fn played(score: &Score) -> Option<Score> {
    if !score.authentic {
        return None;
    }
    let mut lines: Vec<Line> = score.parts.iter().map(|_| Line::default()).collect();
    let bass = score.parts.iter().position(|part| part.instrument == Instrument::TriangleBass);
    let mut hand = Hand::new(score);
    for picture in 0..hand::count(score) {
        hand.picture(picture);
        let (on_pulses, low) = hand.heard();
        let mut now = vec![None; lines.len()];
        on_pulses.for_each(|(part, heard)| now[part] = Some(heard));
        if let Some(bass) = bass {
            now[bass] = low;
        }
        lines.iter_mut().zip(now).for_each(|(line, now)| line.turn(picture_start(picture), now));
    }
    let mut sheet = score.clone();
    for (part, mut line) in sheet.parts.iter_mut().zip(lines) {
        if part.instrument != Instrument::NoiseKit {
            line.turn(score.length, None);
            part.notes = line.notes;
        }
    }
    Some(sheet)
}
