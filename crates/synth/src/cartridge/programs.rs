//! The cartridge's instruments: which waves they read, and how they are played.

use std::sync::Arc;

use score::Instrument;

use super::envelope::Adsr;
use super::kit;
use super::note::{Manner, Note, Sound};
use super::voices::Key;
use super::waves::{self, Wave};
use crate::schedule::Stroke;
use crate::voice::loudness;
use crate::wave::key_hz;

/// An instrument of tones.
struct Program {
    /// For the lower and for the higher keys: so few harmonics that none reaches half the console's rate.
    waves: [Wave; 2],
    /// The first of the higher keys.
    split: u8,
    manner: Manner,
}

const fn adsr(attack: u8, decay: u8, sustain: u8, fade: u8, release: u8) -> Adsr {
    Adsr { attack, decay, sustain, fade, release }
}

const STILL: (f32, f32, f32) = (0.0, 5.0, 0.0);

const fn manner(adsr: Adsr, vibrato: (f32, f32, f32)) -> Manner {
    Manner { adsr, vibrato, rings: false }
}

const BASE: Wave = Wave {
    period: 64,
    periods: 1,
    attack: 0,
    level: |n| n.recip(),
    bright: 0.0,
    spread: 0.0,
    breath: (0.0, 0.0),
    harmonics: 10,
};

fn bowed(n: f32) -> f32 {
    n.powf(-1.15)
}

/// `ah`: formants where they lie for a voice at the wave's own pitch of 500 Hz.
fn sung(n: f32) -> f32 {
    let hz = 500.0 * n;
    let bell = |middle: f32, wide: f32| (-((hz - middle) / wide).powi(2)).exp();
    0.9 * n.powf(-1.2) * (0.15 + bell(800.0, 380.0) + 0.7 * bell(1200.0, 350.0) + 0.35 * bell(2800.0, 500.0))
}

fn blown(n: f32) -> f32 {
    [1.0, 0.42, 0.22, 0.07, 0.05, 0.02, 0.015, 0.01].get(n as usize - 1).copied().unwrap_or(0.0)
}

fn horn(n: f32) -> f32 {
    [0.8, 1.0, 0.75, 0.5, 0.3, 0.2, 0.12, 0.08, 0.05, 0.03].get(n as usize - 1).copied().unwrap_or(0.0)
}

/// Plucked at a fifth of the string, which leaves out every fifth harmonic.
fn plucked(n: f32) -> f32 {
    (std::f32::consts::PI * n / 5.0).sin().abs() * n.powf(-1.5)
}

fn bar(n: f32) -> f32 {
    match n as usize {
        1 => 1.0,
        4 => 0.22,
        10 => 0.05,
        _ => 0.0,
    }
}

const STRINGS: Wave = Wave { periods: 128, level: bowed, spread: 0.8, harmonics: 22, ..BASE };
const CHOIR: Wave = Wave { level: sung, harmonics: 12, breath: (0.02, 0.0), ..STRINGS };
const FLUTE: Wave =
    Wave { periods: 48, attack: 1536, level: blown, bright: 0.3, breath: (0.05, 0.25), harmonics: 8, ..BASE };
const HORN: Wave = Wave { period: 128, attack: 2048, level: horn, ..BASE };
const HARP: Wave = Wave { period: 128, attack: 4096, level: plucked, bright: 0.35, harmonics: 20, ..BASE };
const MALLET: Wave = Wave { period: 128, attack: 2048, level: bar, bright: 0.3, breath: (0.0, 0.2), ..BASE };
const BASS: Wave = Wave { period: 128, attack: 2048, level: plucked, bright: 0.25, harmonics: 30, ..BASE };

/// With fewer harmonics and half the memory, for the higher keys.
const fn thinner(wave: Wave, (harmonics, period): (usize, usize)) -> Wave {
    Wave { harmonics, period, periods: wave.periods.div_ceil(2), attack: wave.attack / 2, ..wave }
}

