//! A voice: one note at a time, driven by step macros, so that chords become arpeggios.

use super::macros::Manner;
use crate::schedule::Stroke;
use crate::wave::key_hz;

/// What a voice does in one picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sounding {
    /// Its MIDI key.
    pub(super) key: u8,
    /// How far it is bent away from the key, in hundredths of a semitone.
    pub(super) cents: i16,
    /// Steps of the timer it is out of tune.
    pub(super) off_by: i32,
    /// 0 to 15.
    pub(super) volume: u8,
    /// Pulse width, an index of 12.5, 25, 50 and 75 %; of a wave channel the index of the wave.
    pub(super) duty: u8,
}

impl Sounding {
    /// Frequency in Hz.
    pub(super) fn hz(self) -> f64 {
        f64::from(key_hz(f32::from(self.key) + f32::from(self.cents) / 100.0))
    }
}

/// A key that is down and heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heard {
    /// Its MIDI key.
    pub(super) key: u8,
    /// 1 to 127.
    pub(super) velocity: u8,
    /// When it was struck, in samples: where that changes, a new note begins.
    pub(super) struck: u64,
}

/// A voice with its macros.
pub(super) struct Voice {
    manner: Manner,
    held: Vec<Stroke>,
    last: Option<Stroke>,
    picture: usize,
    released: Option<usize>,
}

impl Voice {
    pub(super) fn new(manner: Manner) -> Voice {
        Voice { manner, held: Vec::new(), last: None, picture: 0, released: None }
    }

    /// Whether a key is down.
    pub(super) fn is_held(&self) -> bool {
        !self.held.is_empty()
    }

    /// The key that is down and heard in a picture.
    pub(super) fn heard(&self, sounding: Sounding) -> Option<Heard> {
        let note = self.last.filter(|_| self.is_held() && sounding.volume > 0)?;
        Some(Heard { key: sounding.key, velocity: note.velocity, struck: note.at })
    }

    /// The key that sounds in this picture.
    fn key(&self) -> u8 {
        let newest = self.last.map_or(60, |note| note.key);
        if self.manner.arpeggio == 0 || self.held.len() < 2 {
            return newest;
        }
        let mut keys: Vec<u8> = self.held.iter().map(|note| note.key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys[self.picture / self.manner.arpeggio % keys.len()]
    }

    fn volume(&self, expression: f32) -> u8 {
        let Some(note) = self.last else { return 0 };
        let step = match self.released {
            Some(at) => {
                let after = self.manner.release.at(self.picture - at);
                after.min(self.manner.volume.at(at))
            }
            None => self.manner.volume.at(self.picture),
        };
        if step == 0 {
            return 0;
        }
        // never quite off while it is meant to sound
        let most = f32::from(self.manner.most) * f32::from(note.velocity) / 110.0 * expression;
        (f32::from(step) / 15.0 * most).round().clamp(if expression > 0.0 { 1.0 } else { 0.0 }, 15.0) as u8
    }

    /// A key goes down.
    pub(super) fn on(&mut self, note: Stroke) {
        // notes of one chord, struck within two pictures, share their macros
        let chord = self.manner.arpeggio > 0
            && self.last.is_some_and(|last| note.at - last.at < 1600 && self.released.is_none());
        if !chord {
            self.picture = 0;
        }
        self.released = None;
        self.held.push(note);
        self.last = Some(note);
    }

    /// A key is let go.
    pub(super) fn off(&mut self, note: Stroke) {
        self.held.retain(|held| *held != note);
        if let Some(&newest) = self.held.last() {
            if self.manner.arpeggio > 0 {
                self.last = Some(newest);
            }
        } else if self.released.is_none() {
            self.released = Some(self.picture);
        }
    }

    /// The next picture; `expression` is 0 to 1.
    pub(super) fn step(&mut self, expression: f32) -> Sounding {
        let sounding = Sounding {
            key: self.key(),
            cents: self.manner.pitch.at(self.picture),
            off_by: self.manner.off_by,
            volume: self.volume(expression),
            duty: self.manner.duty.at(self.picture) as u8,
        };
        self.picture += 1;
        sounding
    }
}
