//! Drums of our own: a falling tone, noise through a band, and the clang of six squares.

use rand_chacha::ChaCha8Rng;
use score::Instrument;
use sound::Frame;

use crate::chance::Noise;
use crate::envelope::fall;
use crate::filter::Svf;
use crate::schedule::Stroke;
use crate::voice::recipes::{Recipe, recipe};
use crate::voice::{Voice, loudness};
use crate::wave::{Oscillator, RATE, Shape, sine};

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
