//! Pumping: every kick pushes the rest down for a moment.

use score::{Role, Score, drum};
use sound::SAMPLE_RATE;

use crate::wave::RATE;

/// When kicks fall and how deep they push.
pub(crate) struct Pump {
    kicks: Vec<u64>,
    depth: f32,
    recovery: f32,
}

impl Pump {
    /// The pump of a score; none where it has none or no kicks.
    pub(crate) fn new(score: &Score) -> Option<Pump> {
        let mut kicks: Vec<u64> = score
            .parts
            .iter()
            .filter(|part| part.role == Role::Drums)
            .flat_map(|part| &part.notes)
            .filter(|note| matches!(note.pitch, 35 | drum::KICK))
            .map(|note| note.at.samples(SAMPLE_RATE).max(0) as u64)
            .collect();
        kicks.sort_unstable();
        kicks.dedup();
        let depth = score.finish.pump.clamp(0.0, 1.0) * 0.8;
        let beat = score.tempo.tempo(score.length / 2).beat_seconds() as f32;
        let recovery = (0.75 * beat).clamp(0.12, 0.4) * RATE;
        (depth > 0.0 && !kicks.is_empty()).then_some(Pump { kicks, depth, recovery })
    }

    /// The gain of everything but the drums for the frames from `start` on.
    pub(crate) fn gains(&self, start: u64, frames: usize) -> Vec<f32> {
        let mut next = self.kicks.partition_point(|&kick| kick <= start);
        (0..frames as u64)
            .map(|i| {
                while self.kicks.get(next).is_some_and(|&kick| kick <= start + i) {
                    next += 1;
                }
                let pushed = |kick: u64| self.pushed((start + i - kick) as f32);
                // a kick that comes before the last has gone must not jump
                let last = next.checked_sub(1).map_or(0.0, |n| pushed(self.kicks[n]));
                let before = next.checked_sub(2).map_or(0.0, |n| pushed(self.kicks[n]));
                1.0 - self.depth * last.max(before)
            })
            .collect()
    }

    /// How far down, 0 to 1, so many samples after a kick: down within 6 ms, then back in a curve.
    fn pushed(&self, age: f32) -> f32 {
        let down = (age / (0.006 * RATE)).min(1.0);
        let up = (1.0 - age / self.recovery).max(0.0);
        down * up * up * (3.0 - 2.0 * up)
    }
}
