//! Transitions: swells that end on time, impacts that begin on it.

use rand_chacha::ChaCha8Rng;
use score::drum;
use sound::Frame;

use crate::chance::Noise;
use crate::envelope::fall;
use crate::filter::{OnePole, Svf};
use crate::schedule::Stroke;
use crate::voice::{Voice, loudness};
use crate::wave::{RATE, sine};

/// A swell for [`drum::SWELL`], an impact for every other key.
pub(crate) fn start(note: Stroke, chance: &mut ChaCha8Rng) -> Box<dyn Voice> {
    if note.key == drum::SWELL {
        Box::new(Swell::new(note, chance))
    } else {
        Box::new(Impact::new(note, chance))
    }
}

/// A reverse cymbal: noise that rises in level and brightness until the note ends.
struct Swell {
    noise: [Noise; 2],
    bands: [Svf; 2],
    at: u64,
    length: u64,
    level: f32,
}

impl Swell {
    fn new(note: Stroke, chance: &mut ChaCha8Rng) -> Swell {
        Swell {
            noise: [Noise::new(chance), Noise::new(chance)],
            bands: [Svf::new(400.0, 0.6); 2],
            at: 0,
            length: note.end - note.at,
            level: loudness(note.velocity),
        }
    }
}

impl Voice for Swell {
    fn sing(&mut self, out: &mut [Frame]) {
        for frame in out {
            let share = (self.at as f32 / self.length as f32).min(1.0);
            if self.at.is_multiple_of(32) {
                let hz = 350.0 * (share * share * 4.6).exp2();
                self.bands.iter_mut().for_each(|band| band.tune(hz, 0.6));
            }
            // the last 12 ms fall, so that it stops dead without a click
            let close = (self.length.saturating_sub(self.at) as f32 / (0.012 * RATE)).min(1.0);
            let level = self.level * share.powf(2.4) * close;
            for ((out, band), noise) in frame.iter_mut().zip(&mut self.bands).zip(&mut self.noise) {
                *out += band.band(noise.sample()) * level;
            }
            self.at += 1;
        }
    }

    fn release(&mut self) {
        self.length = self.length.min(self.at + (0.012 * RATE) as u64);
    }

    fn is_over(&self) -> bool {
        self.at >= self.length
    }
}

/// An impact: a falling boom under a long wash.
struct Impact {
    noise: [Noise; 2],
    wash: [Svf; 2],
    rumble: OnePole,
    phase: f32,
    hz: f32,
    boom: f32,
    boom_fall: f32,
    hiss: f32,
    hiss_fall: f32,
}

impl Impact {
    fn new(note: Stroke, chance: &mut ChaCha8Rng) -> Impact {
        let level = loudness(note.velocity);
        Impact {
            noise: [Noise::new(chance), Noise::new(chance)],
            wash: [Svf::new(2200.0, 0.5); 2],
            rumble: OnePole::new(140.0),
            phase: 0.0,
            hz: 110.0,
            boom: level,
            boom_fall: fall(1.9),
            hiss: level * 0.55,
            hiss_fall: fall(2.4),
        }
    }
}

impl Voice for Impact {
    fn sing(&mut self, out: &mut [Frame]) {
        for frame in out {
            self.hz = 38.0 + (self.hz - 38.0) * (1.0 - 9.0 / RATE);
            self.phase += self.hz / RATE;
            let thump = self.rumble.low(self.noise[0].sample()) * self.boom * self.boom;
            let boom = sine(self.phase) * self.boom * 0.8 + thump * 1.5;
            for ((out, wash), noise) in frame.iter_mut().zip(&mut self.wash).zip(&mut self.noise) {
                *out += boom + wash.low(noise.sample()) * self.hiss;
            }
            self.boom *= self.boom_fall;
            self.hiss *= self.hiss_fall;
        }
        self.phase = self.phase.fract();
    }

    fn release(&mut self) {}

    fn choke(&mut self) {
        (self.boom_fall, self.hiss_fall) = (fall(0.02), fall(0.02));
    }

    fn is_over(&self) -> bool {
        self.boom < 1e-4 && self.hiss < 1e-4
    }
}
