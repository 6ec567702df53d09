//! Subtractive synthesis: oscillators a little out of tune through a moving low-pass.

use rand_chacha::ChaCha8Rng;
use sound::Frame;

use crate::chance::Noise;
use crate::envelope::{Envelope, Shape as Adsr, fall};
use crate::filter::LowPass;
use crate::schedule::Stroke;
use crate::voice::{Voice, loudness};
use crate::wave::{Oscillator, RATE, Shape, key_hz, sine};

const MOST: usize = 7;
/// Samples between two movements of filter and pitch.
const STEP: usize = 16;

/// A sound of the subtractive voice.
pub(crate) struct Patch {
    pub(crate) shape: Shape,
    /// How far the width of a pulse moves to either side, as a share of the period, and how often a second.
    pub(crate) width: (f32, f32),
    /// Oscillators, 1 to 7, and how far the outermost are apart in cents.
    pub(crate) unison: usize,
    pub(crate) detune: f32,
    /// Levels of a sine at the key's pitch, of one an octave below, and of breath.
    pub(crate) pure: f32,
    pub(crate) sub: f32,
    pub(crate) breath: f32,
    /// Corner of the low-pass in Hz at middle C and full velocity, its quality, and how much it follows the key.
    pub(crate) corner: f32,
    pub(crate) quality: f32,
    pub(crate) follow: f32,
    /// Octaves above the corner at which the filter begins, and seconds in which it comes down;
    /// below zero it begins below and opens.
    pub(crate) sweep: f32,
    pub(crate) sweep_time: f32,
    pub(crate) envelope: Adsr,
    /// Depth in cents, frequency in Hz, and seconds before it begins.
    pub(crate) vibrato: (f32, f32, f32),
    /// Depth and frequency.
    pub(crate) tremolo: (f32, f32),
    /// Share of the unison that is spread to the sides, 0 to 1.
    pub(crate) spread: f32,
    /// Semitones from which the pitch slides in, and how fast.
    pub(crate) scoop: (f32, f32),
}

/// A note by subtraction.
pub(crate) struct Analog {
    patch: &'static Patch,
    shape: Shape,
    oscillators: [Oscillator; MOST],
    steps: [f32; MOST],
    sides: [[f32; 2]; MOST],
    filter: LowPass,
    envelope: Envelope,
    noise: Noise,
    pure: f32,
    sub: f32,
    hz: f32,
    corner: f32,
    swept: f32,
    swept_fall: f32,
    scooped: f32,
    scoop_fall: f32,
    level: f32,
    age: f32,
    phase: f32,
    until_step: usize,
    bend: f32,
    sway: f32,
}

impl Analog {
    pub(crate) fn new(patch: &'static Patch, note: Stroke, chance: &mut ChaCha8Rng) -> Analog {
        let hz = key_hz(f32::from(note.key));
        let hard = f32::from(note.velocity) / 127.0;
        let mut noise = Noise::new(chance);
        let count = patch.unison.clamp(1, MOST);
        let mut voice = Analog {
            patch,
            shape: patch.shape,
            oscillators: [Oscillator::new(0.0); MOST].map(|_| Oscillator::new(noise.share())),
            steps: [0.0; MOST],
            sides: [[0.0; 2]; MOST],
            filter: LowPass::new(1000.0, 0.7),
            envelope: Envelope::new(patch.envelope),
            pure: 0.0,
            sub: 0.0,
            hz,
            corner: patch.corner * (hz / 261.63).powf(patch.follow) * (0.45 + 0.55 * hard),
            swept: patch.sweep,
            swept_fall: fall(patch.sweep_time * 2.0).powi(STEP as i32),
            scooped: patch.scoop.0,
            scoop_fall: fall(patch.scoop.1).powi(STEP as i32),
            level: loudness(note.velocity),
            age: 0.0,
            phase: noise.share() * 0.25,
            until_step: 0,
            bend: 1.0,
            sway: 1.0,
            noise,
        };
        for i in 0..count {
            let place = if count == 1 { 0.0 } else { 2.0 * i as f32 / (count - 1) as f32 - 1.0 };
            let cents = place * patch.detune + voice.noise.sample() * patch.detune * 0.15;
            voice.steps[i] = hz * (cents / 1200.0).exp2() / RATE;
            let side = if i % 2 == 0 { place } else { -place } * patch.spread;
            let angle = (1.0 + side) * std::f32::consts::FRAC_PI_4;
            // level falls as in an incoherent sum
            let share = (count as f32).sqrt().recip();
            voice.sides[i] = [angle.cos() * share, angle.sin() * share];
        }
        voice
    }

    fn step(&mut self) {
        let patch = self.patch;
        self.age += STEP as f32 / RATE;
        self.swept *= self.swept_fall;
        self.scooped *= self.scoop_fall;
        let (cents, rate, delay) = patch.vibrato;
        self.phase += rate * STEP as f32 / RATE;
        let fade = ((self.age - delay) * 3.0).clamp(0.0, 1.0);
        let vibrato = cents * fade * sine(self.phase) / 100.0;
        self.bend = ((vibrato + self.scooped) / 12.0).exp2();
        self.sway = 1.0 - patch.tremolo.0 * (0.5 + 0.5 * sine(self.age * patch.tremolo.1));
        if let Shape::Pulse(middle) = patch.shape {
            let width = middle + patch.width.0 * sine(self.age * patch.width.1);
            self.shape = Shape::Pulse(width.clamp(0.05, 0.95));
        }
        let corner = self.corner * self.swept.exp2();
        self.filter.tune(corner.min(18_000.0), patch.quality);
        self.until_step = STEP;
    }

    /// Adds what the oscillators give, filtered, to the next frames, which all lie within one step.
    fn run(&mut self, out: &mut [Frame]) {
        let patch = self.patch;
        let mut sums = [[0.0f32; 2]; STEP];
        for i in 0..patch.unison.clamp(1, MOST) {
            let step = self.steps[i] * self.bend;
            let [left, right] = self.sides[i];
            let mut values = [0.0; STEP];
            self.oscillators[i].fill(self.shape, step, &mut values[..out.len()]);
            for (sum, value) in sums.iter_mut().zip(values) {
                sum[0] += value * left;
                sum[1] += value * right;
            }
        }
        let mut filter = self.filter;
        let pure_step = self.hz * self.bend / RATE;
        let loudness = self.level * self.sway;
        for (frame, sum) in out.iter_mut().zip(sums) {
            let breath = if patch.breath > 0.0 { self.noise.sample() * patch.breath } else { 0.0 };
            let mut under = 0.0;
            if patch.pure > 0.0 || patch.sub > 0.0 {
                self.pure += pure_step;
                self.sub += pure_step * 0.5;
                under = sine(self.pure) * patch.pure + sine(self.sub) * patch.sub;
            }
            let level = self.envelope.sample() * loudness;
            let low = filter.low(sum.map(|value| value + breath));
            frame[0] += (low[0] + under) * level;
            frame[1] += (low[1] + under) * level;
        }
        self.filter = filter;
        self.pure -= self.pure.floor();
        self.sub -= self.sub.floor();
    }
}

impl Voice for Analog {
    fn sing(&mut self, mut out: &mut [Frame]) {
        while !out.is_empty() {
            if self.until_step == 0 {
                self.step();
            }
            let (now, later) = out.split_at_mut(self.until_step.min(out.len()));
            self.run(now);
            self.until_step -= now.len();
            out = later;
        }
        self.phase -= self.phase.floor();
    }

    fn release(&mut self) {
        self.envelope.release();
    }

    fn is_over(&self) -> bool {
        self.envelope.is_over()
    }
}
