//! One recording that sounds: where it is, how loud, how bright.

use super::BLOCK;
use super::lanes::{Lane, Strip};
use super::reader::Reader;
use super::tone::{FASTEST, Tone};
use crate::filter::Biquad;
use crate::wave::RATE;

/// A voice whose gain is lower than this is over: 80 dB under full scale.
const SILENCE: f32 = 1e-4;
/// A voice that was let go and is softer than this ends: 72 dB under the full scale of recordings, before the level of
/// its instrument. Recordings end long before their
/// release does, and what nobody hears costs as much as what everybody does.
const INAUDIBLE: f32 = 2.5e-4;
/// How much of the height of a wave is remembered from one block to the next, so that the crossings of a low wave are
/// not taken for its end.
const MEMORY: f32 = 0.92;
/// Corners above this share of the sample rate leave all through: a font's own word for an open filter is 19.9 kHz.
const OPEN: f32 = 0.41;
/// Full scale of the font's samples.
const FULL: f32 = 32_768.0;
/// What makes them sound, with half of it left for headroom, as players of fonts have it.
const SCALE: f32 = 0.5 / FULL;

/// Where the contours stood when the key was let go.
#[derive(Clone, Copy, Debug)]
struct Release {
    at: u32,
    loudness: f32,
    motion: f32,
}

/// A voice under way.
#[derive(Clone, Debug)]
pub(super) struct Voice {
    tone: Tone,
    pub(super) key: u8,
    reader: Reader,
    /// Frames of the next block that are over before it begins.
    wait: usize,
    /// Frames since it began.
    age: u32,
    released: Option<Release>,
    /// Gain at the end of the last block.
    gain: Option<f32>,
    /// Height of the recording of late, 0 to 1; all of it until the key is let go.
    height: f32,
    cutoff: f32,
    filter: Biquad,
    filtered: bool,
    /// Must be silent at the end of the next block.
    ends: bool,
    over: bool,
}

impl Voice {
    /// A voice that begins so many frames, fewer than a block, after the next block does.
    pub(super) fn new(tone: Tone, key: u8, wait: usize) -> Voice {
        let mut voice = Voice {
            reader: Reader::new(tone.recording.clone()),
            key,
            wait: wait.min(BLOCK - 1),
            age: 0,
            released: None,
            gain: None,
            height: 1.0,
            cutoff: tone.cutoff.hz,
            filter: Biquad::OPEN,
            filtered: false,
            ends: false,
            over: false,
            tone,
        };
        voice.tune();
        voice
    }

    /// The class of tones that end each other; zero is none.
    pub(super) fn class(&self) -> i32 {
        self.tone.class
    }

    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// Whether it has been told to end.
    pub(super) fn ends(&self) -> bool {
        self.ends
    }

    /// Whether its samples go through a filter.
    pub(super) fn is_filtered(&self) -> bool {
        self.filtered
    }

    /// How loud it is, for the choice of whom to end: the gain at the end of its last block.
    pub(super) fn level(&self) -> f32 {
        self.gain.unwrap_or(1.0)
    }

    /// The key is let go.
    pub(super) fn release(&mut self) {
        if self.released.is_none() {
            let seconds = self.age as f32 / RATE;
            self.released = Some(Release {
                at: self.age,
                loudness: self.tone.loudness.held(seconds),
                motion: self.tone.motion.contour.held(seconds),
            });
            self.reader.release();
        }
    }

    /// Falls silent within the next block.
    pub(super) fn end(&mut self) {
        self.ends = true;
    }

    /// The filter that the next block goes through; what it remembers is given back by [`Voice::remember`].
    pub(super) fn filter(&self) -> Biquad {
        self.filter
    }

    pub(super) fn remember(&mut self, filter: &Biquad) {
        self.filter.s = filter.s;
    }

    /// Fills its lane with the next block and says how it is mixed.
    pub(super) fn block(&mut self, samples: &[i16], lane: Lane<'_>) -> Strip {
        let motion = self.motion();
        let swing = self.tone.motion.modulation.at(self.seconds());
        self.brighten(motion, swing);
        let step = (self.tone.step * self.bend(motion, swing)).min(FASTEST);
        let more = self.reader.read(samples, step, self.wait, lane);
        let before = self.gain;
        self.age += (BLOCK - self.wait) as u32;
        self.wait = 0;
        let volume = self.tone.motion.modulation_to_volume;
        let tremolo = if volume == 0.0 { 1.0 } else { 10f32.powf(volume * swing / 20.0) };
        let after = if self.ends { 0.0 } else { self.loudness() * tremolo };
        self.gain = Some(after);
        self.over = self.ends || !more || self.is_silent(after);
        // what begins at once begins in full, so that its first edge is as sharp as it was recorded
        let begins = if self.tone.loudness.attack + self.tone.loudness.delay < BLOCK as f32 / RATE {
            after
        } else {
            0.0
        };
        Strip { gain: [before.unwrap_or(begins), after].map(|gain| gain * SCALE), sides: self.tone.sides }
    }

    fn seconds(&self) -> f32 {
        self.age as f32 / RATE
    }

