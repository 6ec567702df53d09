//! Measures sound as it streams by: loudness after EBU R128, true peak, clipping.

use std::fmt;

use ebur128::{EbuR128, Mode};
use footage::Curve;
use serde::Serialize;
use sound::{Decibels, Frame, SAMPLE_RATE, Time};

use crate::spectrum::{Spectrometer, Spectrum};
use crate::true_peak::{AFTER, BLOCK, Detector};

/// Loudness that stands for silence in a curve, in LUFS, as in a film's profile.
pub(crate) const SILENT: f64 = -70.0;

const STEP: usize = SAMPLE_RATE as usize / 10;
/// The shortest sound that the gates of BS.1770 can judge: one block of 400 ms.
const GATED: usize = 4 * STEP;
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
    /// `None` only if the crate refused 48 kHz stereo, which it does not.
    gauge: Option<EbuR128>,
    frames: usize,
    curve: Vec<f32>,
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
            gauge: EbuR128::new(2, SAMPLE_RATE, Mode::I).ok(),
            frames: 0,
            curve: Vec::new(),
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
    pub fn with_spectrum(self) -> Meter {
        Meter { spectrometer: Some(Spectrometer::default()), ..self }
    }

    /// Hears the next frames.
    pub fn add(&mut self, mut frames: &[Frame]) {
        if let Some(spectrometer) = &mut self.spectrometer {
            spectrometer.add(frames);
        }
        if self.detector.is_some() {
            frames.chunks(CHUNK).for_each(|chunk| self.count_clipped(chunk));
            self.follow_peaks(frames);
        }
        while !frames.is_empty() {
            let (piece, rest) = frames.split_at(frames.len().min(STEP - self.frames % STEP));
            if let Some(gauge) = &mut self.gauge {
                // Only a slice that ends within a frame is refused.
                let _ = gauge.add_frames_f32(piece.as_flattened());
            }
            self.frames += piece.len();
            if self.frames.is_multiple_of(STEP) {
                self.mark();
            }
            frames = rest;
        }
    }

    /// What was heard altogether.
    pub fn finish(mut self) -> Measured {
        if !self.frames.is_multiple_of(STEP) {
            self.mark();
        }
        self.follow_peaks(&[[0.0; 2]; BLOCK + AFTER]);
        Measured {
            length: Time::from_samples(self.frames as i64, SAMPLE_RATE),
            lufs: self.integrated(),
            true_peak: Decibels::from_gain(f64::from(self.peak)),
            clipped_runs: self.clipped_runs,
            loudness: Curve { step: Time::from_samples(STEP as i64, SAMPLE_RATE), values: self.curve },
            spectrum: self.spectrometer.map(Spectrometer::finish).unwrap_or_default(),
        }
    }

    /// Sound too short for the gates is judged without them.
    fn integrated(&self) -> Option<f64> {
        let gauge = self.gauge.as_ref()?;
        let lufs = if self.frames < GATED {
            gauge.loudness_window((self.frames * 1000).div_ceil(SAMPLE_RATE as usize) as u32)
        } else {
            gauge.loudness_global()
        };
        lufs.ok().filter(|lufs| *lufs > SILENT)
    }

    fn mark(&mut self) {
        let lufs = self.gauge.as_ref().and_then(|gauge| gauge.loudness_window(100).ok()).unwrap_or(SILENT);
        self.curve.push(lufs.max(SILENT) as f32);
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
