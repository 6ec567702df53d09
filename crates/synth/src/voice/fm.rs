//! Frequency modulation: two pairs of sines, as electric pianos and bells had it.

use sound::Frame;

use crate::envelope::{Envelope, Shape, fall};
use crate::schedule::Stroke;
use crate::voice::{Voice, loudness};
use crate::wave::{RATE, key_hz, sine};

/// A carrier and the sine that bends it.
#[derive(Clone, Copy)]
pub(crate) struct Pair {
    /// Frequencies as multiples of the key's.
    pub(crate) carrier: f32,
    pub(crate) modulator: f32,
    /// Depth in radians at full velocity, and the share of it that stays.
    pub(crate) depth: f32,
    pub(crate) stays: f32,
    /// Seconds in which the rest of it goes.
    pub(crate) bends: f32,
    pub(crate) level: f32,
    pub(crate) envelope: Shape,
}

/// An instrument of two pairs.
pub(crate) struct Operators {
    pub(crate) pairs: [Pair; 2],
    /// How much the two sides are apart, in cents.
    pub(crate) spread: f32,
    /// Depth and frequency of a tremolo from side to side.
    pub(crate) tremolo: (f32, f32),
    /// How much shorter notes ring an octave higher, as a factor.
    pub(crate) shorten: f32,
}

struct Running {
    carrier: [f32; 2],
    modulator: f32,
    steps: [f32; 2],
    bend_step: f32,
    depth: f32,
    floor: f32,
    fall: f32,
    level: f32,
    envelope: Envelope,
}

/// A note by frequency modulation.
pub(crate) struct Fm {
    pairs: [Running; 2],
    tremolo: (f32, f32),
    phase: f32,
    sway: f32,
}

impl Fm {
    pub(crate) fn new(operators: &Operators, note: Stroke) -> Fm {
        let hz = key_hz(f32::from(note.key));
        let octaves = (f32::from(note.key) - 60.0) / 12.0;
        let hard = f32::from(note.velocity) / 127.0;
        let apart = (operators.spread / 2400.0).exp2();
        let pairs = operators.pairs.map(|pair| {
            let mut shape = pair.envelope;
            shape.decay *= operators.shorten.powf(octaves);
            // sidebands must stay below half the sample rate (Carson's rule)
            let most = ((20_000.0 - hz * pair.carrier) / (hz * pair.modulator) - 1.0).clamp(0.0, 20.0);
            let depth = (pair.depth * hard * hard * (1.0 - 0.12 * octaves).clamp(0.4, 1.5)).min(most);
            Running {
                carrier: [0.0, 0.0],
                modulator: 0.0,
                steps: [hz * pair.carrier * apart / RATE, hz * pair.carrier / apart / RATE],
                bend_step: hz * pair.modulator / RATE,
                depth: depth / std::f32::consts::TAU,
                floor: depth * pair.stays / std::f32::consts::TAU,
                fall: fall(pair.bends),
                level: pair.level * loudness(note.velocity),
                envelope: Envelope::new(shape),
            }
        });
        Fm { pairs, tremolo: operators.tremolo, phase: 0.0, sway: 0.0 }
    }
}

/// Samples worked on together, so that sines become vectors.
const BLOCK: usize = 16;

impl Running {
    /// Adds the next samples, at most a block, to both sides.
    fn sing(&mut self, count: usize, sides: &mut [[f32; BLOCK]; 2]) {
        let (mut bends, mut levels) = ([0.0; BLOCK], [0.0; BLOCK]);
        for (i, (bend, level)) in bends.iter_mut().zip(&mut levels).enumerate().take(count) {
            *bend = self.modulator + self.bend_step * i as f32;
            *level = self.envelope.sample() * self.level;
        }
        let depth = self.depth;
        bends.iter_mut().for_each(|bend| *bend = sine(*bend) * depth);
        for (side, sum) in sides.iter_mut().enumerate() {
            let (start, step) = (self.carrier[side], self.steps[side]);
            for i in 0..BLOCK {
                sum[i] += sine(start + step * i as f32 + bends[i]) * levels[i];
            }
            self.carrier[side] = turn(start + step * count as f32);
        }
        self.modulator = turn(self.modulator + self.bend_step * count as f32);
        self.depth = self.floor + (self.depth - self.floor) * self.fall.powi(count as i32);
    }
}

fn turn(phase: f32) -> f32 {
    phase - phase.floor()
}

impl Voice for Fm {
    fn sing(&mut self, out: &mut [Frame]) {
        for block in out.chunks_mut(BLOCK) {
            let mut sides = [[0.0; BLOCK]; 2];
            for pair in &mut self.pairs {
                pair.sing(block.len(), &mut sides);
            }
            self.phase = turn(self.phase + self.tremolo.1 * block.len() as f32 / RATE);
            let sway = self.tremolo.0 * sine(self.phase);
            let rise = (sway - self.sway) / block.len() as f32;
            for (i, frame) in block.iter_mut().enumerate() {
                self.sway += rise;
                frame[0] += sides[0][i] * (1.0 + self.sway);
                frame[1] += sides[1][i] * (1.0 - self.sway);
            }
        }
    }

    fn release(&mut self) {
        for pair in &mut self.pairs {
            pair.envelope.release();
        }
    }

    fn is_over(&self) -> bool {
        self.pairs.iter().all(|pair| pair.envelope.is_over())
    }
}
