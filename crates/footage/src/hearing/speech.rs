//! Listens for speech with two detectors, of which the dearer one sleeps while the other hears nothing.

mod talk;

use std::collections::VecDeque;

use earshot::Detector;
use nnnoiseless::DenoiseState;
use sound::{Span, Time};

/// Samples in a frame of the first detector, at 16 kHz: 16 ms.
pub(crate) const FRAME: usize = 256;
/// Samples in a frame of the second detector, at 48 kHz: 10 ms.
const FINE: usize = DenoiseState::FRAME_SIZE;
/// Fine frames the second detector hears before those that count: its memory must fill.
const CONTEXT: usize = 40;
/// Fine frames it stays awake after the first detector has lost the voice.
const LINGER: usize = 30;
/// The first detector wakes the second from this score on.
const WAKE: f32 = 0.4;

/// Listens for speech; keeps three bytes every 16 ms.
pub(crate) struct Speech {
    first: Box<Detector>,
    second: Box<DenoiseState<'static>>,
    /// Samples at 16 kHz that do not fill a frame yet.
    waiting: Vec<f32>,
    /// Samples at 48 kHz that do not fill a fine frame yet.
    waiting_fine: Vec<f32>,
    /// The last fine frames, while the second detector sleeps.
    past: VecDeque<Vec<f32>>,
    awake: usize,
    band: VoiceBand,
    first_scores: Vec<u8>,
    second_scores: Vec<u8>,
    /// Amplitude of the voice band.
    envelope: Vec<f32>,
}

impl Speech {
    pub(crate) fn new() -> Speech {
        Speech {
            first: Detector::default_boxed(),
            second: DenoiseState::new(),
            waiting: Vec::new(),
            waiting_fine: Vec::new(),
            past: VecDeque::new(),
            awake: 0,
            band: VoiceBand::default(),
            first_scores: Vec::new(),
            second_scores: Vec::new(),
            envelope: Vec::new(),
        }
    }

    /// Takes the same sound at 48 kHz and at 16 kHz, both mono.
    pub(crate) fn hear(&mut self, fine: &[f32], low: &[f32]) {
        self.waiting.extend_from_slice(low);
        let whole = self.waiting.len() / FRAME * FRAME;
        for frame in self.waiting[..whole].chunks_exact(FRAME) {
            let score = self.first.predict_f32(frame);
            self.first_scores.push(byte(score));
            self.envelope.push(self.band.amplitude(frame));
            if score > WAKE {
                self.awake = LINGER;
            }
        }
        self.waiting.drain(..whole);
        let mut waiting = std::mem::take(&mut self.waiting_fine);
        waiting.extend_from_slice(fine);
        let whole = waiting.len() / FINE * FINE;
        waiting[..whole].chunks_exact(FINE).for_each(|frame| self.hear_fine(frame));
        waiting.drain(..whole);
        self.waiting_fine = waiting;
    }

    fn hear_fine(&mut self, frame: &[f32]) {
        let frame: Vec<f32> = frame.iter().map(|sample| sample * 32_767.0).collect();
        if self.awake == 0 {
            self.past.push_back(frame);
            if self.past.len() > CONTEXT {
                self.past.pop_front();
            }
            self.second_scores.push(0);
            return;
        }
        self.awake -= 1;
        let mut denoised = [0.0; FINE];
        if !self.past.is_empty() {
            self.second = DenoiseState::new();
            let first = self.second_scores.len() - self.past.len();
            for (index, past) in self.past.drain(..).enumerate() {
                self.second_scores[first + index] = byte(self.second.process_frame(&mut denoised, &past));
            }
        }
        self.second_scores.push(byte(self.second.process_frame(&mut denoised, &frame)));
    }

    /// Where somebody talks, sorted, apart, and within the film; `still` says for every frame how much the
    /// tones stand still, 0 to 1.
    pub(crate) fn finish(&self, length: Time, still: &[f32]) -> Vec<Span> {
        let film = Span::new(Time::ZERO, length);
        talk::talk(self, still)
            .into_iter()
            .map(|(start, end)| film.overlap(Span::new(time(start), time(end))))
            .filter(|span| !span.is_empty())
            .collect()
    }

    /// How many frames were heard.
    pub(crate) fn frames(&self) -> usize {
        self.envelope.len()
    }
}

/// When a frame of the first detector begins.
fn time(frame: usize) -> Time {
    Time::from_samples((frame * FRAME) as i64, 16_000)
}

fn byte(score: f32) -> u8 {
    (score.clamp(0.0, 1.0) * 255.0) as u8
}

/// The band of 300 to 3400 Hz that carries a voice, at 16 kHz, with one pole at each side.
#[derive(Default)]
struct VoiceBand {
    low: f32,
    high: f32,
}

impl VoiceBand {
    fn amplitude(&mut self, frame: &[f32]) -> f32 {
        let mut sum = 0.0;
        for sample in frame {
            // exp(-2 pi f / 16000) for 300 and 3400 Hz.
            self.low += (1.0 - 0.888_9) * (sample - self.low);
            self.high += (1.0 - 0.263_1) * (sample - self.low - self.high);
            sum += self.high * self.high;
        }
        (sum / frame.len() as f32).sqrt()
    }
}
