//! Plays a part on a SoundFont.

mod contour;
mod lanes;
mod reader;
mod tone;
mod voice;

use score::{Family, Instrument, drum};
use sound::{Frame, SAMPLE_RATE};

use crate::Font;
use crate::filter::Biquad;
use crate::player::Player;
use crate::schedule::Stroke;
use crate::trim;
use lanes::{LANES, Lanes, Strip, Sums};
pub(crate) use tone::recorded;
use voice::Voice;

/// Frames between two steps of contours and filters.
const BLOCK: usize = 64;

/// A key that goes down or up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    /// Frames since the beginning of the music.
    at: u64,
    /// Zero lets go; sorted first, so that a key struck again is let go before.
    velocity: u8,
    key: u8,
}

/// A part on a SoundFont.
pub(crate) struct Sampler {
    font: Font,
    preset: usize,
    gain: f32,
    events: Vec<Event>,
    next: usize,
    voices: Vec<Voice>,
    polyphony: usize,
    at: u64,
}

impl Sampler {
    /// The player of an instrument; none where the font lacks it.
    pub(crate) fn new(font: &Font, instrument: Instrument, notes: &[Stroke]) -> Option<Sampler> {
        let kit = instrument.family() == Family::Kit;
        let mut events = Vec::with_capacity(notes.len() * 2);
        for note in notes {
            let end = if kit { note.end.max(note.at + ring(note.key)) } else { note.end };
            events.push(Event { at: note.at, velocity: note.velocity, key: note.key });
            events.push(Event { at: end.max(note.at + SHORTEST), velocity: 0, key: note.key });
        }
        if kit {
            drop_early_ends(&mut events);
        }
        events.sort_unstable();
        Some(Sampler {
            preset: font.preset(instrument)?,
            font: font.clone(),
            gain: trim::sampled(instrument),
            events,
            next: 0,
            voices: Vec::new(),
            polyphony: polyphony(instrument),
            at: 0,
        })
    }

    /// Strikes and lets go what is due before `end`.
    fn keys(&mut self, end: u64) {
        while let Some(&event) = self.events.get(self.next).filter(|event| event.at < end) {
            self.next += 1;
            if event.velocity == 0 {
                self.voices.iter_mut().filter(|voice| voice.key == event.key).for_each(Voice::release);
            } else {
                self.strike(event);
            }
        }
    }

    fn strike(&mut self, event: Event) {
        let wait = (event.at - self.at) as usize;
        let tones = tone::tones(self.font.sounds(), self.preset, event.key, event.velocity);
        let struck = self.voices.len();
        for tone in tones {
            let class = tone.class;
            self.voices[..struck]
                .iter_mut()
                .filter(|v| class != 0 && v.class() == class)
                .for_each(Voice::end);
            self.voices.push(Voice::new(tone, event.key, wait));
        }
        let sounding = self.voices.iter().filter(|voice| !voice.ends()).count();
        let sounding = sounding.saturating_sub(self.polyphony);
        for _ in 0..sounding {
            let softest = self.voices[..struck].iter_mut().filter(|voice| !voice.ends());
            if let Some(voice) = softest.min_by(|a, b| a.level().total_cmp(&b.level())) {
                voice.end();
            }
        }
    }

    /// Adds the next block of all voices.
    fn block(&mut self, out: &mut [Frame]) {
        let samples = self.font.samples();
        let mut sums = Sums::new();
        for voices in self.voices.chunks_mut(LANES) {
            let mut lanes = Lanes::new();
            let mut filters = [Biquad::OPEN; LANES];
            let mut strips = [Strip { gain: [0.0; 2], sides: [0.0; 2] }; LANES];
            for (i, voice) in voices.iter_mut().enumerate() {
                strips[i] = voice.block(samples, lanes.lane(i));
                strips[i].sides = strips[i].sides.map(|side| side * self.gain);
                filters[i] = voice.filter();
            }
            if voices.iter().any(Voice::is_filtered) {
                lanes.filter(&mut filters);
                voices.iter_mut().zip(&filters).for_each(|(voice, filter)| voice.remember(filter));
            }
            voices.iter_mut().zip(lanes.heights()).for_each(|(voice, height)| voice.hear(height));
            lanes.mix(&strips, &mut sums);
        }
        for (frame, [left, right]) in out.iter_mut().zip(sums.frames()) {
            *frame = [frame[0] + left, frame[1] + right];
        }
        self.voices.retain(|voice| !voice.is_over());
    }
}

/// The shortest stroke in frames: two blocks.
const SHORTEST: u64 = 2 * BLOCK as u64;

/// A drum struck again while it rings is not let go by the end of its first stroke.
fn drop_early_ends(events: &mut Vec<Event>) {
    let mut on = [u64::MAX; 128];
    let mut kept = Vec::with_capacity(events.len());
    for pair in events.chunks_exact(2).rev() {
        let (start, end) = (pair[0], pair[1]);
        let again = &mut on[usize::from(start.key)];
        if end.at <= *again {
            kept.push(end);
        }
        kept.push(start);
        *again = start.at;
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
        for block in out.chunks_mut(BLOCK) {
            self.keys(self.at + BLOCK as u64);
            self.block(block);
            self.at += BLOCK as u64;
        }
    }
}
