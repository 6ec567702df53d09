//! A tone of the chip that has a channel of its own.

use super::channel::Driver;
use super::edges::Edges;
use super::macros::Manner;
use super::voice::{Sounding, Voice};
use super::{CLOCK, FRAME};
use crate::schedule::Stroke;

/// A channel that has a pitch.
pub(super) trait Tone: Send {
    /// Its clock in Hz.
    const CLOCK: f64 = CLOCK;
    /// Clocks between two pictures.
    const FRAME: u64 = FRAME;
    /// Does what the voice wants in this picture.
    fn set(&mut self, wanted: Sounding);
    /// Runs from one clock to another.
    fn run(&mut self, from: u64, to: u64, edges: &mut Edges);
}

/// A tone with its voice.
pub(super) struct Line<T> {
    tone: T,
    voice: Voice,
}

impl<T: Tone> Line<T> {
    pub(super) fn new(tone: T, manner: Manner) -> Line<T> {
        Line { tone, voice: Voice::new(manner) }
    }
}

impl<T: Tone> Driver for Line<T> {
    const CLOCK: f64 = T::CLOCK;
    const FRAME: u64 = T::FRAME;

    fn on(&mut self, note: Stroke) {
        self.voice.on(note);
    }

    fn off(&mut self, note: Stroke) {
        self.voice.off(note);
    }

    fn step(&mut self, expression: f32) {
        self.tone.set(self.voice.step(expression));
    }

    fn run(&mut self, from: u64, to: u64, edges: &mut Edges) {
        self.tone.run(from, to, edges);
    }
}
