//! Instruments of measurement for the tests: sines in; levels, partials, pitch and decay out.

use sound::Frame;

use crate::wave::RATE;

/// A sine of full scale that begins at zero.
pub(crate) fn sine(hz: f32, seconds: f32) -> Vec<f32> {
    let step = std::f64::consts::TAU * f64::from(hz) / f64::from(RATE);
    (0..(seconds * RATE) as usize).map(|i| (i as f64 * step).sin() as f32).collect()
}

/// Both sides alike.
pub(crate) fn stereo(samples: &[f32]) -> Vec<Frame> {
    samples.iter().map(|&x| [x; 2]).collect()
}

/// One side, 0 left and 1 right.
pub(crate) fn side(frames: &[Frame], side: usize) -> Vec<f32> {
    frames.iter().map(|frame| frame[side]).collect()
}

/// A ratio of amplitudes in decibels, not below -200.
pub(crate) fn db(ratio: f32) -> f32 {
    20.0 * ratio.max(1e-10).log10()
}

/// Root mean square.
pub(crate) fn rms(samples: &[f32]) -> f32 {
    let energy: f64 = samples.iter().map(|&x| f64::from(x) * f64::from(x)).sum();
    (energy / samples.len().max(1) as f64).sqrt() as f32
}

/// The amplitude of the sine of `hz` in a sound, through a Hann window: neighbours four windows away do not count.
pub(crate) fn partial(samples: &[f32], hz: f32) -> f32 {
    let count = samples.len() as f64;
    let step = std::f64::consts::TAU * f64::from(hz) / f64::from(RATE);
    let (mut re, mut im) = (0.0, 0.0);
    for (i, &x) in samples.iter().enumerate() {
        let window = 1.0 - (std::f64::consts::TAU * i as f64 / count).cos();
        let (sin, cos) = (i as f64 * step).sin_cos();
        re += f64::from(x) * window * cos;
        im += f64::from(x) * window * sin;
    }
    (2.0 * re.hypot(im) / count) as f32
}

/// How far a single tone near `hz` is off, in cents, over and over: each time over `periods` of its periods.
pub(crate) fn cents(samples: &[f32], hz: f32, periods: usize) -> Vec<f32> {
    let rises: Vec<f64> = samples
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0] < 0.0 && pair[1] >= 0.0)
        .map(|(i, pair)| i as f64 + f64::from(pair[0] / (pair[0] - pair[1])))
        .collect();
    let length = periods as f64 * f64::from(RATE) / f64::from(hz);
    rises
        .windows(periods + 1)
        .step_by(periods)
        .map(|span| (1200.0 * (length / (span[periods] - span[0])).log2()) as f32)
        .collect()
}

/// Seconds in which a sound falls by 60 dB, from the slope between 5 and 35 dB below its beginning (ISO 3382).
pub(crate) fn decay(samples: &[f32]) -> f32 {
    let mut left: Vec<f64> = samples.iter().map(|&x| f64::from(x) * f64::from(x)).collect();
    for i in (1..left.len()).rev() {
        left[i - 1] += left[i];
    }
    let fallen = |db: f64| left.partition_point(|&rest| rest > left[0] * 10f64.powf(-db / 10.0));
    2.0 * (fallen(35.0) - fallen(5.0)) as f32 / RATE
}

/// How alike both sides are: 1 the same, 0 unrelated, -1 opposite.
pub(crate) fn correlation(frames: &[Frame]) -> f32 {
    let sum = |of: fn(&Frame) -> f32| frames.iter().map(|frame| f64::from(of(frame))).sum::<f64>();
    let (both, left, right) = (sum(|f| f[0] * f[1]), sum(|f| f[0] * f[0]), sum(|f| f[1] * f[1]));
    (both / (left * right).sqrt().max(1e-20)) as f32
}
