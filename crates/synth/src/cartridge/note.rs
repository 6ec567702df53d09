//! A voice of the console: a sample read at its pitch, weighed by the bell, under an envelope.

use super::RATE;
use super::envelope::{Adsr, Envelope};
use super::gauss::Gauss;
use super::voices::Key;
use crate::wave::sine;

/// Samples as the console has them.
pub(super) struct Sound {
    pub(super) samples: Vec<f32>,
    /// Where it goes on when it is through; ends where there is none.
    pub(super) again: Option<usize>,
    /// The pitch in Hz at which it is read sample by sample.
    pub(super) root: f64,
    /// What it takes of the console's memory.
    #[cfg(test)]
    pub(super) bytes: usize,
}

/// How a sound is played.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    pub(super) adsr: Adsr,
    /// Depth in cents, frequency in Hz, and seconds before it begins.
    pub(super) vibrato: (f32, f32, f32),
    /// Drums sound to their end.
    pub(super) rings: bool,
}

/// A sample read sample by sample has this pitch; no voice goes above four times that.
const UNITY: f64 = 4096.0;
const HIGHEST: f64 = 16_383.0;

/// A note under way.
pub(super) struct Note {
    key: Key,
    sound: std::sync::Arc<Sound>,
    manner: Manner,
    pitch: f64,
    /// Where it reads, in 4096ths of a sample.
    place: u64,
    envelope: Envelope,
    volume: f32,
    age: f32,
    through: bool,
}

impl Note {
    /// A note of a sound at `hz`; the volume has seven bits.
    pub(super) fn new(key: Key, sound: std::sync::Arc<Sound>, manner: Manner, hz: f64, volume: f32) -> Note {
        Note {
            key,
            pitch: UNITY * hz / sound.root,
            sound,
            manner,
            place: 0,
            envelope: Envelope::new(manner.adsr),
            volume: (volume * 127.0).round().clamp(1.0, 127.0) / 127.0,
            age: 0.0,
            through: false,
        }
    }

    pub(super) fn key(&self) -> u8 {
        self.key.stroke.key
    }

    /// Ends within 8 ms.
    pub(super) fn stop(&mut self) {
        self.envelope.stop();
    }

    pub(super) fn is_over(&self) -> bool {
        self.through || self.envelope.is_over()
    }

    fn read(&self, index: u64) -> f32 {
        let count = self.sound.samples.len() as u64;
        let index = match self.sound.again {
            Some(again) if index >= count => {
                let again = again as u64;
                again + (index - again) % (count - again)
            }
            _ => index,
        };
        self.sound.samples.get(index as usize).copied().unwrap_or(0.0)
    }

    /// The step of the place: fourteen bits.
    fn step(&self) -> u64 {
        let (cents, rate, delay) = self.manner.vibrato;
        let depth = cents * ((self.age - delay) * 3.0).clamp(0.0, 1.0);
        let bend = f64::from(depth * sine(self.age * rate) / 1200.0).exp2();
        (self.pitch * bend).round().clamp(1.0, HIGHEST) as u64
    }

    /// Adds the samples from `at` on to `out`.
    pub(super) fn sing(&mut self, at: u64, gauss: &Gauss, out: &mut [f32]) {
        let step = self.step();
        self.age += out.len() as f32 / RATE as f32;
        let (begin, end, cut) = (self.key.begin(), self.key.end(), self.key.cut());
        for (now, out) in (at..).zip(out).skip_while(|(now, _)| *now < begin) {
            if now == end && !self.manner.rings {
                self.envelope.release();
            }
            if now == cut {
                self.envelope.stop();
            }
            let first = self.place >> 12;
            let four = std::array::from_fn(|tap| self.read(first + tap as u64));
            *out += gauss.between(four, self.place as u32 & 0xfff) * self.envelope.next() * self.volume;
            self.place += step;
        }
        self.through = self.sound.again.is_none() && self.place >> 12 >= self.sound.samples.len() as u64;
    }
}
