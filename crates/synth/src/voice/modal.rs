//! Struck things: a sum of dying sines.

use std::f32::consts::TAU;

use rand_chacha::ChaCha8Rng;
use sound::Frame;

use crate::chance::Noise;
use crate::envelope::fall;
use crate::filter::OnePole;
use crate::schedule::Stroke;
use crate::voice::{Voice, loudness};
use crate::wave::{RATE, key_hz, sine};

const MODES: usize = 16;

/// What is struck.
pub(crate) struct Struck {
    /// Frequency as a multiple of the key's, level, and seconds to -60 dB at middle C.
    pub(crate) modes: &'static [(f32, f32, f32)],
    /// Stiffness: how much the upper modes are sharp.
    pub(crate) stiffness: f32,
    /// How much shorter notes ring an octave higher, as a factor.
    pub(crate) shorten: f32,
    /// Seconds to -60 dB after the key is let go; none rings on.
    pub(crate) damped: Option<f32>,
    /// Level of the hammer's noise.
    pub(crate) hammer: f32,
    /// How much softer strokes are darker, 0 to 1.
    pub(crate) touch: f32,
    /// Seconds until full level; above zero for what is blown instead of struck.
    pub(crate) attack: f32,
    /// Depth and frequency of a tremolo.
    pub(crate) tremolo: (f32, f32),
    /// How many of the first modes have a twin a little out of tune.
    pub(crate) twins: usize,
}

/// A struck note.
pub(crate) struct Modal {
    x: [f32; MODES],
    y: [f32; MODES],
    cos: [f32; MODES],
    sin: [f32; MODES],
    turn: [f32; MODES],
    damped: Option<f32>,
    noise: Noise,
    hammer: f32,
    hammer_fall: f32,
    felt: OnePole,
    gain: f32,
    rise: f32,
    tremolo: (f32, f32),
    phase: f32,
    pan: f32,
    energy: f32,
}

impl Modal {
    pub(crate) fn new(struck: &Struck, note: Stroke, chance: &mut ChaCha8Rng) -> Modal {
        let hz = key_hz(f32::from(note.key));
        let octaves = (f32::from(note.key) - 60.0) / 12.0;
        let touch = 1.0 - struck.touch * (1.0 - f32::from(note.velocity) / 127.0);
        let mut noise = Noise::new(chance);
        let mut voice = Modal {
            x: [0.0; MODES],
            y: [0.0; MODES],
            cos: [0.0; MODES],
            sin: [0.0; MODES],
            turn: [0.0; MODES],
            damped: struck.damped,
            hammer: struck.hammer * loudness(note.velocity),
            hammer_fall: fall(0.04),
            felt: OnePole::new((900.0 + hz * 3.0) * (0.5 + touch)),
            gain: if struck.attack > 0.0 { 0.0 } else { 1.0 },
            rise: 1.0 / (struck.attack.max(1e-4) * RATE),
            tremolo: struck.tremolo,
            phase: noise.share(),
            pan: (octaves * 0.16).clamp(-0.45, 0.45),
            energy: 1.0,
            noise,
        };
        let twins = struck.modes.iter().take(struck.twins).map(|&(r, g, t)| (r * 1.0009, g * 0.6, t * 1.7));
        let modes = struck.modes.iter().copied().chain(twins);
        for (i, (ratio, level, ring)) in modes.take(MODES).enumerate() {
            let hz = hz * ratio * (1.0 + struck.stiffness * ratio * ratio).sqrt();
            if hz > 16_000.0 {
                continue;
            }
            let dark = touch.powf((ratio - 1.0).max(0.0).sqrt());
            let ring = ring * struck.shorten.powf(octaves);
            voice.x[i] = 0.0;
            voice.y[i] = level * dark * loudness(note.velocity);
            let r = fall(ring);
            let w = TAU * hz / RATE;
            (voice.cos[i], voice.sin[i], voice.turn[i]) = (r * w.cos(), r * w.sin(), r);
        }
        voice
    }

    #[inline]
    fn sample(&mut self) -> f32 {
        for i in 0..MODES {
            let (x, y) = (self.x[i], self.y[i]);
            self.x[i] = self.cos[i] * x + self.sin[i] * y;
            self.y[i] = self.cos[i] * y - self.sin[i] * x;
        }
        // summed in fours, as vectors are
        let mut lanes = [0.0f32; 4];
        for four in self.x.chunks_exact(4) {
            for (lane, x) in lanes.iter_mut().zip(four) {
                *lane += x;
            }
        }
        (lanes[0] + lanes[2]) + (lanes[1] + lanes[3])
    }

    fn damp(&mut self, seconds: f32) {
        for i in 0..MODES {
            let faster =
                if self.turn[i] > 0.0 { fall(seconds).min(self.turn[i]) / self.turn[i] } else { 0.0 };
            self.cos[i] *= faster;
            self.sin[i] *= faster;
            self.turn[i] *= faster;
        }
    }
}

impl Voice for Modal {
    fn sing(&mut self, out: &mut [Frame]) {
        let angle = (self.pan + 1.0) * std::f32::consts::FRAC_PI_4;
        let (left, right) = (angle.cos(), angle.sin());
        for frame in out.iter_mut() {
            self.gain = (self.gain + self.rise).min(1.0);
            let mut value = self.sample() * self.gain;
            if self.hammer > 1e-4 {
                value += self.felt.low(self.noise.sample()) * self.hammer;
                self.hammer *= self.hammer_fall;
            }
            if self.tremolo.0 > 0.0 {
                self.phase += self.tremolo.1 / RATE;
                value *= 1.0 + self.tremolo.0 * sine(self.phase);
            }
            frame[0] += value * left;
            frame[1] += value * right;
        }
        self.phase -= self.phase.floor();
        self.energy = self.x.iter().chain(&self.y).map(|v| v * v).sum();
    }

    fn release(&mut self) {
        if let Some(seconds) = self.damped {
            self.damp(seconds);
        }
    }

    fn choke(&mut self) {
        self.damp(0.02);
    }

    fn is_over(&self) -> bool {
        self.energy < 1e-8 && self.hammer <= 1e-4
    }
}
