//! Two oscillators of a home computer's chip (MOS 6581) on each other: one begins the other anew, or turns it upside down.
//!
//! In the chip a synchronised oscillator goes back to zero when its neighbour's highest bit rises, and a ring-modulated
//! triangle takes that bit in place of its own sign. Both make steps, which are rounded at four times our rate.

use sound::Frame;

use crate::envelope::{Envelope, Shape as Adsr, fall};
use crate::filter::LowPass;
use crate::schedule::Stroke;
use crate::voice::{Voice, loudness};
use crate::wave::{RATE, key_hz, sine};

/// Samples between two movements of pitch and filter.
const STEP: usize = 16;
/// Samples inside for one of ours.
const FINER: usize = 4;
/// Half the length of the filter that leads back to our rate, in samples inside.
const HALF: usize = 32;

/// What one oscillator does to the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Bond {
    /// A saw that begins anew with every period of the key: its own pitch becomes a colour.
    Sync,
    /// A triangle at the key's pitch, turned upside down by the sign of the other.
    Ring,
}

/// A sound of two oscillators.
pub(crate) struct Pair {
    bond: Bond,
    /// The pitch of the second oscillator as a multiple of the key's: at the start, at the end, and seconds between.
    ratio: (f32, f32, f32),
    /// Corner of the low-pass in Hz at middle C and full velocity, and its quality.
    corner: f32,
    quality: f32,
    envelope: Adsr,
    /// Depth in cents, frequency in Hz, and seconds before it begins.
    vibrato: (f32, f32, f32),
}

/// A lead whose edge is torn open and closes again.
pub(crate) const SYNC: Pair = Pair {
    bond: Bond::Sync,
    ratio: (4.3, 1.6, 0.6),
    corner: 5200.0,
    quality: 1.3,
    envelope: Adsr { attack: 0.003, decay: 0.6, sustain: 0.6, release: 0.2 },
    vibrato: (20.0, 5.8, 0.25),
};
/// A bell: the other an octave above, which leaves odd harmonics, and a little too high, so that they shimmer.
pub(crate) const RING: Pair = Pair {
    bond: Bond::Ring,
    ratio: (2.004, 2.004, 1.0),
    corner: 9000.0,
    quality: 0.8,
    envelope: Adsr { attack: 0.002, decay: 1.4, sustain: 0.0, release: 0.5 },
    vibrato: (0.0, 5.0, 0.0),
};

/// Steps rounded and brought down to our rate.
struct Rounding {
    taps: [f32; HALF],
    line: Vec<f32>,
}

impl Rounding {
    fn new() -> Rounding {
        // a sinc of 19 kHz under a Blackman window
        let turn = 19_000.0 / (RATE * FINER as f32) * std::f32::consts::TAU;
        let taps: [f32; HALF] = std::array::from_fn(|tap| {
            let from_middle = tap as f32 + 0.5;
            let place = std::f32::consts::PI * from_middle / HALF as f32;
            (turn * from_middle).sin() / from_middle * (0.42 + 0.5 * place.cos() + 0.08 * (2.0 * place).cos())
        });
        let sum = 2.0 * taps.iter().sum::<f32>();
        Rounding { taps: taps.map(|tap| tap / sum), line: vec![0.0; 2 * HALF] }
    }

    fn push(&mut self, value: f32) {
        self.line.push(value);
    }

    /// A step of `height` lay `after` of a sample before the last one; the corner is rounded (polyBLEP).
    fn step(&mut self, height: f32, after: f32) {
        if let [.., before, last] = &mut self.line[..] {
            *before += 0.5 * height * after * after;
            *last -= 0.5 * height * (1.0 - after) * (1.0 - after);
        }
    }

    /// The next sample of ours; the last one inside may still be rounded and is left out.
    fn read(&mut self) -> f32 {
        let middle = self.line.len() - 1 - HALF;
        let pair =
            |(tap, weight): (usize, &f32)| weight * (self.line[middle + tap] + self.line[middle - 1 - tap]);
        let value = self.taps.iter().enumerate().map(pair).sum();
        self.line.drain(..FINER);
        value
    }
}

/// A note of two oscillators.
pub(crate) struct Sid {
    pair: &'static Pair,
    hz: f32,
    /// Turns of the key's oscillator and of the other, and what they do in a sample inside.
    phases: [f32; 2],
    steps: [f32; 2],
    rounding: Rounding,
    ratio: f32,
    filter: LowPass,
    envelope: Envelope,
    level: f32,
    age: f32,
    until_step: usize,
}

