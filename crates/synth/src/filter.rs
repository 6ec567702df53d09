//! Filters: one pole, two poles, shelves.

mod low_pass;

use std::f32::consts::{PI, TAU};

use sound::Frame;

use crate::wave::RATE;

pub(crate) use low_pass::LowPass;

/// A low-pass with one pole, 6 dB an octave.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OnePole {
    share: f32,
    state: f32,
}

impl OnePole {
    /// With its corner at `hz`.
    pub(crate) fn new(hz: f32) -> OnePole {
        OnePole { share: 1.0 - (-TAU * hz / RATE).exp(), state: 0.0 }
    }

    /// How much of the way to what it hears it goes with each sample.
    pub(crate) fn share(&self) -> f32 {
        self.share
    }

    /// What lies below the corner.
    #[inline]
    pub(crate) fn low(&mut self, x: f32) -> f32 {
        self.state += self.share * (x - self.state);
        self.state
    }

    /// What lies above the corner.
    #[inline]
    pub(crate) fn high(&mut self, x: f32) -> f32 {
        x - self.low(x)
    }
}

/// A state-variable filter in Zavalishin's form: stable while its corner moves.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Svf {
    g: f32,
    damping: f32,
    scale: f32,
    low: f32,
    band: f32,
}

impl Svf {
    /// With its corner at `hz` and quality `q`; 0.707 is flat.
    pub(crate) fn new(hz: f32, q: f32) -> Svf {
        let mut filter = Svf::default();
        filter.tune(hz, q);
        filter
    }

    /// Moves corner and quality.
    pub(crate) fn tune(&mut self, hz: f32, q: f32) {
        self.g = (PI * hz.clamp(10.0, 0.45 * RATE) / RATE).tan();
        self.damping = 1.0 / q;
        self.scale = 1.0 / (1.0 + self.g * (self.g + self.damping));
    }

    /// Low, band and high outputs for the next sample.
    #[inline]
    pub(crate) fn outputs(&mut self, x: f32) -> (f32, f32, f32) {
        let high = (x - (self.g + self.damping) * self.band - self.low) * self.scale;
        let rise = self.g * high;
        let band = rise + self.band;
        self.band = band + rise;
        let rise = self.g * band;
        let low = rise + self.low;
        self.low = low + rise;
        (low, band, high)
    }

    /// The low output.
    #[inline]
    pub(crate) fn low(&mut self, x: f32) -> f32 {
        self.outputs(x).0
    }

    /// The band output, with unity gain at the corner.
    #[inline]
    pub(crate) fn band(&mut self, x: f32) -> f32 {
        self.outputs(x).1 * self.damping
    }

    /// All of it, turned by half a turn at the corner.
    #[inline]
    pub(crate) fn turn(&mut self, x: f32) -> f32 {
        x - 2.0 * self.band(x)
    }

    /// The high output.
    #[inline]
    pub(crate) fn high(&mut self, x: f32) -> f32 {
        self.outputs(x).2
    }
}

/// A biquad in the form of Bristow-Johnson's cookbook.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Biquad {
    pub(crate) b: [f32; 3],
    pub(crate) a: [f32; 2],
    /// What it remembers.
    pub(crate) s: [f32; 2],
}

impl Biquad {
    /// One that changes nothing.
    pub(crate) const OPEN: Biquad = Biquad { b: [1.0, 0.0, 0.0], a: [0.0; 2], s: [0.0; 2] };

    /// Cuts what lies above `hz` by 12 dB an octave; `q` is the height at the corner, 0.707 flat.
    pub(crate) fn low_pass(hz: f32, q: f32) -> Biquad {
        let (sin, cos) = (TAU * hz / RATE).sin_cos();
        let (half, alpha) = (0.5 * (1.0 - cos), sin / (2.0 * q));
        Biquad::normal([half, 2.0 * half, half], [1.0 + alpha, -2.0 * cos, 1.0 - alpha])
    }

    /// Lifts what lies below `hz` by `db`, gently.
    pub(crate) fn low_shelf(hz: f32, db: f32) -> Biquad {
        Biquad::shelf(hz, db, 1.0)
    }

    /// Lifts what lies above `hz` by `db`, gently.
    pub(crate) fn high_shelf(hz: f32, db: f32) -> Biquad {
        Biquad::shelf(hz, db, -1.0)
    }

