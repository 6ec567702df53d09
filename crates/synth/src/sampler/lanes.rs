//! Eight voices side by side, so that the processor works on them at once.

use sound::Frame;

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
    samples: [[f32; LANES]; BLOCK],
}

/// The lane of one voice.
pub(super) struct Lane<'a> {
    samples: &'a mut [[f32; LANES]; BLOCK],
    index: usize,
}

impl Lane<'_> {
    #[inline]
    pub(super) fn set(&mut self, frame: usize, value: f32) {
        self.samples[frame][self.index] = value;
    }
}

impl Lanes {
    /// Empty lanes.
    pub(super) fn new() -> Lanes {
        Lanes { samples: [[0.0; LANES]; BLOCK] }
    }

    /// The lane of a voice, 0 to 7.
    pub(super) fn lane(&mut self, index: usize) -> Lane<'_> {
        Lane { samples: &mut self.samples, index: index % LANES }
    }

    #[cfg(test)]
    pub(super) fn value(&self, frame: usize, index: usize) -> f32 {
        self.samples[frame][index]
    }

    /// Sends every lane through its filter.
    pub(super) fn filter(&mut self, filters: &mut [Biquad; LANES]) {
        let pick = |of: fn(&Biquad) -> f32| -> [f32; LANES] { std::array::from_fn(|i| of(&filters[i])) };
        let (b0, b1, b2) = (pick(|f| f.b[0]), pick(|f| f.b[1]), pick(|f| f.b[2]));
        let (a1, a2) = (pick(|f| f.a[0]), pick(|f| f.a[1]));
        let (mut first, mut second) = (pick(|f| f.s[0]), pick(|f| f.s[1]));
        for row in &mut self.samples {
            for i in 0..LANES {
                let x = row[i];
                let y = b0[i] * x + first[i];
                first[i] = b1[i] * x - a1[i] * y + second[i];
                second[i] = b2[i] * x - a2[i] * y;
                row[i] = y;
            }
        }
        for (i, filter) in filters.iter_mut().enumerate() {
            filter.s = [first[i], second[i]];
        }
    }

    /// Adds all lanes to `out`, each with its gain and on its sides.
    pub(super) fn mix(&self, strips: &[Strip; LANES], out: &mut [Frame]) {
        let mut gain: [f32; LANES] = std::array::from_fn(|i| strips[i].gain[0]);
        let rise: [f32; LANES] =
            std::array::from_fn(|i| (strips[i].gain[1] - strips[i].gain[0]) / BLOCK as f32);
        let left: [f32; LANES] = std::array::from_fn(|i| strips[i].sides[0]);
        let right: [f32; LANES] = std::array::from_fn(|i| strips[i].sides[1]);
        for (row, frame) in self.samples.iter().zip(out) {
            let mut sums = [[0.0; LANES]; 2];
            for i in 0..LANES {
                gain[i] += rise[i];
                let value = row[i] * gain[i];
                sums[0][i] = value * left[i];
                sums[1][i] = value * right[i];
            }
            frame[0] += sum(&sums[0]);
            frame[1] += sum(&sums[1]);
        }
    }
}

#[inline]
fn sum(lanes: &[f32; LANES]) -> f32 {
    let half: [f32; LANES / 2] = std::array::from_fn(|i| lanes[i] + lanes[i + LANES / 2]);
    (half[0] + half[2]) + (half[1] + half[3])
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
            lanes.lane(3).set(frame, tone(frame));
            lanes.lane(5).set(frame, tone(frame));
        }
        lanes.filter(&mut filters);
        for (frame, row) in lanes.samples.iter().enumerate() {
            assert!((row[3] - alone.sample(tone(frame))).abs() < 1e-6, "frame {frame}");
            assert_eq!((row[5], row[0]), (tone(frame), 0.0));
        }
        assert!((filters[3].s[0] - alone.s[0]).abs() < 1e-6);
    }

    #[test]
    fn gains_run_in_straight_lines_and_sides_are_kept() {
        let mut lanes = Lanes::new();
        (0..BLOCK).for_each(|frame| lanes.lane(1).set(frame, 1.0));
        let mut strips = [Strip { gain: [0.0; 2], sides: [0.0; 2] }; LANES];
        strips[1] = Strip { gain: [0.0, 1.0], sides: [1.0, 0.5] };
        let mut out = [[0.25; 2]; BLOCK];
        lanes.mix(&strips, &mut out);
        assert!((out[31][0] - 0.75).abs() < 1e-5);
        assert!((out[63][0] - 1.25).abs() < 1e-5 && (out[63][1] - 0.75).abs() < 1e-5);
    }
}