impl Sid {
    pub(crate) fn new(pair: &'static Pair, note: Stroke) -> Sid {
        let hz = key_hz(f32::from(note.key));
        let hard = f32::from(note.velocity) / 127.0;
        let corner = pair.corner * (hz / 261.63).powf(0.4) * (0.5 + 0.5 * hard);
        Sid {
            pair,
            hz,
            phases: [0.0, 0.25],
            steps: [0.0; 2],
            rounding: Rounding::new(),
            ratio: pair.ratio.0,
            filter: LowPass::new(corner.min(18_000.0), pair.quality),
            envelope: Envelope::new(pair.envelope),
            level: loudness(note.velocity),
            age: 0.0,
            until_step: 0,
        }
    }

    fn move_on(&mut self) {
        let (_, to, seconds) = self.pair.ratio;
        self.ratio = to + (self.ratio - to) * fall(seconds * 2.0).powi(STEP as i32);
        let (cents, rate, delay) = self.pair.vibrato;
        let fade = ((self.age - delay) * 3.0).clamp(0.0, 1.0);
        let bend = (cents * fade * sine(self.age * rate) / 1200.0).exp2();
        let step = self.hz * bend / (RATE * FINER as f32);
        self.steps = [step, step * self.ratio];
        self.age += STEP as f32 / RATE;
        self.until_step = STEP;
    }

    /// One sample inside of a saw that the key's oscillator begins anew.
    fn sync(&mut self) {
        let [key, own] = self.steps;
        self.phases[0] += key;
        self.phases[1] += own;
        let mut jumps = [(0.0, 0.0); 2];
        if self.phases[1] >= 1.0 {
            self.phases[1] -= 1.0;
            jumps[0] = (-2.0, self.phases[1] / own);
        }
        if self.phases[0] >= 1.0 {
            self.phases[0] -= 1.0;
            let after = self.phases[0] / key;
            let there = self.phases[1] - own * after;
            // its own jump came after the other and did not happen
            let there = if there < 0.0 {
                jumps[0] = (0.0, 0.0);
                there + 1.0
            } else {
                there
            };
            jumps[1] = (-2.0 * there, after);
            self.phases[1] = own * after;
        }
        self.rounding.push(2.0 * self.phases[1] - 1.0);
        for (height, after) in jumps.into_iter().filter(|jump| jump.0 != 0.0) {
            self.rounding.step(height, after.clamp(0.0, 1.0));
        }
    }

    /// One sample inside of a triangle that the other oscillator turns upside down.
    fn ring(&mut self) {
        let triangle = |phase: f32| 1.0 - 4.0 * (phase - phase.floor() - 0.5).abs();
        let [own, other] = self.steps;
        let half = |phase: f32| (2.0 * phase).floor();
        let before = half(self.phases[1]);
        self.phases[0] += own;
        self.phases[1] += other;
        let turned = half(self.phases[1]) != before;
        let after = (2.0 * self.phases[1]).fract() / (2.0 * other);
        self.phases = self.phases.map(|phase| phase - phase.floor());
        let sign = if self.phases[1] < 0.5 { 1.0 } else { -1.0 };
        self.rounding.push(sign * triangle(self.phases[0]));
        if turned {
            let there = triangle(self.phases[0] - own * after);
            self.rounding.step(2.0 * sign * there, after.clamp(0.0, 1.0));
        }
    }

    fn sample(&mut self) -> f32 {
        for _ in 0..FINER {
            match self.pair.bond {
                Bond::Sync => self.sync(),
                Bond::Ring => self.ring(),
            }
        }
        self.rounding.read()
    }
}

impl Voice for Sid {
    fn sing(&mut self, out: &mut [Frame]) {
        for frame in out {
            if self.until_step == 0 {
                self.move_on();
            }
            self.until_step -= 1;
            let value = self.sample() * self.envelope.sample() * self.level;
            let low = self.filter.low([value; 2]);
            *frame = [frame[0] + low[0], frame[1] + low[1]];
        }
    }

    fn release(&mut self) {
        self.envelope.release();
    }

    fn is_over(&self) -> bool {
        self.envelope.is_over()
    }
}

#[cfg(test)]
mod tests;
