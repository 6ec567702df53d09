//! Eight voices side by side, so that the processor works on them at once.

use sound::Frame;

use super::BLOCK;

/// Voices that are worked on at once.
pub(super) const LANES: usize = 8;

/// Coefficients of a section of second order and what it remembers (transposed direct form II).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Section {
    pub(super) b: [f32; 3],
    pub(super) a: [f32; 2],
    pub(super) memory: [f32; 2],
}

impl Section {
    /// One that changes nothing.
    pub(super) const OPEN: Section = Section { b: [1.0, 0.0, 0.0], a: [0.0; 2], memory: [0.0; 2] };
}

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

    /// Sends every lane through its section.
    pub(super) fn filter(&mut self, sections: &mut [Section; LANES]) {
        let pick = |of: fn(&Section) -> f32| -> [f32; LANES] { std::array::from_fn(|i| of(&sections[i])) };
        let (b0, b1, b2) = (pick(|s| s.b[0]), pick(|s| s.b[1]), pick(|s| s.b[2]));
        let (a1, a2) = (pick(|s| s.a[0]), pick(|s| s.a[1]));
        let (mut first, mut second) = (pick(|s| s.memory[0]), pick(|s| s.memory[1]));
        for row in &mut self.samples {
            for i in 0..LANES {
                let x = row[i];
                let y = b0[i] * x + first[i];
                first[i] = b1[i] * x - a1[i] * y + second[i];
                second[i] = b2[i] * x - a2[i] * y;
                row[i] = y;
            }
        }
        for (i, section) in sections.iter_mut().enumerate() {
            section.memory = [first[i], second[i]];
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
        let slow = Section { b: [0.1, 0.2, 0.1], a: [-0.6, 0.1], memory: [0.3, -0.2] };
        let mut sections = [Section::OPEN; LANES];
        sections[3] = slow;
        let mut lanes = Lanes::new();
        let tone = |frame: usize| (frame as f32 * 0.37).sin();
        for frame in 0..BLOCK {
            lanes.lane(3).set(frame, tone(frame));
            lanes.lane(5).set(frame, tone(frame));
        }
        lanes.filter(&mut sections);
        let mut memory = slow.memory;
        for (frame, row) in lanes.samples.iter().enumerate() {
            let y = 0.1 * tone(frame) + memory[0];
            memory = [0.2 * tone(frame) + 0.6 * y + memory[1], 0.1 * tone(frame) - 0.1 * y];
            assert!((row[3] - y).abs() < 1e-6, "frame {frame}");
            assert_eq!(row[5], tone(frame));
            assert_eq!(row[0], 0.0);
        }
        assert!((sections[3].memory[0] - memory[0]).abs() < 1e-6);
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
