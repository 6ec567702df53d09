//! True peak: how high the wave goes between its samples (ITU-R BS.1770-4, annex 2).

use std::array::from_fn;
use std::f64::consts::PI;

use sound::Frame;

/// Positions that are looked at together.
pub(crate) const BLOCK: usize = 16;
/// Samples needed after a position to know the wave that leads on from it.
pub(crate) const AFTER: usize = 6;

const BEFORE: usize = 5;
const TAPS: usize = BEFORE + 1 + AFTER;
/// One block with the samples around it.
const AROUND: usize = BLOCK + TAPS - 1;
/// Consumed samples are thrown away when there are this many.
const SHED: usize = 4096;

/// Finds the true peak at every position of a stereo stream by fourfold oversampling.
#[derive(Clone, Debug)]
pub(crate) struct Detector {
    kernel: [[f32; TAPS]; 3],
    /// The wave is nowhere higher than this many times the largest sample around.
    most: f32,
    left: Vec<f32>,
    right: Vec<f32>,
    next: usize,
}

impl Detector {
    pub(crate) fn new() -> Detector {
        let kernel = from_fn(|phase| {
            from_fn(|tap| windowed_sinc((phase + 1) as f64 / 4.0 + (BEFORE as f64 - tap as f64)) as f32)
        });
        let most = kernel.iter().map(|taps| taps.iter().map(|c| c.abs()).sum()).fold(1.0, f32::max);
        Detector { kernel, most, left: vec![0.0; BEFORE], right: vec![0.0; BEFORE], next: 0 }
    }

    /// Takes more of the stream.
    pub(crate) fn push(&mut self, frames: &[Frame]) {
        if self.next >= SHED {
            self.left.drain(..self.next);
            self.right.drain(..self.next);
            self.next = 0;
        }
        self.left.extend(frames.iter().map(|f| f[0]));
        self.right.extend(frames.iter().map(|f| f[1]));
    }

    /// The peaks at and right after the next [`BLOCK`] positions, louder channel counting; `None` until enough was pushed.
    ///
    /// What stays below `level` is not looked at between its samples.
    pub(crate) fn next(&mut self, level: f32) -> Option<[f32; BLOCK]> {
        let around = self.next..self.next + AROUND;
        let left: &[f32; AROUND] = self.left.get(around.clone())?.try_into().ok()?;
        let right: &[f32; AROUND] = self.right.get(around)?.try_into().ok()?;
        self.next += BLOCK;
        let (left, right) = (self.peaks(left, level), self.peaks(right, level));
        Some(from_fn(|i| left[i].max(right[i])))
    }

    fn peaks(&self, wave: &[f32; AROUND], level: f32) -> [f32; BLOCK] {
        let mut peaks: [f32; BLOCK] = from_fn(|i| wave[BEFORE + i].abs());
        if largest(wave) * self.most <= level {
            return peaks;
        }
        for taps in &self.kernel {
            let mut between = [0.0f32; BLOCK];
            for (tap, factor) in taps.iter().enumerate() {
                for (sum, sample) in between.iter_mut().zip(&wave[tap..tap + BLOCK]) {
                    *sum += factor * sample;
                }
            }
            for (peak, between) in peaks.iter_mut().zip(between) {
                *peak = peak.max(between.abs());
            }
        }
        peaks
    }
}

/// A Hann window over the sinc, as the reference filter of the recommendation has nearly the same shape.
fn windowed_sinc(distance: f64) -> f64 {
    if distance.abs() >= AFTER as f64 {
        return 0.0;
    }
    let window = 0.5 + 0.5 * (PI * distance / AFTER as f64).cos();
    window * (PI * distance).sin() / (PI * distance)
}

/// Eight running maxima, because one alone would wait for itself.
fn largest(wave: &[f32; AROUND]) -> f32 {
    let mut lanes = [0.0f32; 8];
    for eight in wave.chunks(8) {
        for (lane, sample) in lanes.iter_mut().zip(eight) {
            *lane = if sample.abs() > *lane { sample.abs() } else { *lane };
        }
    }
    lanes.iter().fold(0.0, |most, lane| most.max(*lane))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loudest(frames: &[Frame], level: f32) -> f32 {
        let mut detector = Detector::new();
        detector.push(frames);
        detector.push(&[[0.0; 2]; BLOCK + AFTER]);
        std::iter::from_fn(|| detector.next(level)).flatten().fold(0.0, f32::max)
    }

    #[test]
    fn a_sine_caught_beside_its_crests_is_read_at_its_height() {
        let wave: Vec<Frame> = (0..4800).map(|n| [((n as f64 + 0.5) * PI / 2.0).sin() as f32; 2]).collect();
        let sample = wave.iter().flatten().fold(0.0f32, |a, s| a.max(s.abs()));
        assert!(sample < 0.7072);
        let inner = &wave[..4800];
        assert!((loudest(inner, 0.0) - 1.0).abs() < 0.02);
    }

    #[test]
    fn what_cannot_reach_the_level_is_left_alone() {
        let wave = vec![[0.3f32, -0.2]; 100];
        assert_eq!(loudest(&wave, 1.0), 0.3);
    }
}
