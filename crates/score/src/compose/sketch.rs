//! A sketch of a note: in beats, before anybody plays it.

/// A note on paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sketch {
    /// Beat it begins on; may lie before the music begins.
    pub(super) beat: f64,
    /// Length in beats, above zero.
    pub(super) length: f64,
    /// MIDI key.
    pub(super) pitch: u8,
    /// How hard, 1 for as the part usually plays.
    pub(super) force: f64,
}

impl Sketch {
    /// The beat it ends on.
    pub(super) fn end(&self) -> f64 {
        self.beat + self.length
    }

    /// Begins so many beats later and ends where it did.
    pub(super) fn delay(&mut self, beats: f64) {
        self.beat += beats;
        self.length -= beats;
    }
}

/// The beat of a step of a bar.
pub(super) fn step_beat(bar_beat: f64, step: usize) -> f64 {
    bar_beat + step as f64 / STEPS_PER_BEAT
}

/// Whether a beat is the first or the third of a bar.
pub(super) fn is_strong(beat: f64) -> bool {
    beat.rem_euclid(2.0) < 0.1
}

/// Steps in a beat.
pub(super) const STEPS_PER_BEAT: f64 =
    crate::genre::STEPS_PER_BAR as f64 / crate::genre::BEATS_PER_BAR as f64;
