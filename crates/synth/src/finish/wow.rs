//! Wow and flutter of a worn tape: a delay whose length drifts.

use crate::chance::{self, Noise};
use crate::wave::{RATE, sine};
use sound::Frame;

const RING: usize = 512;
// At full amount: 0.45 % at half a turn a second, 0.06 % at 6.3 Hz, and a slow wander.
const WOW: (f32, f32) = (0.0045, 0.53);
const FLUTTER: (f32, f32) = (0.0006, 6.3);

/// The tape.
pub(super) struct Wow {
    ring: Vec<Frame>,
    at: usize,
    phases: [f32; 2],
    depths: [f32; 2],
    wander: f32,
    wander_to: f32,
    noise: Noise,
    age: u64,
}

impl Wow {
    pub(super) fn new(amount: f32, seed: u64) -> Wow {
        // speed off by v at f Hz is a length off by v / (2 pi f)
        let depth = |(speed, hz): (f32, f32)| amount * speed / (std::f32::consts::TAU * hz) * RATE;
        let mut noise = Noise::new(&mut chance::stream(seed, 900));
        Wow {
            ring: vec![[0.0; 2]; RING],
            at: 0,
            phases: [noise.share(), noise.share()],
            depths: [depth(WOW), depth(FLUTTER)],
            wander: 0.0,
            wander_to: 0.0,
            noise,
            age: 0,
        }
    }

    pub(super) fn work(&mut self, frames: &mut [Frame]) {
        let middle = 1.5 * self.depths[0] + self.depths[1] + 3.0;
        for frame in frames {
            if self.age.is_multiple_of(24_000) {
                self.wander_to = self.noise.sample() * 0.5 * self.depths[0];
            }
            self.age += 1;
            self.wander += (self.wander_to - self.wander) * 4e-5;
            self.ring[self.at % RING] = *frame;
            for (phase, (_, hz)) in self.phases.iter_mut().zip([WOW, FLUTTER]) {
                *phase += hz / RATE;
                *phase -= phase.floor();
            }
            let swing = self.depths[0] * sine(self.phases[0]) + self.depths[1] * sine(self.phases[1]);
            let back = middle + swing + self.wander;
            *frame = self.read(back);
            self.at = (self.at + 1) % RING;
        }
    }

    /// The sound `back` samples ago, by a cubic through four samples.
    fn read(&self, back: f32) -> Frame {
        let whole = back as usize;
        let t = 1.0 - (back - whole as f32);
        let tap = |i: usize| self.ring[(self.at + 2 * RING - whole - 2 + i) % RING];
        let points = [tap(0), tap(1), tap(2), tap(3)];
        let mut out = [0.0; 2];
        for (side, out) in out.iter_mut().enumerate() {
            let [a, b, c, d] = points.map(|point| point[side]);
            let (c1, c2) = (0.5 * (c - a), a - 2.5 * b + 2.0 * c - 0.5 * d);
            let c3 = 0.5 * (d - a) + 1.5 * (b - c);
            *out = ((c3 * t + c2) * t + c1) * t + b;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter;

    /// The pitch of a sine of 1 kHz over a tape, in cents, a hundred times a second.
    fn pitch(amount: f32, seconds: f32) -> Vec<f32> {
        let mut frames = meter::stereo(&meter::sine(1000.0, seconds));
        Wow::new(amount, 7).work(&mut frames);
        meter::cents(&meter::side(&frames[2400..], 0), 1000.0, 10)
    }

    /// How deep pitch swings at so many Hz, in cents.
    fn swing(pitch: &[f32], hz: f32) -> f32 {
        meter::partial(pitch, hz * RATE / 100.0)
    }

    #[test]
    fn pitch_swings_eight_cents_slowly_and_one_fast() {
        let pitch = pitch(1.0, 8.0);
        let cents = |speed: f32| 1200.0 * (1.0 + speed).log2();
        let (wow, flutter) = (swing(&pitch, WOW.1), swing(&pitch, FLUTTER.1));
        assert!((wow - cents(WOW.0)).abs() < 1.2, "wow of {wow} cents");
        assert!((flutter - cents(FLUTTER.0)).abs() < 0.3, "flutter of {flutter} cents");
        assert!(swing(&pitch, 2.5) < 0.25 * flutter, "something swings between them");
    }

    #[test]
    fn half_as_worn_a_tape_swings_half_as_deep() {
        let depth = |amount| swing(&pitch(amount, 4.0), WOW.1);
        let ratio = depth(0.4) / depth(0.8);
        assert!((ratio - 0.5).abs() < 0.06, "{ratio}");
    }
}