    fn loudness(&self) -> f32 {
        match self.released {
            Some(from) => self.tone.loudness.released(from.loudness, (self.age - from.at) as f32 / RATE),
            None => self.tone.loudness.held(self.seconds()),
        }
    }

    fn motion(&self) -> f32 {
        let contour = &self.tone.motion.contour;
        match self.released {
            Some(from) => contour.released(from.motion, (self.age - from.at) as f32 / RATE),
            None => contour.held(self.seconds()),
        }
    }

    /// Whether nothing more is to be heard; what has not yet risen is not silent.
    fn is_silent(&self, gain: f32) -> bool {
        let falls = self.released.is_some()
            || self.seconds()
                > self.tone.loudness.delay + self.tone.loudness.attack + self.tone.loudness.hold;
        falls && gain * self.loudest_side() < SILENCE
    }

    /// Hears how high its lane went in the last block: once let go it ends when nobody hears it any more.
    pub(super) fn hear(&mut self, height: f32) {
        if self.released.is_some() {
            self.height = (height / FULL).max(self.height * MEMORY);
            self.ends |= self.height * self.level() * self.loudest_side() < INAUDIBLE;
        }
    }

    fn loudest_side(&self) -> f32 {
        self.tone.sides[0].max(self.tone.sides[1])
    }

    /// How much faster than its step it plays.
    fn bend(&self, motion: f32, swing: f32) -> f64 {
        let moved = &self.tone.motion;
        let mut cents = moved.contour_to_pitch * motion + moved.modulation_to_pitch * swing;
        if moved.vibrato_to_pitch != 0.0 {
            cents += moved.vibrato_to_pitch * moved.vibrato.at(self.seconds());
        }
        if cents == 0.0 { 1.0 } else { f64::from(cents / 1200.0).exp2() }
    }

    /// Moves the corner of the filter, by an octave a block at most, so that nothing clicks.
    fn brighten(&mut self, motion: f32, swing: f32) {
        let moved = &self.tone.motion;
        if moved.contour_to_cutoff == 0.0 && moved.modulation_to_cutoff == 0.0 {
            return;
        }
        let cents = moved.contour_to_cutoff * motion + moved.modulation_to_cutoff * swing;
        let wanted = self.tone.cutoff.hz * (cents / 1200.0).exp2();
        let cutoff = wanted.clamp(0.5 * self.cutoff, 2.0 * self.cutoff);
        if cutoff != self.cutoff {
            self.cutoff = cutoff;
            self.tune();
        }
    }

    /// Sets the filter to its corner.
    fn tune(&mut self) {
        self.filtered = self.cutoff < OPEN * RATE;
        let tuned = if self.filtered {
            let q = 10f32.powf((self.tone.cutoff.resonance - 3.01) / 20.0);
            Biquad::low_pass(self.cutoff.max(10.0), q)
        } else {
            Biquad::OPEN
        };
        self.filter = Biquad { s: self.filter.s, ..tuned };
    }
}

#[cfg(test)]
mod tests {
    use super::super::contour::{Contour, Fall, Oscillation};
    use super::super::lanes::Lanes;
    use super::super::tone::{Cutoff, Looping, Motion, Recording};
    use super::*;

    /// A tone that is let go at once and would fall for ten seconds.
    fn let_go() -> Voice {
        let contour = |fall| Contour {
            delay: 0.0,
            attack: 0.0,
            hold: 0.0,
            decay: 1.0,
            sustain: 1.0,
            release: 10.0,
            fall,
        };
        let still = Oscillation { delay: 0.0, hz: 1.0 };
        let motion = Motion {
            contour: contour(Fall::Straight),
            vibrato: still,
            modulation: still,
            vibrato_to_pitch: 0.0,
            modulation_to_pitch: 0.0,
            contour_to_pitch: 0.0,
            modulation_to_cutoff: 0.0,
            contour_to_cutoff: 0.0,
            modulation_to_volume: 0.0,
        };
        let recording = Recording { span: 10..9_000, turn: 10..9_000, looping: Looping::Always };
        let tone = Tone {
            recording,
            step: 1.0,
            sides: [1.0, 1.0],
            loudness: contour(Fall::Even),
            cutoff: Cutoff { hz: 20_000.0, resonance: 0.0 },
            motion,
            class: 0,
        };
        let mut voice = Voice::new(tone, 60, 0);
        voice.release();
        voice
    }

    /// How many of a second's blocks it sounds in, if its recording is as high as this.
    fn blocks(height: i16) -> usize {
        let samples: Vec<i16> =
            (0..10_000).map(|i| (f64::from(height) * (f64::from(i) * 0.004).sin()) as i16).collect();
        let mut voice = let_go();
        let sounds = |_: &usize| {
            let mut lanes = Lanes::new();
            voice.block(&samples, lanes.lane(0));
            voice.hear(lanes.heights()[0]);
            !voice.is_over()
        };
        (0..750).take_while(sounds).count()
    }

    #[test]
    fn a_voice_that_was_let_go_ends_when_its_recording_has_died_away() {
        assert_eq!(blocks(20_000), 750);
        // Between its crests this one is softer in some blocks than what ends a voice.
        assert_eq!(blocks(130), 750);
        let soft = blocks(3);
        assert!((60..130).contains(&soft), "{soft}");
    }
}
