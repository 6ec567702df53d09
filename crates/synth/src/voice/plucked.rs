//! Plucked strings after Karplus and Strong, with the extensions of Jaffe and Smith (1983).

use rand_chacha::ChaCha8Rng;
use sound::Frame;

use crate::chance::Noise;
use crate::envelope::fall;
use crate::filter::OnePole;
use crate::schedule::Stroke;
use crate::voice::{Voice, loudness};
use crate::wave::{RATE, key_hz};

/// What is plucked, and how.
pub(crate) struct PluckedString {
    /// Seconds to -60 dB at middle C.
    pub(crate) ring: f32,
    /// Seconds to -60 dB once it is damped.
    pub(crate) damped: f32,
    /// How bright the pluck is, in Hz at full velocity.
    pub(crate) bright: f32,
    /// How fast the highs die: 0 not at all, 0.5 as fast as can be.
    pub(crate) dull: f32,
    /// Where it is plucked, as a share of its length.
    pub(crate) place: f32,
    /// Place in the stereo picture by key: how wide the instrument is.
    pub(crate) width: f32,
}

/// A plucked note.
pub(crate) struct Plucked {
    line: Vec<f32>,
    at: usize,
    last: f32,
    allpass: f32,
    allpass_share: f32,
    dull: f32,
    feedback: f32,
    damped: f32,
    sides: [f32; 2],
    level: f32,
    period: f32,
}

impl Plucked {
    pub(crate) fn new(string: &PluckedString, note: Stroke, chance: &mut ChaCha8Rng) -> Plucked {
        let hz = key_hz(f32::from(note.key));
        let hard = f32::from(note.velocity) / 127.0;
        let octaves = (f32::from(note.key) - 60.0) / 12.0;
        // high strings lose their highs with every one of many turns; less a turn keeps the tone
        let dull = (string.dull * 0.6f32.powf(octaves)).clamp(0.01, 0.5);
        let period = RATE / hz;
        let whole = (period - dull - 0.3).floor().max(2.0);
        let rest = period - dull - whole;
        let line = excitation(string, whole as usize, hard, chance);
        let ring = string.ring * 0.62f32.powf(octaves);
        let angle = (1.0 + (octaves * string.width).clamp(-0.6, 0.6)) * std::f32::consts::FRAC_PI_4;
        Plucked {
            at: 0,
            last: 0.0,
            allpass: 0.0,
            allpass_share: (1.0 - rest) / (1.0 + rest),
            dull,
            feedback: fall(ring).powf(period),
            damped: fall(string.damped).powf(period),
            sides: [angle.cos(), angle.sin()],
            level: loudness(note.velocity),
            period,
            line,
        }
    }

    #[inline]
    fn sample(&mut self) -> f32 {
        let out = self.line[self.at];
        let softened = ((1.0 - self.dull) * out + self.dull * self.last) * self.feedback;
        self.last = out;
        let turned = self.allpass_share * softened + self.allpass;
        self.allpass = softened - self.allpass_share * turned;
        self.line[self.at] = turned;
        self.at += 1;
        if self.at == self.line.len() {
            self.at = 0;
        }
        out
    }
}

/// One period of a finger's snap: an impulse with some noise, falling as 1/n above the third partial and faster
/// the softer the pluck is, with the notches of the plucking point, without a mean.
fn excitation(string: &PluckedString, length: usize, hard: f32, chance: &mut ChaCha8Rng) -> Vec<f32> {
    let mut noise = Noise::new(chance);
    let bright = string.bright * (0.25 + 0.75 * hard * hard);
    let mut string_itself = OnePole::new((3.0 * RATE / length as f32).min(bright));
    let mut finger = OnePole::new(bright);
    let mut raw: Vec<f32> = (0..length).map(|_| noise.sample() * 0.5 / (length as f32).sqrt()).collect();
    raw[0] += 1.0;
    let mut dark = raw.clone();
    // twice around, so that the ends of the period meet without a step
    for _ in 0..2 {
        for (dark, raw) in dark.iter_mut().zip(&raw) {
            *dark = finger.low(string_itself.low(*raw));
        }
    }
    let back = ((length as f32 * string.place) as usize).max(1);
    let mut shaped: Vec<f32> =
        (0..length).map(|i| dark[i] - 0.9 * dark[(i + length - back % length) % length]).collect();
    let mean = shaped.iter().sum::<f32>() / length as f32;
    let energy = shaped.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / length as f32;
    let scale = 0.3 / energy.sqrt().max(1e-4);
    shaped.iter_mut().for_each(|v| *v = (*v - mean) * scale);
    shaped
}

impl Voice for Plucked {
    fn sing(&mut self, out: &mut [Frame]) {
        for frame in out.iter_mut() {
            let value = self.sample() * self.level;
            frame[0] += value * self.sides[0];
            frame[1] += value * self.sides[1];
        }
    }

    fn release(&mut self) {
        self.feedback = self.feedback.min(self.damped);
    }

    fn choke(&mut self) {
        self.feedback = fall(0.03).powf(self.period);
    }

    fn is_over(&self) -> bool {
        self.line.iter().all(|v| v.abs() < 3e-5)
    }
}
