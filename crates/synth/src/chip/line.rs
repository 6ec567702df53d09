//! Drives a tone of the chip: one voice is one note, so chords become arpeggios.

use super::channel::{Driver, Edges};
use super::macros::Manner;
use crate::schedule::Stroke;

/// A channel that has a pitch.
pub(super) trait Tone: Send {
    /// Clocks of one period for a timer of zero.
    const DIVIDER: f64;
    /// Sets frequency, steps of the timer out of tune, 4-bit volume and pulse width.
    fn set(&mut self, hz: f64, off_by: i32, volume: u8, duty: u8);
    /// Runs from one clock to another.
    fn run(&mut self, from: u64, to: u64, edges: &mut Edges);
}

/// A tone with its macros.
pub(super) struct Line<T> {
    tone: T,
    manner: Manner,
    held: Vec<Stroke>,
    last: Option<Stroke>,
    picture: usize,
    released: Option<usize>,
}

impl<T: Tone> Line<T> {
    pub(super) fn new(tone: T, manner: Manner) -> Line<T> {
        Line { tone, manner, held: Vec::new(), last: None, picture: 0, released: None }
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
}

impl<T: Tone> Driver for Line<T> {
    fn on(&mut self, note: Stroke) {
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

    fn off(&mut self, note: Stroke) {
        self.held.retain(|held| *held != note);
        if let Some(&newest) = self.held.last() {
            if self.manner.arpeggio > 0 {
                self.last = Some(newest);
            }
        } else if self.released.is_none() {
            self.released = Some(self.picture);
        }
    }

    fn step(&mut self, expression: f32) {
        let volume = self.volume(expression);
        let cents = f64::from(self.manner.pitch.at(self.picture));
        let hz = 440.0 * ((f64::from(self.key()) - 69.0 + cents / 100.0) / 12.0).exp2();
        let duty = self.manner.duty.at(self.picture) as u8;
        self.tone.set(hz, self.manner.off_by, volume, duty);
        self.picture += 1;
    }

    fn run(&mut self, from: u64, to: u64, edges: &mut Edges) {
        self.tone.run(from, to, edges);
    }
}
