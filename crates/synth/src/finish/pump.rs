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

#[cfg(test)]
mod tests {
    use score::{Finish, Instrument, Note, Part, Strip, TempoMap};
    use sound::{Tempo, Time};

    use super::*;

    /// Four seconds at 120 with a drum on the second second.
    fn score(pump: f32, drum: u8) -> Score {
        let at = Time::from_seconds(1.0);
        let note = Note { at, length: Time::from_seconds(0.1), pitch: drum, velocity: 100 };
        let part = Part {
            role: Role::Drums,
            instrument: Instrument::StandardKit,
            notes: vec![note],
            expression: Vec::new(),
            strip: Strip::default(),
        };
        Score {
            length: Time::from_seconds(4.0),
            key: "C".parse().unwrap(),
            tempo: TempoMap::even(Time::ZERO, Tempo::new(120.0)),
            parts: vec![part],
            finish: Finish { pump, ..Finish::default() },
            fade_out: Time::ZERO,
            seed: 1,
            authentic: false,
        }
    }

    #[test]
    fn the_kick_pushes_down_at_once_and_lets_go_within_the_beat() {
        for (amount, down) in [(1.0, 0.2), (0.55, 0.56), (0.15, 0.88)] {
            let gains = Pump::new(&score(amount, drum::KICK)).unwrap().gains(0, 3 * 48_000);
            let at = |seconds: f32| gains[(seconds * RATE) as usize];
            let lowest = gains.iter().copied().fold(1.0, f32::min);
            assert!((lowest - down).abs() < 0.01, "{amount}: down to {lowest}");
            assert!(at(1.008) < lowest + 0.02 && at(0.999) == 1.0);
            // 0.375 s at 120: half the way back after half of it
            let half = (at(1.19) - lowest) / (1.0 - lowest);
            assert!((0.4..0.6).contains(&half), "{amount}: {half} of the way back");
            assert_eq!(at(1.376), 1.0);
            let jump = gains.windows(2).map(|w| (w[1] - w[0]).abs()).fold(0.0, f32::max);
            assert!(jump < 0.004, "{amount}: a step of {jump}");
        }
    }

    #[test]
    fn nothing_pumps_without_a_kick_or_where_none_is_wanted() {
        assert!(Pump::new(&score(1.0, drum::SNARE)).is_none());
        assert!(Pump::new(&score(0.0, drum::KICK)).is_none());
    }
}
