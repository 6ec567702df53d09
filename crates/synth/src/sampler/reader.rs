//! Reads a recording at any speed, between its samples on curves of the third degree.

use std::ops::Range;

use wide::f32x4;

use super::BLOCK;
use super::lanes::Lane;
use super::tone::{Looping, Recording};

/// Bits of a place behind the point.
const FRACTION: u32 = 32;
const ONE: f64 = (1u64 << FRACTION) as f64;
const FRACTION_BITS: u64 = (1 << FRACTION) - 1;

/// Where a voice is in its recording.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    recording: Recording,
    /// Samples from the beginning of the font, in fixed point.
    at: u64,
    goes_round: bool,
}

impl Reader {
    /// Before the first sample.
    pub(super) fn new(recording: Recording) -> Reader {
        let at = (recording.span.start as u64) << FRACTION;
        let goes_round = recording.looping != Looping::Never;
        Reader { recording, at, goes_round }
    }

    /// The key is let go.
    pub(super) fn release(&mut self) {
        self.goes_round &= self.recording.looping == Looping::Always;
    }

    /// Fills a lane from the frame `from` on, `step` samples (0 to 64) a frame; returns whether there is more.
    pub(super) fn read(&mut self, samples: &[i16], step: f64, from: usize, mut lane: Lane<'_>) -> bool {
        let step = ((step * ONE) as u64).max(1);
        let mut t = from;
        while t < BLOCK {
            let end = self.end();
            if self.at >= end {
                if !self.goes_round {
                    return false;
                }
                let turn = (self.recording.turn.len() as u64) << FRACTION;
                self.at -= turn * (1 + (self.at - end) / turn);
            }
            let left = (end - self.at).div_ceil(step) as usize;
            let run = left.min(BLOCK - t);
            self.fill(samples, step, &mut lane, t..t + run);
            self.at += run as u64 * step;
            t += run;
        }
        true
    }

    /// Fills a run within which it neither goes back nor ends.
    fn fill(&self, samples: &[i16], step: u64, lane: &mut Lane<'_>, mut run: Range<usize>) {
        let mut near = [0.0; NEAR];
        // From the sample before the place, so that the four around it begin where the place says.
        let mut around = samples.get((self.at >> FRACTION) as usize - 1..).unwrap_or_default();
        let mut at = self.at & FRACTION_BITS;
        while !run.is_empty() {
            let room = ((NEAR as u64 - 3) << FRACTION) - at;
            let count = run.len().min(room.div_ceil(step) as usize);
            let last = at + (count as u64 - 1) * step;
            let reach = (last >> FRACTION) as usize + 4;
            near[..reach].iter_mut().zip(around).for_each(|(near, sample)| *near = f32::from(*sample));
            let frames = run.start..run.start + count;
            lane.fill(frames, |frame| four(&near, at + frame as u64 * step, step));
            at += count as u64 * step;
            around = around.get((at >> FRACTION) as usize..).unwrap_or_default();
            at &= FRACTION_BITS;
            run.start += count;
        }
    }

    /// Where it goes back or ends, in fixed point.
    fn end(&self) -> u64 {
        let end = if self.goes_round { self.recording.turn.end } else { self.recording.span.end };
        (end as u64) << FRACTION
    }
}

/// Samples of a recording that are made ready at once.
const NEAR: usize = 2 * BLOCK;

/// The values at a place and at the three after it, a step apart, by Hermite's curve.
#[inline]
fn four(samples: &[f32; NEAR], at: u64, step: u64) -> [f32; 4] {
    let shares = std::array::from_fn(|i| weighed(samples, at + i as u64 * step));
    let [before, left, right, after] = f32x4::transpose(shares);
    ((before + right) + (left + after)).to_array()
}

/// The four samples around a place, each as much as it counts there; silence behind the last.
#[inline]
fn weighed(samples: &[f32; NEAR], at: u64) -> f32x4 {
    let index = (at >> FRACTION) as usize;
    let weights = WEIGHTS[(at as u32 >> (32 - PHASES.ilog2())) as usize];
    match samples.get(index..index + 4).and_then(|four| four.first_chunk::<4>()) {
        Some(four) => f32x4::new(*four) * f32x4::new(weights),
        None => f32x4::ZERO,
    }
}

/// Places between two samples that are told apart.
const PHASES: usize = 1024;

/// What each of four samples weighs at a place between the middle two, by Hermite's curve.
static WEIGHTS: [[f32; 4]; PHASES] = weights();

const fn weights() -> [[f32; 4]; PHASES] {
    let mut table = [[0.0; 4]; PHASES];
    let mut phase = 0;
    while phase < PHASES {
        let t = (phase as f32 + 0.5) / PHASES as f32;
        table[phase] = [
            ((1.0 - 0.5 * t) * t - 0.5) * t,
            (1.5 * t - 2.5) * t * t + 1.0,
            ((2.0 - 1.5 * t) * t + 0.5) * t,
            (0.5 * t - 0.5) * t * t,
        ];
        phase += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::lanes::Lanes;
    use super::*;

    /// Reads so many blocks of a sine whose period is 50 samples, looped over three periods.
    fn read(looping: Looping, step: f64, blocks: usize) -> (Vec<f32>, bool) {
        let samples: Vec<i16> = (0..1000u16)
            .map(|i| ((f64::from(i) / 50.0 * std::f64::consts::TAU).sin() * 10_000.0) as i16)
            .collect();
        let mut reader = Reader::new(Recording { span: 100..600, turn: 200..350, looping });
        let (mut heard, mut more) = (Vec::new(), true);
        for _ in 0..blocks {
            let mut lanes = Lanes::new();
            more = reader.read(&samples, step, 0, lanes.lane(2));
            heard.extend(lanes.samples(2));
        }
        (heard, more)
    }

    #[test]
    fn a_loop_goes_on_without_a_seam_at_any_speed() {
        for step in [0.31, 1.0, 1.7] {
            let (heard, more) = read(Looping::Always, step, 40);
            assert!(more);
            for (i, value) in heard.iter().enumerate() {
                let meant = (i as f64 * step / 50.0 * std::f64::consts::TAU).sin() * 10_000.0;
                assert!((f64::from(*value) - meant).abs() < 25.0, "{step}: {i}: {value} for {meant}");
            }
        }
    }

    #[test]
    fn what_has_no_loop_ends_where_the_recording_does() {
        let (heard, more) = read(Looping::Never, 2.0, 5);
        assert!(!more);
        assert_eq!(heard.iter().rposition(|value| *value != 0.0), Some(249));
    }
}
