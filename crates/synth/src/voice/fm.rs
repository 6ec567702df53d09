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
        Fm { pairs, tremolo: operators.tremolo, phase: 0.0 }
    }
}

impl Voice for Fm {
    fn sing(&mut self, out: &mut [Frame]) {
        for frame in out.iter_mut() {
            self.phase += self.tremolo.1 / RATE;
            let sway = if self.tremolo.0 > 0.0 { self.tremolo.0 * sine(self.phase) } else { 0.0 };
            let mut sides = [0.0; 2];
            for pair in &mut self.pairs {
                let bend = sine(pair.modulator) * pair.depth;
                let level = pair.envelope.sample() * pair.level;
                for (side, sum) in sides.iter_mut().enumerate() {
                    *sum += sine(pair.carrier[side] + bend) * level;
                    pair.carrier[side] += pair.steps[side];
                }
                pair.modulator += pair.bend_step;
                pair.depth = pair.floor + (pair.depth - pair.floor) * pair.fall;
            }
            frame[0] += sides[0] * (1.0 + sway);
            frame[1] += sides[1] * (1.0 - sway);
        }
        for pair in &mut self.pairs {
            pair.carrier = pair.carrier.map(f32::fract);
            pair.modulator = pair.modulator.fract();
        }
        self.phase = self.phase.fract();
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
