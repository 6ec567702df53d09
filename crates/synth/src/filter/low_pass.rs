//! A low-pass of two poles for both sides at once.

use std::f32::consts::PI;

use sound::Frame;

use crate::wave::RATE;

/// The low output of a state-variable filter (Zavalishin), written as one step of its two states, so that a sample waits
/// for the one before it as shortly as can be; stable while its corner moves.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LowPass {
    band_by: [f32; 3],
    low_by: [f32; 3],
    band: Frame,
    low: Frame,
}

impl LowPass {
    /// With its corner at `hz`.
    pub(crate) fn new(hz: f32, quality: f32) -> LowPass {
        let mut filter = LowPass::default();
        filter.tune(hz, quality);
        filter
    }

    /// Moves the corner, in Hz, and the quality; 0.707 is flat.
    pub(crate) fn tune(&mut self, hz: f32, quality: f32) {
        let g = (PI * hz.clamp(10.0, 0.45 * RATE) / RATE).tan();
        let scale = 1.0 / (1.0 + g * (g + 1.0 / quality));
        // shares of band, low and input in the next band and the next low
        self.band_by = [2.0 * scale - 1.0, -2.0 * g * scale, 2.0 * g * scale];
        self.low_by = [2.0 * g * scale, 1.0 - 2.0 * g * g * scale, 2.0 * g * g * scale];
    }

    /// What lies below the corner.
    #[inline]
    pub(crate) fn low(&mut self, x: Frame) -> Frame {
        let ([bb, bl, bx], [lb, ll, lx]) = (self.band_by, self.low_by);
        let (band, low) = (self.band, self.low);
        self.band = [0, 1].map(|i| bb * band[i] + bl * low[i] + bx * x[i]);
        self.low = [0, 1].map(|i| lb * band[i] + ll * low[i] + lx * x[i]);
        [0, 1].map(|i| 0.5 * (low[i] + self.low[i]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::Svf;

    #[test]
    fn it_is_the_state_variable_filter_twice() {
        let (mut left, mut right) = (Svf::new(900.0, 1.3), Svf::new(900.0, 1.3));
        let mut both = LowPass::new(900.0, 1.3);
        for i in 0..2000 {
            let x = [(i as f32 * 0.11).sin(), if i % 97 == 0 { 1.0 } else { 0.0 }];
            let [l, r] = both.low(x);
            assert!((l - left.low(x[0])).abs() < 1e-4 && (r - right.low(x[1])).abs() < 1e-4, "{i}");
        }
    }
}
