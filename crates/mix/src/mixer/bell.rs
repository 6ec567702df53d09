//! A bell in the equaliser whose depth may move without zipper noise.
//!
//! The filter itself never changes: a fixed band is taken out of the music and a moving share of it added back,
//! `1 + share x band`, which is a peaking equaliser for every share (Regalia and Mitra 1987).

use std::f32::consts::PI;

use sound::{Frame, SAMPLE_RATE};

use crate::carve::{self, Q};

/// The band of both channels, a state-variable filter in Zavalishin's form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bell {
    g: f32,
    scale: f32,
    /// What is added of the band where the bell is whole, from -1, which takes it away, to 0.
    whole: f32,
    low: Frame,
    band: Frame,
}

impl Bell {
    pub(super) fn new(bell: &carve::Bell) -> Bell {
        let g = (PI * bell.hz as f32 / SAMPLE_RATE as f32).tan();
        let width = 1.0 / Q as f32;
        let whole = (bell.gain.gain() - 1.0) as f32;
        Bell { g, scale: 1.0 / (1.0 + g * (g + width)), whole, low: [0.0; 2], band: [0.0; 2] }
    }

    /// Forgets what it heard.
    pub(super) fn rest(&mut self) {
        (self.low, self.band) = ([0.0; 2], [0.0; 2]);
    }

    /// The next frame with this share of the cut.
    #[inline]
    pub(super) fn shape(&mut self, frame: Frame, share: f32) -> Frame {
        let mut shaped = frame;
        for channel in 0..2 {
            let band = self.scale * (self.band[channel] + self.g * (frame[channel] - self.low[channel]));
            let low = self.low[channel] + self.g * band;
            self.band[channel] = 2.0 * band - self.band[channel];
            self.low[channel] = 2.0 * low - self.low[channel];
            shaped[channel] += share * self.whole * band / Q as f32;
        }
        shaped
    }
}

#[cfg(test)]
mod tests {
    use sound::Decibels;

    use super::*;

    /// Gain in decibels of a sine of `hz` through a bell of -6 dB at 1 kHz.
    fn through(hz: f32, share: f32) -> f32 {
        let mut bell = Bell::new(&carve::Bell { hz: 1000.0, gain: Decibels(-6.0) });
        let mut peak = 0.0f32;
        for n in 0..48_000 {
            let x = (2.0 * PI * hz * n as f32 / SAMPLE_RATE as f32).sin();
            let [left, right] = bell.shape([x, x], share);
            assert_eq!(left, right);
            if n > 24_000 {
                peak = peak.max(left.abs());
            }
        }
        20.0 * peak.log10()
    }

    #[test]
    fn it_cuts_its_octave_and_spares_the_rest() {
        assert!((through(1000.0, 1.0) + 6.0).abs() < 0.1);
        assert!((through(1000.0, 0.5) + 2.5).abs() < 0.1);
        assert!(through(700.0, 1.0) < -1.8 && through(1400.0, 1.0) < -1.8);
        assert!(through(100.0, 1.0) > -0.2 && through(10_000.0, 1.0) > -0.2);
    }
}
