//! Plays a part on a SoundFont.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rustysynth::{Synthesizer, SynthesizerSettings};
use score::{Family, Instrument, drum};
use sound::{Frame, SAMPLE_RATE};

use crate::Font;
use crate::player::Player;
use crate::schedule::Stroke;
use crate::trim;

const BLOCK: usize = 64;

/// A part on a SoundFont.
pub(crate) struct Sampler {
    /// None once the font has made the synthesiser fail: the rest is silence.
    synthesizer: Option<Synthesizer>,
    channel: i32,
    gain: f32,
    /// Block, velocity (0 lets go) and key, in order; the letting go comes first.
    events: Vec<(u64, u8, u8)>,
    next: usize,
    block: u64,
}

impl Sampler {
    /// The player of an instrument; none where the font lacks it.
    pub(crate) fn new(font: &Font, instrument: Instrument, notes: &[Stroke]) -> Option<Sampler> {
        let kit = instrument.family() == Family::Kit;
        let program = font.program(instrument)?;
        let mut settings = SynthesizerSettings::new(SAMPLE_RATE as i32);
        settings.block_size = BLOCK;
        settings.enable_reverb_and_chorus = false;
        settings.maximum_polyphony = polyphony(instrument);
        let mut synthesizer = Synthesizer::new(font.sounds(), &settings).ok()?;
        let channel = if kit { Synthesizer::PERCUSSION_CHANNEL as i32 } else { 0 };
        synthesizer.process_midi_message(channel, 0xC0, i32::from(program), 0);
        synthesizer.process_midi_message(channel, 0xB0, 0x07, 127);
        let mut events = Vec::with_capacity(notes.len() * 2);
        for note in notes {
            // half a block is added so that the nearest block is met
            let on = (note.at + BLOCK as u64 / 2) / BLOCK as u64;
            let end = if kit { note.end.max(note.at + ring(note.key)) } else { note.end };
            events.push((on, note.velocity, note.key));
            events.push(((end / BLOCK as u64).max(on + 1), 0, note.key));
        }
        if kit {
            drop_early_ends(&mut events);
        }
        events.sort_by_key(|&(block, velocity, key)| (block, velocity > 0, key));
        let gain = trim::sampled(instrument);
        Some(Sampler { synthesizer: Some(synthesizer), channel, gain, events, next: 0, block: 0 })
    }
}

/// A drum struck again while it rings is not let go by the end of its first stroke.
fn drop_early_ends(events: &mut Vec<(u64, u8, u8)>) {
    let mut on = [u64::MAX; 128];
    let mut kept = Vec::with_capacity(events.len());
    for pair in events.chunks_exact(2).rev() {
        let (start, end) = (pair[0], pair[1]);
        let again = &mut on[usize::from(start.2)];
        if end.0 <= *again {
            kept.push(end);
        }
        kept.push(start);
        *again = start.0;
    }
    *events = kept;
}

/// How long a drum rings at least, in samples.
fn ring(key: u8) -> u64 {
    let seconds = match key {
        drum::CRASH | drum::RIDE | 52 | 53 | 55 | 57 | 59 => 3.0,
        drum::OPEN_HAT => 1.0,
        _ => 0.7,
    };
    (seconds * f64::from(SAMPLE_RATE)) as u64
}

/// Voices at once; a key of the larger fonts takes two to four.
fn polyphony(instrument: Instrument) -> usize {
    use Instrument::*;
    match instrument {
        Piano | ElectricPiano | Harp | Strings | SlowStrings | Choir | Vibraphone => 64,
        _ if instrument.family() == Family::Kit => 48,
        AcousticBass | FingerBass | PickBass | FretlessBass | Violin | Cello | Contrabass | Trumpet
        | Oboe | Clarinet | Flute | Recorder | Saxophone => 24,
        _ => 40,
    }
}

impl Player for Sampler {
    fn play(&mut self, out: &mut [Frame]) {
        let Some(synthesizer) = self.synthesizer.as_mut() else { return };
        let (channel, gain) = (self.channel, self.gain);
        let (events, next, at) = (&self.events, &mut self.next, &mut self.block);
        // a font may pass every check and still lead the oscillator outside its samples
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let (mut left, mut right) = ([0.0; BLOCK], [0.0; BLOCK]);
            for block in out.chunks_mut(BLOCK) {
                while let Some(&(_, velocity, key)) = events.get(*next).filter(|event| event.0 <= *at) {
                    synthesizer.note_on(channel, i32::from(key), i32::from(velocity));
                    *next += 1;
                }
                synthesizer.render(&mut left, &mut right);
                for ((frame, left), right) in block.iter_mut().zip(left).zip(right) {
                    frame[0] += left * gain;
                    frame[1] += right * gain;
                }
                *at += 1;
            }
        }));
        if outcome.is_err() {
            self.synthesizer = None;
        }
    }
}
