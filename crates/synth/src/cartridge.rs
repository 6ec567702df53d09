//! The sampling console (S-DSP): short loops of four-bit samples at 32 kHz, eight voices in all, and an echo.
//!
//! What plays here is made here: waves are added up from sines, drums are our own, and both go through the console's four
//! bits before they are heard. Facts: <https://wiki.superfamicom.org/spc700-reference>.

mod brr;
mod echo;
mod envelope;
mod gauss;
mod kit;
mod note;
mod programs;
mod rate;
mod voices;
mod waves;

pub(crate) use echo::Echo;

use score::{Instrument, Score, drum};
use sound::Frame;

use crate::ensemble::Ensemble;
use crate::filter::OnePole;
use crate::player::Player;
use crate::schedule::Stroke;
use crate::trim;
use gauss::Gauss;
use note::Note;
use programs::Shelf;
use rate::Rate;
use voices::{Key, keys};

/// The console's rate in Hz.
const RATE: f64 = 32_000.0;
/// Its samples between two looks of the player's program at keys and vibrato.
const TURN: usize = 64;

/// The players of a part: the console, and our own voices for the swells that no kit has.
pub(crate) fn players(score: &Score, index: usize, chance: rand_chacha::ChaCha8Rng) -> Vec<Box<dyn Player>> {
    let instrument = score.parts[index].instrument;
    let (swells, keys): (Vec<Key>, Vec<Key>) = keys(score, index)
        .into_iter()
        .partition(|key| instrument.is_drums() && key.stroke.key == drum::SWELL);
    let mut players: Vec<Box<dyn Player>> = vec![Box::new(Console::new(instrument, keys))];
    if !swells.is_empty() {
        let strokes: Vec<Stroke> = swells.into_iter().map(|key| key.stroke).collect();
        players.push(Box::new(Ensemble::new(instrument, strokes, chance)));
    }
    players
}

/// A part on the console.
struct Console {
    shelf: Shelf,
    gauss: Gauss,
    keys: Vec<Key>,
    next: usize,
    notes: Vec<Note>,
    /// Its own samples since the music began.
    at: u64,
    rate: Rate,
    /// At our rate, not yet handed out.
    ready: Vec<f32>,
    /// A drum carries a mean; it is taken out.
    dc: OnePole,
    gain: f32,
}

impl Console {
    fn new(instrument: Instrument, keys: Vec<Key>) -> Console {
        let wanted = keys.iter().map(|key| key.stroke.key);
        Console {
            shelf: Shelf::new(instrument, wanted),
            gauss: Gauss::new(),
            keys,
            next: 0,
            notes: Vec::new(),
            at: 0,
            rate: Rate::up(),
            ready: Vec::new(),
            dc: OnePole::new(14.0),
            gain: trim::own(instrument),
        }
    }

    /// Plays the next samples at the console's rate.
    fn turn(&mut self, out: &mut [f32; TURN]) {
        let end = self.at + TURN as u64;
        while let Some(&key) = self.keys.get(self.next).filter(|key| key.begin() < end) {
            if key.stroke.key == drum::CLOSED_HAT && self.shelf.is_kit() {
                self.notes.iter_mut().filter(|note| note.key() == drum::OPEN_HAT).for_each(Note::stop);
            }
            self.notes.extend(self.shelf.note(key));
            self.next += 1;
        }
        for note in &mut self.notes {
            note.sing(self.at, &self.gauss, out);
        }
        self.notes.retain(|note| !note.is_over());
        // what leaves the console has sixteen bits
        out.iter_mut().for_each(|x| *x = crate::wave::rounded(*x * 32_768.0) / 32_768.0);
        self.at = end;
    }
}

impl Player for Console {
    fn play(&mut self, out: &mut [Frame]) {
        while self.ready.len() < out.len() {
            let mut turn = [0.0; TURN];
            self.turn(&mut turn);
            self.rate.work(&turn, &mut self.ready);
        }
        let count = out.len();
        for (frame, value) in out.iter_mut().zip(self.ready.drain(..count)) {
            let value = self.dc.high(value) * self.gain;
            *frame = frame.map(|sum| sum + value);
        }
    }
}

#[cfg(test)]
mod tests;
