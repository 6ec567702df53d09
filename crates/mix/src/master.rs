//! Brings the mix to its loudness by one gain for the whole film, and keeps its peaks below a ceiling.

mod solve;

use serde::Serialize;
use sound::{Decibels, Frame};

use crate::limiter::Limiter;
pub use solve::{Outcome, Solved, solve};

/// What the master does to every frame.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Setting {
    /// Gain for the whole film.
    pub gain: Decibels,
    /// True peak at most.
    pub ceiling: Decibels,
}

/// What the limiter had to do.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Limited {
    /// The deepest reduction, zero or below.
    pub deepest: Decibels,
}

/// Static gain and true-peak limiter; as many frames come out as went in, each in its place.
///
/// The result does not depend on how the sound is cut into blocks.
pub struct Master {
    gain: f32,
    limiter: Limiter,
    louder: Vec<Frame>,
}

impl Master {
    /// A master at the start of the film.
    pub fn new(setting: Setting) -> Master {
        Master {
            gain: setting.gain.gain() as f32,
            limiter: Limiter::new(setting.ceiling),
            louder: Vec::new(),
        }
    }

    /// Takes the next frames of the mix and appends those that are finished, about 5 ms behind.
    pub fn push(&mut self, mix: &[Frame], out: &mut Vec<Frame>) {
        let gain = self.gain;
        self.louder.clear();
        self.louder.extend(mix.iter().map(|frame| frame.map(|sample| finite(sample * gain))));
        self.limiter.push(&self.louder, out);
    }

    /// Appends the frames that are still held.
    pub fn finish(mut self, out: &mut Vec<Frame>) -> Limited {
        self.limiter.finish(out);
        Limited { deepest: self.limiter.deepest() }
    }
}

/// A broken sample from a float stream is silence, not a broken filter for the rest of the film.
#[inline]
fn finite(sample: f32) -> f32 {
    if sample.is_finite() { sample } else { 0.0 }
}
