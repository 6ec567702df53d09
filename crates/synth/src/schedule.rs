//! Notes as samples: when keys go down and up, and how loud the player is meant to be meanwhile.

use score::Part;
use sound::SAMPLE_RATE;

/// A note with its times in samples from the start of the music.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stroke {
    /// When the key goes down.
    pub(crate) at: u64,
    /// When it is let go; after `at`.
    pub(crate) end: u64,
    /// MIDI key.
    pub(crate) key: u8,
    /// 1 to 127.
    pub(crate) velocity: u8,
}

/// The notes of a part in order of their start; a key that is struck again is let go first.
pub(crate) fn strokes(part: &Part) -> Vec<Stroke> {
    let mut strokes: Vec<Stroke> = part
        .notes
        .iter()
        .filter(|note| note.velocity > 0)
        .map(|note| {
            let at = note.at.samples(SAMPLE_RATE).max(0) as u64;
            let end = (note.at + note.length).samples(SAMPLE_RATE).max(0) as u64;
            Stroke { at, end: end.max(at + 64), key: note.pitch.min(127), velocity: note.velocity.min(127) }
        })
        .collect();
    strokes.sort_by_key(|stroke| (stroke.at, stroke.key));
    let mut next = [u64::MAX; 128];
    for stroke in strokes.iter_mut().rev() {
        let again = &mut next[usize::from(stroke.key)];
        stroke.end = stroke.end.min((*again).max(stroke.at + 1));
        *again = stroke.at;
    }
    strokes
}

/// Expression over time, as gain.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expression {
    points: Vec<(u64, f32)>,
    near: usize,
}

impl Expression {
    /// The expression of a part.
    pub(crate) fn new(part: &Part) -> Expression {
        let mut points: Vec<(u64, f32)> = part
            .expression
            .iter()
            .map(|&(at, value)| (at.samples(SAMPLE_RATE).max(0) as u64, value.clamp(0.0, 1.0)))
            .collect();
        points.sort_by_key(|point| point.0);
        Expression { points, near: 0 }
    }

    /// Its value, 0 to 1, at a sample; asked for in rising order.
    pub(crate) fn at(&mut self, sample: u64) -> f32 {
        while self.near + 1 < self.points.len() && self.points[self.near + 1].0 <= sample {
            self.near += 1;
        }
        let Some(&(t0, v0)) = self.points.get(self.near) else { return 1.0 };
        match self.points.get(self.near + 1) {
            Some(&(t1, v1)) if sample > t0 && t1 > t0 => {
                v0 + (v1 - v0) * ((sample - t0) as f32 / (t1 - t0) as f32).min(1.0)
            }
            _ => v0,
        }
    }
}

#[cfg(test)]
mod tests {
    use score::{Instrument, Note, Part, Role, Strip};
    use sound::Time;

    use super::*;

    fn part(notes: Vec<Note>) -> Part {
        Part {
            role: Role::Melody,
            instrument: Instrument::Piano,
            notes,
            expression: vec![(Time::ZERO, 0.0), (Time::from_seconds(1.0), 1.0)],
            strip: Strip::default(),
        }
    }

    #[test]
    fn a_key_struck_again_is_let_go_first() {
        let note = |at: f64, length: f64| Note {
            at: Time::from_seconds(at),
            length: Time::from_seconds(length),
            pitch: 60,
            velocity: 90,
        };
        let strokes = strokes(&part(vec![note(0.0, 3.0), note(1.0, 0.5), note(4.0, 1.0)]));
        let ends: Vec<u64> = strokes.iter().map(|stroke| stroke.end).collect();
        assert_eq!(ends, [48_000, 72_000, 240_000]);
    }

    #[test]
    fn expression_runs_in_straight_lines() {
        let mut expression = Expression::new(&part(Vec::new()));
        assert_eq!(expression.at(0), 0.0);
        assert!((expression.at(12_000) - 0.25).abs() < 1e-6);
        assert_eq!(expression.at(90_000), 1.0);
    }
}