/// The program of an instrument of tones.
fn program(instrument: Instrument) -> Program {
    use Instrument::*;
    let of = |wave: Wave, few: (usize, usize), split: u8, manner: Manner| Program {
        waves: [wave, thinner(wave, few)],
        split,
        manner,
    };
    match instrument {
        CartridgeChoir => of(CHOIR, (10, 64), 70, manner(adsr(7, 7, 7, 0, 23), (9.0, 5.2, 0.3))),
        CartridgeFlute => of(FLUTE, (5, 64), 84, manner(adsr(11, 2, 6, 0, 26), (14.0, 5.4, 0.3))),
        CartridgeHorn => of(HORN, (8, 128), 72, manner(adsr(10, 2, 5, 0, 25), (7.0, 5.0, 0.4))),
        CartridgeHarp => of(HARP, (5, 64), 76, manner(adsr(15, 1, 6, 15, 22), STILL)),
        CartridgeMallet => of(MALLET, (4, 64), 80, manner(adsr(15, 3, 5, 17, 23), STILL)),
        CartridgeBass => of(BASS, (20, 128), 48, manner(adsr(15, 2, 5, 14, 27), STILL)),
        _ => of(STRINGS, (10, 64), 74, manner(adsr(9, 7, 7, 0, 23), (6.0, 5.5, 0.35))),
    }
}

const DRUM: Manner = Manner { adsr: adsr(15, 7, 7, 0, 31), vibrato: STILL, rings: true };

/// Samples of ours that a voice is taken after its key is let go.
pub(super) fn tail(instrument: Instrument, stroke: Stroke) -> u64 {
    if instrument == Instrument::CartridgeKit {
        return kit::ring(stroke.key).saturating_sub(stroke.end - stroke.at);
    }
    program(instrument).manner.adsr.tail() * 3 / 2
}

/// The sounds of an instrument, ready to be played.
pub(super) enum Shelf {
    /// Waves for lower and higher keys.
    Tones { sounds: [Arc<Sound>; 2], split: u8, manner: Manner },
    /// Drums by key.
    Kit(std::collections::BTreeMap<u8, Arc<Sound>>),
}

impl Shelf {
    /// The sounds that these keys need.
    pub(super) fn new(instrument: Instrument, keys: impl Iterator<Item = u8>) -> Shelf {
        if instrument == Instrument::CartridgeKit {
            let keys: std::collections::BTreeSet<u8> = keys.collect();
            return Shelf::Kit(keys.into_iter().map(|key| (key, Arc::new(kit::sound(key)))).collect());
        }
        let Program { waves, split, manner } = program(instrument);
        let tops = [split - 1, *instrument.register().end()].map(|key| key_hz(f32::from(key)));
        let [low, high] = [0, 1].map(|at| Arc::new(waves::sound(&waves[at], tops[at], instrument as u64)));
        Shelf::Tones { sounds: [low, high], split, manner }
    }

    pub(super) fn is_kit(&self) -> bool {
        matches!(self, Shelf::Kit(_))
    }

    /// What it takes of the console's memory, in bytes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        match self {
            Shelf::Tones { sounds, .. } => sounds.iter().map(|sound| sound.bytes).sum(),
            Shelf::Kit(sounds) => sounds.values().map(|sound| sound.bytes).sum(),
        }
    }

    /// The pitch in Hz at which the sample of a key is read sample by sample.
    #[cfg(test)]
    pub(super) fn root(&self, key: u8) -> f64 {
        match self {
            Shelf::Tones { sounds, split, .. } => sounds[usize::from(key >= *split)].root,
            Shelf::Kit(_) => 1000.0,
        }
    }

    /// Begins a note.
    pub(super) fn note(&self, key: Key) -> Option<Note> {
        let Stroke { key: pitch, velocity, .. } = key.stroke;
        match self {
            Shelf::Tones { sounds, split, manner } => {
                let sound = &sounds[usize::from(pitch >= *split)];
                let hz = f64::from(key_hz(f32::from(pitch)));
                Some(Note::new(key, Arc::clone(sound), *manner, hz, loudness(velocity)))
            }
            Shelf::Kit(sounds) => {
                let volume = loudness(velocity) * kit::level(pitch);
                Some(Note::new(key, Arc::clone(sounds.get(&pitch)?), DRUM, 500.0, volume))
            }
        }
    }
}
