//! Measures sound as it streams by: loudness after EBU R128, true peak, clipping.

use std::fmt;

use footage::Curve;
use serde::Serialize;
use sound::{Decibels, Frame, Loudness, SAMPLE_RATE, Time};

use crate::spectrum::{Spectrometer, Spectrum};
use crate::true_peak::{AFTER, BLOCK, Detector};

const STEP: usize = SAMPLE_RATE as usize / 10;
/// From here a sample counts as at full scale; 16-bit full scale is a little below 1.
const FULL_SCALE: f32 = 0.9999;
/// So many samples in a row at full scale are a clipped wave, not a high one.
const CLIPPED_RUN: u32 = 3;
/// So many frames at once are found to be below full scale.
const CHUNK: usize = 32;

/// What a stretch of sound measures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// How long it is.
    pub length: Time,
    /// Integrated loudness in LUFS (ITU-R BS.1770-4); `None` when nothing is to be heard.
    pub lufs: Option<f64>,
    /// True peak in dBTP, fourfold oversampled.
    pub true_peak: Decibels,
    /// Places where a channel stays at full scale for three samples or more.
    pub clipped_runs: u64,
    /// K-weighted loudness of each tenth of a second in LUFS, -70 where it is silent.
    pub loudness: Curve,
    /// What it is made of; empty unless the meter was asked.
    #[serde(skip)]
    pub spectrum: Spectrum,
}

impl fmt::Display for Measured {
    /// `-14.0 LUFS, -1.2 dBTP, 33.000s`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.lufs {
            Some(lufs) => write!(f, "{lufs:.1} LUFS, {:.1} dBTP, {}", self.true_peak.0, self.length),
            None => write!(f, "silent, {}", self.length),
        }
    }
}

/// Measures stereo sound block by block; the result does not depend on how it is cut into blocks.
pub struct Meter {
    loudness: Loudness,
    frames: usize,
    /// `None` where peaks are not asked for.
    detector: Option<Detector>,
    peak: f32,
    runs: [u32; 2],
    clipped_runs: u64,
    /// `None` where the spectrum is not asked for.
    spectrometer: Option<Spectrometer>,
}

impl Default for Meter {
    fn default() -> Meter {
        Meter::new()
    }
}

impl Meter {
    /// A meter that has heard nothing yet.
    pub fn new() -> Meter {
        Meter {
            loudness: Loudness::new(),
            frames: 0,
            detector: Some(Detector::new()),
            peak: 0.0,
            runs: [0; 2],
            clipped_runs: 0,
            spectrometer: None,
        }
    }

    /// A meter that does not look for peaks and clipping, in half the time; it reports a silent peak.
    pub fn of_loudness() -> Meter {
        Meter { detector: None, ..Meter::new() }
    }

    /// The same meter, which finds the spectrum, too.
    #[must_use]
    pub fn with(self, spectrometer: Spectrometer) -> Meter {
        Meter { spectrometer: Some(spectrometer), ..self }
    }

    /// Hears the next frames.
    pub fn add(&mut self, frames: &[Frame]) {
        if let Some(spectrometer) = &mut self.spectrometer {
            spectrometer.add(frames);
        }
        if self.detector.is_some() {
            frames.chunks(CHUNK).for_each(|chunk| self.count_clipped(chunk));
            self.follow_peaks(frames);
        }
        self.loudness.hear(frames);
        self.frames += frames.len();
    }

    /// What was heard altogether.
    pub fn finish(mut self) -> Measured {
        self.follow_peaks(&[[0.0; 2]; BLOCK + AFTER]);
        Measured {
            length: Time::from_samples(self.frames as i64, SAMPLE_RATE),
            lufs: self.loudness.integrated(),
            true_peak: Decibels::from_gain(f64::from(self.peak)),
            clipped_runs: self.clipped_runs,
            loudness: Curve {
                step: Time::from_samples(STEP as i64, SAMPLE_RATE),
                values: self.loudness.tenths(),
            },
            spectrum: self.spectrometer.map(Spectrometer::finish).unwrap_or_default(),
        }
    }

    fn count_clipped(&mut self, frames: &[Frame]) {
        if frames.as_flattened().iter().fold(true, |below, sample| below & (sample.abs() < FULL_SCALE)) {
            self.runs = [0; 2];
            return;
        }
        for frame in frames {
            for (run, sample) in self.runs.iter_mut().zip(frame) {
                *run = if sample.abs() >= FULL_SCALE { run.saturating_add(1) } else { 0 };
                self.clipped_runs += u64::from(*run == CLIPPED_RUN);
            }
        }
    }

    fn follow_peaks(&mut self, frames: &[Frame]) {
        let Some(detector) = &mut self.detector else {
            return;
        };
        detector.push(frames);
        while let Some(peaks) = detector.next(self.peak) {
            self.peak = peaks.into_iter().fold(self.peak, f32::max);
        }
    }
}