    /// Lifts a band around `hz` by `db`.
    pub(crate) fn bell(hz: f32, q: f32, db: f32) -> Biquad {
        let a = 10f32.powf(db / 40.0);
        let w = TAU * hz / RATE;
        let (cos, alpha) = (w.cos(), w.sin() / (2.0 * q));
        Biquad::normal(
            [1.0 + alpha * a, -2.0 * cos, 1.0 - alpha * a],
            [1.0 + alpha / a, -2.0 * cos, 1.0 - alpha / a],
        )
    }

    /// Cuts what lies below `hz` by 12 dB an octave; 3 dB at the corner.
    pub(crate) fn low_cut(hz: f32) -> Biquad {
        let w = TAU * hz / RATE;
        let (cos, alpha) = (w.cos(), w.sin() * std::f32::consts::FRAC_1_SQRT_2);
        let half = 0.5 * (1.0 + cos);
        Biquad::normal([half, -2.0 * half, half], [1.0 + alpha, -2.0 * cos, 1.0 - alpha])
    }

    fn shelf(hz: f32, db: f32, side: f32) -> Biquad {
        let a = 10f32.powf(db / 40.0);
        let w = TAU * hz / RATE;
        let (cos, root) = (w.cos() * side, 2.0 * a.sqrt() * w.sin() * 0.5 * std::f32::consts::SQRT_2);
        Biquad::normal(
            [
                a * ((a + 1.0) - (a - 1.0) * cos + root),
                side * 2.0 * a * ((a - 1.0) - (a + 1.0) * cos),
                a * ((a + 1.0) - (a - 1.0) * cos - root),
            ],
            [
                (a + 1.0) + (a - 1.0) * cos + root,
                side * -2.0 * ((a - 1.0) + (a + 1.0) * cos),
                (a + 1.0) + (a - 1.0) * cos - root,
            ],
        )
    }

    fn normal(b: [f32; 3], a: [f32; 3]) -> Biquad {
        Biquad { b: b.map(|b| b / a[0]), a: [a[1] / a[0], a[2] / a[0]], s: [0.0; 2] }
    }

    /// The next sample (transposed direct form II; summed so that as little as possible waits for the last output).
    #[inline]
    pub(crate) fn sample(&mut self, x: f32) -> f32 {
        let y = self.b[0] * x + self.s[0];
        self.s[0] = (self.b[1] * x + self.s[1]) - self.a[0] * y;
        self.s[1] = self.b[2] * x - self.a[1] * y;
        y
    }
}

/// The same biquad for both sides, which are worked on at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    b: [f32; 3],
    a: [f32; 2],
    s: [Frame; 2],
}

impl Pair {
    /// Both sides through this filter, each by itself.
    pub(crate) fn new(filter: Biquad) -> Pair {
        Pair { b: filter.b, a: filter.a, s: [[0.0; 2]; 2] }
    }

    /// Forgets what it heard.
    pub(crate) fn rest(&mut self) {
        self.s = [[0.0; 2]; 2];
    }

    /// Sends frames through one filter after the other.
    pub(crate) fn work(stages: &mut [Pair], frames: &mut [Frame]) {
        // three at once: a stage waits for itself, and the others fill the gap
        for stages in stages.chunks_mut(3) {
            match stages {
                [one, after, last] => {
                    frames.iter_mut().for_each(|frame| *frame = last.frame(after.frame(one.frame(*frame))));
                }
                [one, after] => frames.iter_mut().for_each(|frame| *frame = after.frame(one.frame(*frame))),
                [one] => frames.iter_mut().for_each(|frame| *frame = one.frame(*frame)),
                _ => {}
            }
        }
    }

    /// The next frame.
    #[inline]
    pub(crate) fn frame(&mut self, x: Frame) -> Frame {
        let ([b0, b1, b2], [a1, a2], [first, second]) = (self.b, self.a, self.s);
        let y = [0, 1].map(|i| b0 * x[i] + first[i]);
        self.s[0] = [0, 1].map(|i| (b1 * x[i] + second[i]) - a1 * y[i]);
        self.s[1] = [0, 1].map(|i| b2 * x[i] - a2 * y[i]);
        y
    }
}
#[cfg(test)]
mod tests;
