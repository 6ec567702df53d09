//! Chorus: the sound and a second one behind it whose delay swings, the other way on the other side.

use sound::Frame;

use crate::filter::OnePole;
use crate::wave::{RATE, sine};

/// A power of two, so that places in the ring are found by a mask.
const RING: usize = 1024;
// Swings a second; the delay in seconds and how far it swings: 11 cents up and down.
const HZ: f32 = 0.63;
const DELAY: f32 = 0.0095;
const SWING: f32 = 0.0016;
/// The lows of the second sound are left out, in Hz.
const THIN: f32 = 220.0;
/// Samples for which a delay moves in a straight line.
const STEP: usize = 64;

/// The chorus.
pub(super) struct Chorus {
    dry: f32,
    wet: f32,
    ring: Box<[Frame; RING]>,
    at: usize,
    phase: f32,
    thin: [OnePole; 2],
}

impl Chorus {
    /// How much of it, 0 to 1; none at 0. The level stays about the same.
    pub(super) fn new(amount: f32) -> Option<Chorus> {
        let angle = amount.clamp(0.0, 1.0) * std::f32::consts::FRAC_PI_4;
        (amount > 0.0).then(|| Chorus {
            dry: angle.cos(),
            wet: angle.sin(),
            ring: Box::new([[0.0; 2]; RING]),
            at: 0,
            phase: 0.0,
            thin: [OnePole::new(THIN); 2],
        })
    }

    /// Works on the next frames, a multiple of 64.
    pub(super) fn work(&mut self, frames: &mut [Frame]) {
        for block in frames.chunks_mut(STEP) {
            let from = sine(self.phase);
            self.phase += HZ * block.len() as f32 / RATE;
            self.phase -= self.phase.floor();
            let rise = (sine(self.phase) - from) * SWING * RATE / block.len() as f32;
            let mut swing = from * SWING * RATE;
            for frame in block {
                self.ring[self.at] = *frame;
                let behind = [DELAY * RATE + swing, DELAY * RATE - swing];
                for side in 0..2 {
                    let wet = self.thin[side].high(self.read(side, behind[side]));
                    frame[side] = self.dry * frame[side] + self.wet * wet;
                }
                self.at = (self.at + 1) & (RING - 1);
                swing += rise;
            }
        }
    }

    #[inline]
    fn read(&self, side: usize, behind: f32) -> f32 {
        let whole = behind as usize;
        let share = behind - whole as f32;
        let near = self.ring[(self.at + RING - whole) & (RING - 1)][side];
        let far = self.ring[(self.at + RING - whole - 1) & (RING - 1)][side];
        near + (far - near) * share
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter;

    fn heard(chorus: &mut Chorus, hz: f32, seconds: f32) -> Vec<Frame> {
        let mut frames = meter::stereo(&meter::sine(hz, seconds));
        chorus.work(&mut frames);
        frames
    }

    #[test]
    fn the_second_sound_is_eleven_cents_out_of_tune_and_each_side_the_other_way() {
        let mut chorus = Chorus::new(1.0).unwrap();
        chorus.dry = 0.0;
        let frames = heard(&mut chorus, 1000.0, 2.0);
        let [left, right] = [0, 1].map(|side| meter::cents(&meter::side(&frames[2400..], side), 1000.0, 40));
        let most = |cents: &[f32]| cents.iter().fold(0.0f32, |most, c| most.max(c.abs()));
        assert!((most(&left) - 11.0).abs() < 1.0, "{} cents", most(&left));
        assert!((most(&right) - 11.0).abs() < 1.0, "{} cents", most(&right));
        let opposite = left.iter().zip(&right).filter(|(l, r)| *l * *r < 0.5).count();
        assert!(opposite as f32 > 0.95 * left.len() as f32);
    }

    #[test]
    fn a_sine_gets_sidebands_at_the_rate_of_the_swing() {
        let span = 4.0 / HZ;
        let left = meter::side(&heard(&mut Chorus::new(1.0).unwrap(), 1000.0, span), 0);
        let side = |n: f32| meter::db(meter::partial(&left, 1000.0 + n * HZ));
        assert!(side(4.0) > -20.0 && side(-4.0) > -20.0, "{} {}", side(4.0), side(-4.0));
        assert!(side(60.0) < -60.0, "{}", side(60.0));
        let plain = meter::partial(&meter::sine(1000.0, span), 1000.0 + 4.0 * HZ);
        assert!(meter::db(plain) < -60.0);
    }

    #[test]
    fn it_widens_keeps_its_level_and_leaves_the_lows_alone() {
        let mut noise = crate::chance::Noise::new(&mut crate::chance::stream(5, 5));
        let mono: Vec<f32> = (0..96_000).map(|_| noise.sample()).collect();
        let mut wide = meter::stereo(&mono);
        Chorus::new(0.8).unwrap().work(&mut wide);
        let both = meter::correlation(&wide[4800..]);
        assert!((0.4..0.85).contains(&both), "correlation {both}");
        let folded: Vec<f32> = wide.iter().map(|[l, r]| 0.5 * (l + r)).collect();
        for (what, heard) in [("left", meter::side(&wide, 0)), ("mono", folded)] {
            let change = meter::db(meter::rms(&heard) / meter::rms(&mono));
            assert!(change.abs() < 1.6, "{what}: {change} dB");
        }
        let low = heard(&mut Chorus::new(0.8).unwrap(), 50.0, 1.0);
        assert!(meter::correlation(&low[4800..]) > 0.98);
        assert!(Chorus::new(0.0).is_none());
    }
}
