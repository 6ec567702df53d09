//! Eight voices side by side, so that the processor works on them at once.

use std::ops::Range;

use sound::Frame;
use wide::f32x8;

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

/// A block of eight voices, frame by frame.
pub(super) struct Lanes {
    frames: [f32x8; BLOCK],
}

impl Lanes {
    /// Empty lanes.
    pub(super) fn new() -> Lanes {
        Lanes { frames: [f32x8::ZERO; BLOCK] }
    }

    /// The lane of a voice, 0 to 7.
    pub(super) fn lane(&mut self, index: usize) -> Lane<'_> {
        Lane { frames: &mut self.frames, index: index % LANES }
    }

    /// Sends every lane through its filter.
    pub(super) fn filter(&mut self, filters: &mut [Biquad; LANES]) {
        let pick = |of: fn(&Biquad) -> f32| f32x8::new(std::array::from_fn(|i| of(&filters[i])));
        let (b0, b1, b2) = (pick(|f| f.b[0]), pick(|f| f.b[1]), pick(|f| f.b[2]));
        let (a1, a2) = (pick(|f| f.a[0]), pick(|f| f.a[1]));
        let (mut first, mut second) = (pick(|f| f.s[0]), pick(|f| f.s[1]));
        for frame in &mut self.frames {
            let (x, y) = (*frame, b0 * *frame + first);
            first = (b1 * x + second) - a1 * y;
            second = b2 * x - a2 * y;
            *frame = y;
        }
        let states = first.to_array().into_iter().zip(second.to_array());
        filters.iter_mut().zip(states).for_each(|(filter, (first, second))| filter.s = [first, second]);
    }

    /// The samples of a voice.
    #[cfg(test)]
    pub(super) fn samples(&self, index: usize) -> [f32; BLOCK] {
        self.frames.map(|frame| frame.to_array()[index])
    }

    /// The largest sample of every lane, without its sign.
    pub(super) fn heights(&self) -> [f32; LANES] {
        let higher = |most: f32x8, frame: &f32x8| most.fast_max(frame.abs());
        self.frames.iter().fold(f32x8::ZERO, higher).to_array()
    }

    /// Adds the lanes to both sides, each with its gain.
    pub(super) fn mix(&self, strips: &[Strip; LANES], sums: &mut Sums) {
        for (side, sums) in sums.sides.iter_mut().enumerate() {
            let gain = |end: usize| f32x8::new(strips.map(|strip| strip.gain[end] * strip.sides[side]));
            let (from, rise) = (gain(0), gain(1) - gain(0));
            for ((sum, frame), way) in sums.iter_mut().zip(&self.frames).zip(&RAMP) {
                *sum += *frame * (from + rise * f32x8::splat(*way));
            }
        }
    }
}

/// The block of one voice.
pub(super) struct Lane<'a> {
    frames: &'a mut [f32x8; BLOCK],
    index: usize,
}

impl Lane<'_> {
    /// Fills these frames, 0 to 63, with what `four` gives for each fourth of them and the three after it.
    #[inline]
    pub(super) fn fill(&mut self, frames: Range<usize>, four: impl Fn(usize) -> [f32; 4]) {
        let index = self.index;
        let (fours, rest) = self.frames.get_mut(frames).unwrap_or_default().as_chunks_mut::<4>();
        let whole = fours.len();
        for (place, frames) in fours.iter_mut().enumerate() {
            let values = four(4 * place);
            for i in 0..4 {
                frames[i].as_mut_array()[index] = values[i];
            }
        }
        if !rest.is_empty() {
            let values = four(4 * whole);
            rest.iter_mut().zip(values).for_each(|(frame, value)| frame.as_mut_array()[index] = value);
        }
    }
}

/// A block of both sides, whose lanes stay apart until all are in: a sum across lanes is dear.
pub(super) struct Sums {
    sides: [[f32x8; BLOCK]; 2],
}

impl Sums {
    /// Nothing yet.
    pub(super) fn new() -> Sums {
        Sums { sides: [[f32x8::ZERO; BLOCK]; 2] }
    }

    /// Its frames.
    pub(super) fn frames(&self) -> impl Iterator<Item = Frame> {
        let [left, right] = &self.sides;
        left.iter().zip(right).map(|(left, right)| [left.reduce_add(), right.reduce_add()])
    }
}

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
        for index in [3, 5] {
            lanes.lane(index).fill(0..BLOCK, |frame| [0, 1, 2, 3].map(|after| tone(frame + after)));
        }
        lanes.filter(&mut filters);
        for frame in 0..BLOCK {
            assert!((lanes.samples(3)[frame] - alone.sample(tone(frame))).abs() < 1e-6, "frame {frame}");
            assert_eq!((lanes.samples(5)[frame], lanes.samples(0)[frame]), (tone(frame), 0.0));
        }
        assert!((filters[3].s[0] - alone.s[0]).abs() < 1e-6);
    }

    #[test]
    fn the_height_of_a_lane_is_its_largest_sample_of_either_sign() {
        let mut lanes = Lanes::new();
        lanes.lane(2).fill(7..9, |_| [-0.75, 0.25, 9.0, 9.0]);
        lanes.lane(4).fill(63..64, |_| [0.5, 9.0, 9.0, 9.0]);
        assert_eq!(lanes.heights(), [0.0, 0.0, 0.75, 0.0, 0.5, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn gains_run_in_straight_lines_and_sides_are_kept() {
        let mut lanes = Lanes::new();
        lanes.lane(1).fill(0..BLOCK, |_| [1.0; 4]);
        let mut strips = [Strip { gain: [0.0; 2], sides: [0.0; 2] }; LANES];
        strips[1] = Strip { gain: [0.0, 1.0], sides: [1.0, 0.5] };
        let mut sums = Sums::new();
        lanes.mix(&strips, &mut sums);
        lanes.mix(&strips, &mut sums);
        let frames: Vec<Frame> = sums.frames().collect();
        assert!((frames[31][0] - 1.0).abs() < 1e-5);
        assert!((frames[63][0] - 2.0).abs() < 1e-5 && (frames[63][1] - 1.0).abs() < 1e-5);
    }
}
