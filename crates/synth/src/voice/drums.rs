//! Drums of our own: a falling tone, noise through a band, and the clang of six squares.

use rand_chacha::ChaCha8Rng;
use score::{Instrument, drum};
use sound::Frame;

use crate::chance::Noise;
use crate::envelope::fall;
use crate::filter::Svf;
use crate::schedule::Stroke;
use crate::voice::{Voice, loudness};
use crate::wave::{Oscillator, RATE, Shape, sine};

/// What a drum is made of; times in seconds to -60 dB, frequencies in Hz.
#[derive(Clone, Copy)]
struct Recipe {
    /// From, to, seconds of the fall, ring, level.
    tone: (f32, f32, f32, f32, f32),
    /// High-pass, low-pass, ring, level.
    noise: (f32, f32, f32, f32),
    /// Ring and level of the clang.
    clang: (f32, f32),
    /// Strokes in quick succession, as of several hands.
    bursts: usize,
    /// Place, -1 to 1, as the audience sees it.
    pan: f32,
}

const NONE: Recipe = Recipe {
    tone: (100.0, 100.0, 0.1, 0.1, 0.0),
    noise: (100.0, 16_000.0, 0.1, 0.0),
    clang: (0.1, 0.0),
    bursts: 1,
    pan: 0.0,
};

fn recipe(instrument: Instrument, key: u8) -> Recipe {
    let analog = matches!(instrument, Instrument::AnalogKit | Instrument::ElectronicKit);
    let brush = instrument == Instrument::BrushKit;
    let big = instrument == Instrument::OrchestraKit;
    match key {
        35 | drum::KICK if analog => {
            Recipe { tone: (190.0, 47.0, 0.10, 0.75, 1.0), noise: (1500.0, 9000.0, 0.015, 0.18), ..NONE }
        }
        35 | drum::KICK => Recipe {
            tone: (150.0, if big { 42.0 } else { 54.0 }, 0.07, if big { 1.1 } else { 0.38 }, 1.0),
            noise: (700.0, 5000.0, 0.03, 0.35),
            ..NONE
        },
        drum::SNARE | 40 if brush => Recipe { noise: (900.0, 9000.0, 0.28, 0.5), ..NONE },
        drum::SNARE | 40 => Recipe {
            tone: (260.0, 185.0, 0.04, if analog { 0.22 } else { 0.16 }, 0.55),
            noise: (1100.0, 11_000.0, if analog { 0.26 } else { 0.22 }, 0.75),
            ..NONE
        },
        drum::RIM | 31 => {
            Recipe { tone: (1750.0, 1650.0, 0.01, 0.05, 0.5), noise: (2000.0, 9000.0, 0.03, 0.35), ..NONE }
        }
        drum::CLAP => Recipe { noise: (900.0, 6500.0, 0.22, 0.9), bursts: 3, ..NONE },
        drum::CLOSED_HAT | 44 => {
            Recipe { noise: (7000.0, 16_000.0, 0.07, 0.30), clang: (0.06, 0.22), pan: 0.25, ..NONE }
        }
        drum::OPEN_HAT => {
            Recipe { noise: (6500.0, 16_000.0, 0.55, 0.28), clang: (0.5, 0.22), pan: 0.25, ..NONE }
        }
        41 | 43 | drum::LOW_TOM | drum::MID_TOM | 48 | drum::HIGH_TOM => {
            let hz = match key {
                41 | 43 => 75.0,
                drum::LOW_TOM => 95.0,
                drum::MID_TOM | 48 => 130.0,
                _ => 175.0,
            };
            let pan = if key >= 48 { -0.25 } else { 0.25 };
            Recipe {
                tone: (hz * 1.6, hz, 0.09, if big { 0.9 } else { 0.5 }, 0.9),
                noise: (300.0, 3500.0, 0.08, 0.22),
                pan,
                ..NONE
            }
        }
        drum::CRASH | 52 | 55 | 57 => {
            Recipe { noise: (3200.0, 16_000.0, 2.2, 0.40), clang: (1.6, 0.20), pan: -0.3, ..NONE }
        }
        drum::RIDE | 53 | 59 => Recipe {
            tone: (3900.0, 3900.0, 0.1, 0.35, 0.05),
            noise: (6000.0, 15_000.0, 0.8, 0.10),
            clang: (0.9, 0.18),
            pan: -0.3,
            ..NONE
        },
        drum::TAMBOURINE => {
            Recipe { noise: (6500.0, 15_000.0, 0.16, 0.35), clang: (0.2, 0.12), bursts: 2, pan: 0.3, ..NONE }
        }
        drum::SHAKER | 69 | 82 => {
            Recipe { noise: (4500.0, 13_000.0, 0.09, 0.40), bursts: 1, pan: -0.35, ..NONE }
        }
        _ => Recipe {
            tone: (900.0, 780.0, 0.02, 0.12, 0.5),
            noise: (1500.0, 8000.0, 0.03, 0.15),
            pan: 0.2,
            ..NONE
        },
    }
}

