//! Eight voices side by side, so that the processor works on them at once.

use super::BLOCK;
use crate::filter::Biquad;

/// Voices that are worked on at once.
pub(super) const LANES: usize = 8;

/// What a voice does with its samples in one block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strip {
    /// Gain before the first frame and after the last.
    pub(super) gain: [f32; 2],
    pub(super) sides: [f32; 2],
}

/// A block of eight voices.
pub(super) struct Lanes {
    runs: [[f32; BLOCK]; LANES],
}

impl Lanes {
    /// Empty lanes.
    pub(super) fn new() -> Lanes {
        Lanes { runs: [[0.0; BLOCK]; LANES] }
    }

    /// The lane of a voice, 0 to 7.
    pub(super) fn lane(&mut self, index: usize) -> &mut [f32; BLOCK] {
        &mut self.runs[index % LANES]
    }

    /// Sends every lane through its filter.
    pub(super) fn filter(&mut self, filters: &mut [Biquad; LANES]) {
        let pick = |of: fn(&Biquad) -> f32| -> [f32; LANES] { std::array::from_fn(|i| of(&filters[i])) };
        let (b0, b1, b2) = (pick(|f| f.b[0]), pick(|f| f.b[1]), pick(|f| f.b[2]));
        let (a1, a2) = (pick(|f| f.a[0]), pick(|f| f.a[1]));
        let (mut first, mut second) = (pick(|f| f.s[0]), pick(|f| f.s[1]));
        for frame in 0..BLOCK {
            for i in 0..LANES {
                let x = self.runs[i][frame];
                let y = b0[i] * x + first[i];
                first[i] = b1[i] * x - a1[i] * y + second[i];
                second[i] = b2[i] * x - a2[i] * y;
                self.runs[i][frame] = y;
            }
        }
        for (i, filter) in filters.iter_mut().enumerate() {
            filter.s = [first[i], second[i]];
        }
    }

    /// Adds the lanes to both sides, each with its gain.
    pub(super) fn mix(&self, strips: &[Strip; LANES], sides: &mut [[f32; BLOCK]; 2]) {
        for (run, strip) in self.runs.iter().zip(strips) {
            for (sum, share) in sides.iter_mut().zip(strip.sides) {
                // Half of the recordings of a font that was made in stereo lie wholly on one side.
                if share.abs() < INAUDIBLE {
                    continue;
                }
                let (from, rise) = (strip.gain[0] * share, (strip.gain[1] - strip.gain[0]) * share);
                for ((sum, value), way) in sum.iter_mut().zip(run).zip(&RAMP) {
                    *sum += value * (from + rise * way);
                }
            }
        }
    }
}

/// A share of a side that nobody hears: 140 dB under the whole.
const INAUDIBLE: f32 = 1e-7;

/// How much of its way a gain has gone at each frame of a block.
static RAMP: [f32; BLOCK] = ramp();

const fn ramp() -> [f32; BLOCK] {
    let mut ramp = [0.0; BLOCK];
    let mut frame = 0;
    while frame < BLOCK {
        ramp[frame] = (frame + 1) as f32 / BLOCK as f32;
        frame += 1;
    }
    ramp
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lane_has_its_own_filter_and_remembers() {
        let mut alone = Biquad { s: [0.3, -0.2], ..Biquad::low_pass(900.0, 1.4) };
        let mut filters = [Biquad::OPEN; LANES];
        filters[3] = alone;
        let mut lanes = Lanes::new();
        let tone = |frame: usize| (frame as f32 * 0.37).sin();
        for frame in 0..BLOCK {
            lanes.lane(3)[frame] = tone(frame);
            lanes.lane(5)[frame] = tone(frame);
        }
        lanes.filter(&mut filters);
        for frame in 0..BLOCK {
            assert!((lanes.runs[3][frame] - alone.sample(tone(frame))).abs() < 1e-6, "frame {frame}");
            assert_eq!((lanes.runs[5][frame], lanes.runs[0][frame]), (tone(frame), 0.0));
        }
        assert!((filters[3].s[0] - alone.s[0]).abs() < 1e-6);
    }

    #[test]
    fn gains_run_in_straight_lines_and_sides_are_kept() {
        let mut lanes = Lanes::new();
        lanes.lane(1).fill(1.0);
        let mut strips = [Strip { gain: [0.0; 2], sides: [0.0; 2] }; LANES];
        strips[1] = Strip { gain: [0.0, 1.0], sides: [1.0, 0.5] };
        let mut sides = [[0.25; BLOCK]; 2];
        lanes.mix(&strips, &mut sides);
        assert!((sides[0][31] - 0.75).abs() < 1e-5);
        assert!((sides[0][63] - 1.25).abs() < 1e-5 && (sides[1][63] - 0.75).abs() < 1e-5);
    }
}
