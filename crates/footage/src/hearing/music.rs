//! Whether a film's own sound already has music: tones that stand still on a scale and change.

use std::sync::Arc;

use realfft::{RealFftPlanner, RealToComplex, num_complex::Complex};
use sound::{Span, Time};

/// Samples in a spectrum at 16 kHz, and from one to the next.
const SIZE: usize = 2048;
const HOP: usize = 512;
const RATE: u32 = 16_000;
/// The bins that notes are looked for in: 94 Hz to 4 kHz.
const BINS: std::ops::Range<usize> = 12..512;
/// Mean power per bin below which nothing is heard: about -85 dB of full scale.
const HEARD: f32 = 1e-6;
/// A tone that moves less than this from one spectrum to the next stands still, in semitones.
const STILL: f32 = 0.12;
/// Music stands still at least this share of the time it is heard, in as many spectra, on as many notes.
const STILL_SHARE: f32 = 0.2;
const LEAST_STILL: usize = 40;
const LEAST_NOTES: usize = 4;
/// How closely the tones lie on one scale of semitones: 0 anywhere, 1 exactly.
const ON_SCALE: f32 = 0.6;

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

    /// Whether there is music, leaving out where somebody talks.
    pub(crate) fn finish(&self, speech: &[Span]) -> bool {
        let (mut heard, mut last) = (0, Tone::Silence);
        let mut still = Vec::new();
        for (index, tone) in self.tones.iter().enumerate() {
            let at = Time::from_samples((index * HOP + SIZE / 2) as i64, RATE);
            if *tone == Tone::Silence || speech.iter().any(|span| span.contains(at)) {
                last = Tone::Silence;
                continue;
            }
            heard += 1;
            if let (Tone::Pitch(before), Tone::Pitch(now)) = (last, *tone)
                && (now - before).abs() < STILL
            {
                still.push(now);
            }
            last = *tone;
        }
        let share = still.len() as f32 / (heard as f32).max(1.0);
        let (closeness, offset) = scale(&still);
        still.len() >= LEAST_STILL
            && share > STILL_SHARE
            && closeness > ON_SCALE
            && notes(&still, offset) >= LEAST_NOTES
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

/// How closely pitches lie on one scale of semitones, 0 to 1, and by which part of a semitone it is shifted.
fn scale(pitches: &[f32]) -> (f32, f32) {
    let (x, y) = pitches.iter().fold((0.0, 0.0), |(x, y), pitch| {
        let (sin, cos) = (pitch * std::f32::consts::TAU).sin_cos();
        (x + cos, y + sin)
    });
    let length = (x * x + y * y).sqrt() / (pitches.len() as f32).max(1.0);
    (length, y.atan2(x) / std::f32::consts::TAU)
}

/// How many notes are heard for a tenth of a second or more.
fn notes(pitches: &[f32], offset: f32) -> usize {
    let mut counts = [0usize; 96];
    for pitch in pitches {
        counts[((pitch - offset).round().max(0.0) as usize).min(95)] += 1;
    }
    counts.iter().filter(|count| **count >= 3).count()
}
