//! Soft saturation: a curve that bends late, run at twice the rate so that little folds back.

use sound::Frame;

/// The curve, with the memory both sides need.
pub(super) struct Saturation {
    drive: f32,
    last: Frame,
}

impl Saturation {
    pub(super) fn new(amount: f32) -> Saturation {
        Saturation { drive: 0.6 + 1.9 * amount, last: [0.0; 2] }
    }

    #[inline]
    pub(super) fn frame(&mut self, frame: Frame) -> Frame {
        let last = std::mem::replace(&mut self.last, frame);
        [self.sample(last[0], frame[0]), self.sample(last[1], frame[1])]
    }

    #[inline]
    fn sample(&self, last: f32, x: f32) -> f32 {
        // the sample between this one and the last, and an average back, halve what aliases above 12 kHz
        let bent = 0.5 * self.curve(0.5 * (x + last)) + 0.5 * self.curve(x);
        // only what the curve adds is smoothed; the sound itself keeps its highs
        x + bent - (0.25 * last + 0.75 * x)
    }

    /// tanh by a rational of Pade's, scaled so that small sounds pass unchanged.
    #[inline]
    fn curve(&self, x: f32) -> f32 {
        let y = (x * self.drive).clamp(-3.0, 3.0);
        y * (27.0 + y * y) / (27.0 + 9.0 * y * y) / self.drive
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter;

    /// A sine of 480 Hz through the curve.
    fn bent(amount: f32, level: f32) -> Vec<f32> {
        let mut saturation = Saturation::new(amount);
        meter::sine(480.0, 0.5).iter().map(|x| saturation.frame([x * level, 0.0])[0]).collect()
    }

    /// The nth harmonic against the first, in dB.
    fn harmonic(samples: &[f32], n: u8) -> f32 {
        meter::db(meter::partial(samples, 480.0 * f32::from(n)) / meter::partial(samples, 480.0))
    }

    #[test]
    fn a_loud_sine_gets_odd_harmonics_and_no_even_ones() {
        let loud = bent(0.35, 0.5);
        let [second, third, fourth, fifth] = [2, 3, 4, 5].map(|n| harmonic(&loud, n));
        assert!((-36.0..-24.0).contains(&third), "third {third} dB");
        assert!(fifth < third - 15.0 && fifth > -75.0, "fifth {fifth} dB");
        assert!(second < -90.0 && fourth < -90.0, "even {second} {fourth} dB");
        assert!(harmonic(&bent(1.0, 0.5), 3) > third + 6.0);
    }

    #[test]
    fn a_soft_sine_passes_and_no_level_is_lost() {
        assert!(harmonic(&bent(0.35, 0.02), 3) < -80.0);
        for (level, most) in [(0.02, 0.02), (0.1, 0.1), (0.25, 0.5)] {
            let lost = meter::db(level * std::f32::consts::FRAC_1_SQRT_2 / meter::rms(&bent(0.35, level)));
            assert!((-0.01..most).contains(&lost), "{lost} dB at {level}");
        }
    }

    #[test]
    fn little_folds_back_of_what_lies_high() {
        let mut saturation = Saturation::new(0.35);
        let tone: Vec<f32> =
            meter::sine(9000.0, 0.5).iter().map(|x| saturation.frame([x * 0.5, 0.0])[0]).collect();
        // the third harmonic would lie at 27 kHz and comes back at 21
        let folded = meter::db(meter::partial(&tone, 21_000.0) / meter::partial(&tone, 9000.0));
        assert!(folded < -36.0, "{folded} dB");
    }
}
