//! Bit reduction: sound rounded to the few steps an old sampler had.

use sound::Frame;

/// The converter.
pub(super) struct Bits {
    steps: f32,
}

impl Bits {
    /// Rounds to so many bits, 4 to 16, over a range of -1 to 1.
    pub(super) fn new(bits: u8) -> Bits {
        Bits { steps: f32::from(1u16 << (bits.clamp(4, 16) - 1)) }
    }

    /// Works on the next frames; silence stays silence.
    pub(super) fn work(&self, frames: &mut [Frame]) {
        let size = 1.0 / self.steps;
        for frame in frames {
            *frame = frame.map(|x| crate::wave::rounded(x * self.steps) * size);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter;

    fn rounded(bits: u8, samples: &[f32]) -> Vec<f32> {
        let mut frames = meter::stereo(samples);
        Bits::new(bits).work(&mut frames);
        meter::side(&frames, 0)
    }

    #[test]
    fn a_sine_has_as_many_steps_as_its_bits_allow() {
        // both ends of the range are reached, which is one step more than a converter has
        for (bits, steps) in [(4, 17), (6, 65), (8, 257)] {
            let mut found = rounded(bits, &meter::sine(10.0, 0.2));
            found.sort_by(f32::total_cmp);
            found.dedup();
            assert_eq!(found.len(), steps, "{bits} bits");
        }
        assert_eq!(rounded(8, &[0.0; 4]), [0.0; 4]);
    }

    #[test]
    fn the_noise_lies_six_decibels_lower_for_every_bit() {
        let sine = meter::sine(997.0, 0.5);
        for bits in [6, 8, 10, 12] {
            let noise: Vec<f32> = rounded(bits, &sine).iter().zip(&sine).map(|(y, x)| y - x).collect();
            let floor = meter::db(meter::rms(&noise) * std::f32::consts::SQRT_2);
            let wanted = -6.02 * f32::from(bits) - 1.76;
            assert!((floor - wanted).abs() < 0.5, "{bits} bits: {floor:.1}, not {wanted:.1} dB");
        }
    }
}
