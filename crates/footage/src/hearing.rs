//! The ear: takes the film's own sound block by block and keeps a few hundred bytes a second.

pub(crate) mod modulation;
pub(crate) mod music;
pub(crate) mod resample;
pub(crate) mod silence;
pub(crate) mod speech;
pub(crate) mod transients;

use sound::{Frame, Loudness, Span, Time};

use crate::Transient;

use music::Music;
use resample::ToSixteen;
use speech::Speech;
use transients::Transients;

/// Everything that listens, fed with the same samples.
pub(crate) struct Hearing {
    loudness: Loudness,
    speech: Speech,
    music: Music,
    transients: Transients,
    to_sixteen: ToSixteen,
    mono: Vec<f32>,
    low: Vec<f32>,
}

/// What was heard.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Heard {
    /// Momentary loudness in LUFS every 100 ms.
    pub(crate) loudness: Vec<f32>,
    pub(crate) film_loudness: Option<f64>,
    pub(crate) speech: Vec<Span>,
    pub(crate) speech_loudness: Option<f64>,
    pub(crate) music: Vec<Span>,
    pub(crate) silence: Vec<Span>,
    pub(crate) transients: Vec<Transient>,
}

impl Hearing {
    pub(crate) fn new() -> Hearing {
        Hearing {
            loudness: Loudness::new(),
            speech: Speech::new(),
            music: Music::new(),
            transients: Transients::default(),
            to_sixteen: ToSixteen::new(),
            mono: Vec::new(),
            low: Vec::new(),
        }
    }

    /// Takes the next block of stereo at 48 kHz; samples that are not finite count as silence.
    pub(crate) fn hear(&mut self, frames: &[Frame]) {
        for block in frames.chunks(4800) {
            self.mono.clear();
            self.mono.extend(block.iter().map(|frame| {
                let mono = 0.5 * (frame[0] + frame[1]);
                if mono.is_finite() { mono.clamp(-1.0, 1.0) } else { 0.0 }
            }));
            self.low.clear();
            self.to_sixteen.feed(&self.mono, &mut self.low);
            self.loudness.hear(block);
            self.speech.hear(&self.mono, &self.low);
            self.music.hear(&self.low);
            self.transients.hear(&self.mono);
        }
    }

    /// What was heard of a film that is `length` long.
    pub(crate) fn finish(self, length: Time) -> Heard {
        let still = self.music.stillness(self.speech.frames());
        let speech = self.speech.finish(length, &still);
        let music = self.music.finish(length, &speech);
        let loudness = self.loudness.momentary();
        Heard {
            film_loudness: self.loudness.integrated(),
            speech_loudness: self.loudness.integrated_within(&speech),
            silence: silence::spans(&loudness, length),
            transients: self.transients.finish(length, &speech),
            loudness,
            music,
            speech,
        }
    }
}
