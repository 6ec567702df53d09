//! A dip where consonants live, 1 to 4 kHz, whose depth may move without zipper noise.
//!
//! The filter itself never changes: a fixed band is taken out of the music and a moving share of it added back,
//! `1 + share x band`, which is a peaking equaliser for every share (Regalia and Mitra 1987).

use std::f32::consts::PI;

use sound::{Frame, SAMPLE_RATE};

/// The middle of the band in Hz.
const CENTRE: f32 = 2000.0;
/// Width of the band: at 1 and 4 kHz about two thirds of the dip are left.
const Q: f32 = 0.6;

/// The band of both channels, a state-variable filter in Zavalishin's form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dip {
    g: f32,
    scale: f32,
    low: Frame,
    band: Frame,
}

impl Default for Dip {
    fn default() -> Dip {
        let g = (PI * CENTRE / SAMPLE_RATE as f32).tan();
        Dip { g, scale: 1.0 / (1.0 + g * (g + 1.0 / Q)), low: [0.0; 2], band: [0.0; 2] }
    }
}

impl Dip {
    /// The next frame with `share` of the band added.
    #[inline]
    pub(super) fn shape(&mut self, frame: Frame, share: f32) -> Frame {
        let mut shaped = frame;
        for channel in 0..2 {
            let band = self.scale * (self.band[channel] + self.g * (frame[channel] - self.low[channel]));
            let low = self.low[channel] + self.g * band;
            self.band[channel] = 2.0 * band - self.band[channel];
            self.low[channel] = 2.0 * low - self.low[channel];
            shaped[channel] += share * band / Q;
        }
        shaped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gain in decibels of a sine of `hz` through the dip.
    fn through(hz: f32, share: f32) -> f32 {
        let mut dip = Dip::default();
        let mut peak = 0.0f32;
        for n in 0..48_000 {
            let x = (2.0 * PI * hz * n as f32 / SAMPLE_RATE as f32).sin();
            let [left, right] = dip.shape([x, x], share);
            assert_eq!(left, right);
            if n > 24_000 {
                peak = peak.max(left.abs());
            }
        }
        20.0 * peak.log10()
    }

    #[test]
    fn it_dips_the_speech_band_and_spares_the_rest() {
        let share = 10f32.powf(-5.0 / 20.0) - 1.0;
        assert!((through(2000.0, share) + 5.0).abs() < 0.1);
        assert!(through(1000.0, share) < -2.0 && through(4000.0, share) < -2.0);
        assert!(through(100.0, share) > -0.2 && through(15_000.0, share) > -0.5);
    }
}
