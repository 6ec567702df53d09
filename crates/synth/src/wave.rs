//! Waveforms without aliasing: sines by polynomial, edges rounded by polyBLEP.

/// Samples a second as a float.
pub(crate) const RATE: f32 = sound::SAMPLE_RATE as f32;

/// Frequency in Hz of a MIDI key, A4 is 440 Hz; fractions of keys are allowed.
pub(crate) fn key_hz(key: f32) -> f32 {
    440.0 * ((key - 69.0) / 12.0).exp2()
}

/// Sine of an angle in turns; off by less than 2e-4, far below what is heard.
pub(crate) fn sine(turns: f32) -> f32 {
    let x = turns - rounded(turns);
    // folded into a quarter turn, where the Taylor polynomial of degree 7 is good
    let size = x.abs();
    let x = size.min(0.5 - size).copysign(x);
    let a = x * std::f32::consts::TAU;
    let a2 = a * a;
    a * (1.0 - a2 * (1.0 / 6.0 - a2 * (1.0 / 120.0 - a2 / 5040.0)))
}

/// The shape of an oscillator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shape {
    /// Falls from 1 to -1.
    Saw,
    /// High for this share of the period.
    Pulse(f32),
    /// Straight up and down.
    Triangle,
}

/// An oscillator whose edges are rounded (Valimaki and Huovilainen 2007).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Oscillator {
    phase: f32,
}

impl Oscillator {
    /// Starts at `phase`, in turns.
    pub(crate) fn new(phase: f32) -> Oscillator {
        Oscillator { phase: phase - phase.floor() }
    }

    /// The next sample; `step` is the frequency in turns a sample, below one half.
    #[inline]
    pub(crate) fn sample(&mut self, shape: Shape, step: f32) -> f32 {
        let mut value = [0.0];
        self.fill(shape, step, &mut value);
        value[0]
    }

    /// The next samples; loops without branches, so that they become vectors.
    #[inline]
    pub(crate) fn fill(&mut self, shape: Shape, step: f32, out: &mut [f32]) {
        let (start, sharpness) = (self.phase, step.recip());
        let phase = |i: i32| wrap(start + i as f32 * step);
        let count = out.len() as i32;
        match shape {
            Shape::Saw => {
                for (i, out) in (0i32..).zip(out) {
                    let phase = phase(i);
                    *out = 1.0 - 2.0 * phase + edge(phase, sharpness);
                }
            }
            Shape::Pulse(width) => {
                // less its mean, so that narrow pulses carry no DC
                let mean = 2.0 * width - 1.0;
                for (i, out) in (0i32..).zip(out) {
                    let phase = phase(i);
                    let high = if phase < width { 1.0 } else { -1.0 };
                    *out = high + edge(phase, sharpness) - edge(wrap(phase - width), sharpness) - mean;
                }
            }
            // its edges are only in the slope; what folds back lies below -80 dB in our registers
            Shape::Triangle => {
                for (i, out) in (0i32..).zip(out) {
                    *out = 1.0 - 4.0 * (phase(i) - 0.5).abs();
                }
            }
        }
        self.phase = phase(count);
    }
}

/// The nearest whole number, for sizes below four million: without a call, so that loops become vectors.
#[inline]
pub(crate) fn rounded(x: f32) -> f32 {
    // beside 1.5 * 2^23 there is no room for a fraction
    const WHOLE: f32 = 12_582_912.0;
    (x + WHOLE) - WHOLE
}

/// What is left of an angle when whole turns are taken away, 0 to 1.
#[inline]
fn wrap(turns: f32) -> f32 {
    let left = turns - rounded(turns);
    if left < 0.0 { left + 1.0 } else { left }
}

/// The residue of an upward step of two at the start of the period; `sharpness` is the period in samples.
#[inline]
fn edge(phase: f32, sharpness: f32) -> f32 {
    let before = (1.0 + (phase - 1.0) * sharpness).max(0.0);
    let after = (1.0 - phase * sharpness).max(0.0);
    before * before - after * after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sine_is_a_sine() {
        for i in -400..400 {
            let turns = i as f32 / 97.0;
            let error = (sine(turns) - (turns * std::f32::consts::TAU).sin()).abs();
            assert!(error < 5e-4, "{turns}: {error}");
        }
    }

    #[test]
    fn a_saw_has_no_mean_and_no_corner() {
        let mut saw = Oscillator::new(0.0);
        let step = 440.0 / RATE;
        let samples: Vec<f32> = (0..48_000).map(|_| saw.sample(Shape::Saw, step)).collect();
        let mean = samples.iter().sum::<f32>() / 48_000.0;
        let jump = samples.windows(2).map(|w| (w[1] - w[0]).abs()).fold(0.0, f32::max);
        assert!(mean.abs() < 0.01, "{mean}");
        assert!(jump < 1.6, "{jump}");
    }
}
