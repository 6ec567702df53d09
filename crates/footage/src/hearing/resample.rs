//! From 48 kHz down to the 16 kHz that the ear for speech and music works at.

/// Taps of the low-pass before every third sample is kept.
const TAPS: usize = 48;
/// Corner of the low-pass as a share of the 48 kHz: 7.2 kHz.
const CORNER: f64 = 0.15;

/// A windowed-sinc low-pass that keeps every third sample; delays by half a millisecond.
pub(crate) struct ToSixteen {
    taps: [f32; TAPS],
    /// The last samples of the block before, then the block.
    waiting: Vec<f32>,
}

impl ToSixteen {
    pub(crate) fn new() -> ToSixteen {
        let mut taps = [0.0; TAPS];
        for (index, tap) in taps.iter_mut().enumerate() {
            let from_centre = index as f64 - (TAPS as f64 - 1.0) / 2.0;
            let angle = std::f64::consts::TAU * (index as f64 + 0.5) / TAPS as f64;
            let window = 0.5 - 0.5 * angle.cos();
            let phase = std::f64::consts::TAU * CORNER * from_centre;
            *tap = (2.0 * CORNER * phase.sin() / phase * window) as f32;
        }
        ToSixteen { taps, waiting: vec![0.0; TAPS / 2] }
    }

    /// Appends what `samples` at 48 kHz give at 16 kHz.
    pub(crate) fn feed(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.waiting.extend_from_slice(samples);
        let mut start = 0;
        while start + TAPS <= self.waiting.len() {
            let window = &self.waiting[start..start + TAPS];
            let mut lanes = [0.0f32; 8];
            for (taps, samples) in self.taps.chunks_exact(8).zip(window.chunks_exact(8)) {
                for lane in 0..8 {
                    lanes[lane] += taps[lane] * samples[lane];
                }
            }
            out.push(lanes.iter().sum::<f32>().clamp(-1.0, 1.0));
            start += 3;
        }
        self.waiting.drain(..start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(frequency: f64) -> f32 {
        let wave: Vec<f32> =
            (0..48_000).map(|i| (std::f64::consts::TAU * frequency * i as f64 / 48e3).sin() as f32).collect();
        let mut out = Vec::new();
        let mut resampler = ToSixteen::new();
        wave.chunks(1001).for_each(|block| resampler.feed(block, &mut out));
        assert!((15_980..=16_000).contains(&out.len()), "{}", out.len());
        (out.iter().map(|s| s * s).sum::<f32>() / out.len() as f32 * 2.0).sqrt()
    }

    #[test]
    fn what_speech_needs_passes_and_what_would_fold_does_not() {
        assert!((level(1000.0) - 1.0).abs() < 0.01);
        assert!(level(10_000.0) < 0.02);
        assert!(level(15_000.0) < 0.002);
    }
}