// Six squares that share no period, after the classic drum machines.
const CLANG: [f32; 6] = [2.0, 3.0, 4.16, 5.43, 6.79, 8.21];
const CLANG_BASE: f32 = 131.0;
const BURST_GAP: f32 = 0.011;

/// A stroke on a drum.
pub(crate) struct Hit {
    recipe: Recipe,
    level: f32,
    age: u32,
    phase: f32,
    tone: (f32, f32),
    hiss: (f32, f32),
    ring: (f32, f32),
    sweep: f32,
    hz: f32,
    noise: Noise,
    high: Svf,
    low: Svf,
    clang_high: Svf,
    squares: [Oscillator; 6],
    sides: [f32; 2],
}

impl Hit {
    pub(crate) fn new(instrument: Instrument, note: Stroke, chance: &mut ChaCha8Rng) -> Hit {
        let recipe = recipe(instrument, note.key);
        let mut noise = Noise::new(chance);
        let hard = f32::from(note.velocity) / 127.0;
        // no two strokes are alike
        let vary = 1.0 + 0.03 * noise.sample();
        let (_, top, ring, level) = recipe.noise;
        let angle = (1.0 + recipe.pan) * std::f32::consts::FRAC_PI_4;
        let slow = 0.9 + 0.2 * noise.share();
        Hit {
            level: loudness(note.velocity),
            age: 0,
            phase: 0.0,
            tone: (recipe.tone.4, fall(recipe.tone.3)),
            hiss: (level, fall(ring * slow)),
            ring: (recipe.clang.1, fall(recipe.clang.0 * slow)),
            sweep: fall(recipe.tone.2 * 2.0),
            hz: recipe.tone.0 * vary,
            high: Svf::new(recipe.noise.0 * vary, 0.7),
            low: Svf::new(top * (0.55 + 0.45 * hard), 0.7),
            clang_high: Svf::new(6500.0, 0.8),
            squares: CLANG.map(|_| Oscillator::new(noise.share())),
            sides: [angle.cos() * std::f32::consts::SQRT_2, angle.sin() * std::f32::consts::SQRT_2],
            noise,
            recipe,
        }
    }

    #[inline]
    fn sample(&mut self) -> f32 {
        let mut sum = 0.0;
        if self.tone.0 > 1e-4 {
            self.hz = self.recipe.tone.1 + (self.hz - self.recipe.tone.1) * self.sweep;
            self.phase += self.hz / RATE;
            sum += sine(self.phase) * self.tone.0;
            self.tone.0 *= self.tone.1;
        }
        if self.hiss.0 > 1e-4 {
            let gap = (BURST_GAP * RATE) as u32;
            if self.recipe.bursts > 1
                && self.age.is_multiple_of(gap)
                && self.age / gap < self.recipe.bursts as u32
            {
                self.hiss.0 = self.recipe.noise.3;
            }
            let burst = self.recipe.bursts > 1 && self.age / gap + 1 < self.recipe.bursts as u32;
            sum += self.low.low(self.high.high(self.noise.sample())) * self.hiss.0;
            self.hiss.0 *= if burst { 0.9955 } else { self.hiss.1 };
        }
        if self.ring.0 > 1e-4 {
            let mut clang = 0.0;
            for (square, ratio) in self.squares.iter_mut().zip(CLANG) {
                clang += square.sample(Shape::Pulse(0.5), CLANG_BASE * ratio / RATE);
            }
            sum += self.clang_high.high(clang) * self.ring.0;
            self.ring.0 *= self.ring.1;
        }
        self.age += 1;
        sum
    }
}

impl Voice for Hit {
    fn sing(&mut self, out: &mut [Frame]) {
        for frame in out {
            // half a millisecond of rise keeps the edge from clicking
            let rise = (self.age as f32 / 24.0).min(1.0);
            let value = self.sample() * self.level * rise;
            frame[0] += value * self.sides[0];
            frame[1] += value * self.sides[1];
        }
        self.phase = self.phase.fract();
    }

    fn release(&mut self) {}

    fn choke(&mut self) {
        let quick = fall(0.04);
        (self.tone.1, self.hiss.1, self.ring.1) = (quick, quick, quick);
    }

    fn is_over(&self) -> bool {
        self.tone.0 <= 1e-4 && self.hiss.0 <= 1e-4 && self.ring.0 <= 1e-4
    }
}
