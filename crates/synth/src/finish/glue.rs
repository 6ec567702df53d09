//! Glue: a slow compressor of 2:1 that works about two decibels.

use sound::Frame;

use crate::wave::RATE;

// A full mix of our strips lies about here, in mean square of both sides.
const THRESHOLD_DB: f32 = -21.0;
const ATTACK: f32 = 0.030;
const RELEASE: f32 = 0.25;
const MOST_DB: f32 = 4.0;
const STEP: usize = 16;

/// The compressor.
pub(super) struct Glue {
    amount: f32,
    energy: f32,
    reduced: f32,
    gain: f32,
}

impl Glue {
    pub(super) fn new(amount: f32) -> Glue {
        Glue { amount, energy: 0.0, reduced: 0.0, gain: 1.0 }
    }

    pub(super) fn work(&mut self, frames: &mut [Frame]) {
        let share = |seconds: f32| 1.0 - (-(STEP as f32) / (seconds * RATE)).exp();
        let (window, attack, release) = (share(0.05), share(ATTACK), share(RELEASE));
        for block in frames.chunks_mut(STEP) {
            let power = block.iter().flatten().map(|v| v * v).sum::<f32>() / (2 * block.len()) as f32;
            self.energy += window * (power - self.energy);
            let over = 10.0 * (self.energy + 1e-12).log10() - THRESHOLD_DB;
            // a knee of 8 dB, then one decibel in two
            let wanted = match over {
                o if o <= -4.0 => 0.0,
                o if o < 4.0 => (o + 4.0) * (o + 4.0) / 32.0,
                o => o * 0.5,
            };
            let wanted = wanted.min(MOST_DB) * self.amount;
            self.reduced += (if wanted > self.reduced { attack } else { release }) * (wanted - self.reduced);
            let target = 10f32.powf(-self.reduced / 20.0);
            let rise = (target - self.gain) / block.len() as f32;
            for frame in block {
                self.gain += rise;
                *frame = frame.map(|v| v * self.gain);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter;

    /// By how many dB a sine of so many dBFS (root mean square) is turned down, after so many seconds.
    fn reduction(amount: f32, level: f32, seconds: f32) -> f32 {
        let amplitude = 10f32.powf(level / 20.0) * std::f32::consts::SQRT_2;
        let sine: Vec<f32> = meter::sine(500.0, seconds + 0.1).iter().map(|x| x * amplitude).collect();
        let mut frames = meter::stereo(&sine);
        Glue::new(amount).work(&mut frames);
        let from = (seconds * RATE) as usize;
        level - meter::db(meter::rms(&meter::side(&frames[from..], 0)))
    }

    #[test]
    fn loud_stretches_come_down_and_soft_ones_stay() {
        for (level, wanted) in [(-36.0, 0.0), (-26.0, 0.0), (-21.0, 0.5), (-17.0, 2.0), (-9.0, MOST_DB)] {
            let found = reduction(1.0, level, 1.5);
            assert!((found - wanted).abs() < 0.1, "{level} dBFS: {found} dB");
        }
        assert!((reduction(0.5, -9.0, 1.5) - 0.5 * MOST_DB).abs() < 0.1);
    }

    #[test]
    fn it_takes_its_time_and_lets_go() {
        assert!(reduction(1.0, -9.0, 0.0) < 3.0);
        let mut glue = Glue::new(1.0);
        let mut loud = meter::stereo(&meter::sine(500.0, 1.0));
        glue.work(&mut loud);
        let gain = |glue: &mut Glue, seconds: f32| {
            let mut soft = vec![[1e-3; 2]; (seconds * RATE) as usize];
            glue.work(&mut soft);
            meter::db(soft.last().unwrap()[0] / 1e-3)
        };
        assert!(gain(&mut glue, 0.1) < -2.5);
        assert!(gain(&mut glue, 1.5) > -0.2);
    }
}
