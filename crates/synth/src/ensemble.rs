//! Plays a part on our own voices: starts them on their sample, lets them go, sums what they sing.

use rand_chacha::ChaCha8Rng;
use score::{Instrument, drum};
use sound::Frame;

use crate::filter::OnePole;
use crate::player::Player;
use crate::schedule::Stroke;
use crate::trim;
use crate::voice::{self, Body, Voice};

const POLYPHONY: usize = 40;

struct Sounding {
    voice: Box<dyn Voice>,
    key: u8,
    end: u64,
    released: bool,
}

/// A part on our own voices.
pub(crate) struct Ensemble {
    instrument: Instrument,
    notes: Vec<Stroke>,
    next: usize,
    sounding: Vec<Sounding>,
    body: Body,
    /// Bent waves carry a mean; it is taken out.
    dc: [OnePole; 2],
    chance: ChaCha8Rng,
    gain: f32,
    at: u64,
    dry: Vec<Frame>,
}

impl Ensemble {
    /// The player of an instrument.
    pub(crate) fn new(instrument: Instrument, notes: Vec<Stroke>, chance: ChaCha8Rng) -> Ensemble {
        Ensemble {
            instrument,
            notes,
            next: 0,
            sounding: Vec::new(),
            body: Body::new(instrument),
            dc: [OnePole::new(14.0); 2],
            chance,
            gain: trim::own(instrument),
            at: 0,
            dry: Vec::new(),
        }
    }

    fn start(&mut self, note: Stroke) {
        if self.instrument.is_drums() && note.key == drum::CLOSED_HAT {
            // the pedal that closes the hi-hat ends the open one
            for open in self.sounding.iter_mut().filter(|s| s.key == drum::OPEN_HAT) {
                open.voice.choke();
            }
        }
        if self.sounding.len() >= POLYPHONY {
            self.sounding.remove(0);
        }
        let voice = voice::start(self.instrument, note, &mut self.chance);
        self.sounding.push(Sounding { voice, key: note.key, end: note.end, released: false });
    }

    /// The sample at which something happens next, at most `limit`.
    fn border(&self, limit: u64) -> u64 {
        let on = self.notes.get(self.next).map_or(limit, |note| note.at);
        let off = self.sounding.iter().filter(|s| !s.released).map(|s| s.end).min().unwrap_or(limit);
        on.min(off).clamp(self.at + 1, limit)
    }
}

impl Player for Ensemble {
    fn play(&mut self, out: &mut [Frame]) {
        let (first, limit) = (self.at, self.at + out.len() as u64);
        self.dry.clear();
        self.dry.resize(out.len(), [0.0; 2]);
        while self.at < limit {
            for sounding in self.sounding.iter_mut().filter(|s| !s.released && s.end <= self.at) {
                sounding.voice.release();
                sounding.released = true;
            }
            while let Some(&note) = self.notes.get(self.next).filter(|note| note.at <= self.at) {
                self.start(note);
                self.next += 1;
            }
            let border = self.border(limit);
            let span = (self.at - first) as usize..(border - first) as usize;
            for sounding in &mut self.sounding {
                sounding.voice.sing(&mut self.dry[span.clone()]);
            }
            self.sounding.retain(|sounding| !sounding.voice.is_over());
            self.at = border;
        }
        self.body.shape(&mut self.dry);
        for (out, dry) in out.iter_mut().zip(&self.dry) {
            for side in 0..2 {
                out[side] += self.dc[side].high(dry[side]) * self.gain;
            }
        }
    }
}
