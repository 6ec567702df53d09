//! The tone of the whole: gentle shelves by kind of line-up.

use score::{Family, Score};
use sound::Frame;

use crate::filter::Biquad;

/// Two shelves a side.
pub(super) struct Tone {
    sides: [[Biquad; 2]; 2],
}

impl Tone {
    pub(super) fn new(score: &Score) -> Tone {
        let count = |family| score.parts.iter().filter(|part| part.instrument.family() == family).count();
        let chip = count(Family::Chip) * 2 > score.parts.len();
        // pulses are all upper partials, recordings are mild
        let (low, high) = if chip { (2.5, -5.0) } else { (1.0, 2.0) };
        Tone { sides: [[Biquad::low_shelf(160.0, low), Biquad::high_shelf(3200.0, high)]; 2] }
    }

    #[inline]
    pub(super) fn sample(&mut self, frame: Frame) -> Frame {
        let mut out = [0.0; 2];
        for side in 0..2 {
            let [low, high] = &mut self.sides[side];
            out[side] = high.sample(low.sample(frame[side]));
        }
        out
    }
}
