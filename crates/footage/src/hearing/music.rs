//! Listens for notes: the strongest tone of every moment.

mod places;

use std::sync::Arc;

use realfft::{RealFftPlanner, RealToComplex, num_complex::Complex};
use sound::{Span, Time};

use super::speech::FRAME;

/// Samples in a spectrum at 16 kHz, and from one to the next.
const SIZE: usize = 2048;
const HOP: usize = 512;
const RATE: u32 = 16_000;
/// The bins that notes are looked for in: 94 Hz to 4 kHz.
const BINS: std::ops::Range<usize> = 12..512;
/// Mean power per bin below which nothing is heard: about -85 dB of full scale.
const HEARD: f32 = 1e-6;
/// Listens for notes; keeps eight bytes every 32 ms.
pub(crate) struct Music {
    transform: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    waiting: Vec<f32>,
    block: Vec<f32>,
    spectrum: Vec<Complex<f32>>,
    scratch: Vec<Complex<f32>>,
    power: Vec<f32>,
    tones: Vec<Tone>,
}

/// The strongest tone of one spectrum.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Tone {
    /// Nothing is heard.
    Silence,
    /// Something is heard that is no tone.
    Noise,
    /// Its pitch in semitones over 55 Hz.
    Pitch(f32),
}

impl Music {
    pub(crate) fn new() -> Music {
        let transform = RealFftPlanner::<f32>::new().plan_fft_forward(SIZE);
        let window = (0..SIZE)
            .map(|i| 0.5 - 0.5 * (std::f32::consts::TAU * (i as f32 + 0.5) / SIZE as f32).cos())
            .collect();
        Music {
            window,
            waiting: Vec::new(),
            block: Vec::new(),
            spectrum: transform.make_output_vec(),
            scratch: transform.make_scratch_vec(),
            power: Vec::new(),
            tones: Vec::new(),
            transform,
        }
    }

    /// Takes the next samples at 16 kHz, mono.
    pub(crate) fn hear(&mut self, low: &[f32]) {
        self.waiting.extend_from_slice(low);
        let mut start = 0;
        while start + SIZE <= self.waiting.len() {
            let block = &self.waiting[start..start + SIZE];
            self.block.clear();
            self.block.extend(block.iter().zip(&self.window).map(|(sample, window)| sample * window));
            let done =
                self.transform.process_with_scratch(&mut self.block, &mut self.spectrum, &mut self.scratch);
            self.power.clear();
            self.power.extend(self.spectrum.iter().map(|bin| bin.norm_sqr()));
            self.tones.push(if done.is_ok() { strongest(&self.power) } else { Tone::Silence });
            start += HOP;
        }
        self.waiting.drain(..start);
    }

    /// Where there is music, in a film of this length; where somebody talks the voice hides it, but music that
    /// is there before and after goes on meanwhile.
    pub(crate) fn finish(&self, length: Time, speech: &[Span]) -> Vec<Span> {
        places::places(&self.tones, length, speech)
    }

    /// How still the tones stand around each of so many frames of the ear for speech, 0 to 1.
    pub(crate) fn stillness(&self, frames: usize) -> Vec<f32> {
        const REACH: usize = 6;
        let stands = places::stands(&self.tones);
        (0..frames)
            .map(|frame| {
                // A spectrum speaks for its middle.
                let centre = (frame * FRAME).saturating_sub(SIZE / 2) / HOP;
                let last = (centre + REACH + 1).min(stands.len());
                let near = &stands[centre.saturating_sub(REACH).min(last)..last];
                near.iter().filter(|stands| **stands).count() as f32 / near.len().max(1) as f32
            })
            .collect()
    }
}

/// The strongest tone of a power spectrum.
fn strongest(power: &[f32]) -> Tone {
    let total: f32 = power[BINS].iter().sum();
    if total < HEARD * (SIZE * BINS.len()) as f32 {
        return Tone::Silence;
    }
    let peak = BINS
        .filter(|bin| power[*bin] >= power[bin - 1] && power[*bin] > power[bin + 1])
        .filter(|bin| power[*bin] > 0.02 * total)
        // A tone through a Hann window is two bins wide to each side; noise is as loud beyond as at its peak.
        .filter(|bin| power[*bin] > 7.5 * (power[bin - 5] + power[bin - 4] + power[bin + 4] + power[bin + 5]))
        .max_by(|a, b| power[*a].total_cmp(&power[*b]));
    let Some(bin) = peak else { return Tone::Noise };
    // The top of a parabola through the logarithms (Smith, Spectral Audio Signal Processing, 2011).
    let (before, here, after) = (power[bin - 1].ln(), power[bin].ln(), power[bin + 1].ln());
    let shift = 0.5 * (before - after) / (before - 2.0 * here + after).min(-1e-6);
    let frequency = (bin as f32 + shift) * RATE as f32 / SIZE as f32;
    let pitch = 12.0 * (frequency / 55.0).log2();
    if pitch.is_finite() { Tone::Pitch(pitch) } else { Tone::Noise }
}
