//! What our own drums are made of.

use score::{Instrument, drum};

/// What a drum is made of; times in seconds to -60 dB, frequencies in Hz.
#[derive(Clone, Copy)]
pub(super) struct Recipe {
    /// From, to, seconds of the fall, ring, level.
    pub(super) tone: (f32, f32, f32, f32, f32),
    /// High-pass, low-pass, ring, level.
    pub(super) noise: (f32, f32, f32, f32),
    /// Ring and level of the clang.
    pub(super) clang: (f32, f32),
    /// Strokes in quick succession, as of several hands.
    pub(super) bursts: usize,
    /// Place, -1 to 1, as the audience sees it.
    pub(super) pan: f32,
}

const NONE: Recipe = Recipe {
    tone: (100.0, 100.0, 0.1, 0.1, 0.0),
    noise: (100.0, 16_000.0, 0.1, 0.0),
    clang: (0.1, 0.0),
    bursts: 1,
    pan: 0.0,
};
const KICK: Recipe =
    Recipe { tone: (150.0, 54.0, 0.07, 0.38, 1.0), noise: (700.0, 5000.0, 0.03, 0.35), ..NONE };
const ANALOG_KICK: Recipe =
    Recipe { tone: (190.0, 47.0, 0.10, 0.75, 1.0), noise: (1500.0, 9000.0, 0.015, 0.18), ..NONE };
const CONCERT_KICK: Recipe = Recipe { tone: (150.0, 42.0, 0.07, 1.1, 1.0), ..KICK };
const SNARE: Recipe =
    Recipe { tone: (260.0, 185.0, 0.04, 0.16, 0.55), noise: (1100.0, 11_000.0, 0.22, 0.75), ..NONE };
const ANALOG_SNARE: Recipe =
    Recipe { tone: (260.0, 185.0, 0.04, 0.22, 0.55), noise: (1100.0, 11_000.0, 0.26, 0.75), ..NONE };
const BRUSH: Recipe = Recipe { noise: (900.0, 9000.0, 0.28, 0.5), ..NONE };
const RIM: Recipe =
    Recipe { tone: (1750.0, 1650.0, 0.01, 0.05, 0.5), noise: (2000.0, 9000.0, 0.03, 0.35), ..NONE };
const CLAP: Recipe = Recipe { noise: (900.0, 6500.0, 0.22, 0.9), bursts: 3, ..NONE };
const TOM: Recipe =
    Recipe { tone: (208.0, 130.0, 0.09, 0.5, 0.9), noise: (300.0, 3500.0, 0.08, 0.22), ..NONE };
const CLOSED_HAT: Recipe =
    Recipe { noise: (7000.0, 16_000.0, 0.07, 0.30), clang: (0.06, 0.22), pan: 0.25, ..NONE };
const OPEN_HAT: Recipe =
    Recipe { noise: (6500.0, 16_000.0, 0.55, 0.28), clang: (0.5, 0.22), pan: 0.25, ..NONE };
const CRASH: Recipe = Recipe { noise: (3200.0, 16_000.0, 2.2, 0.40), clang: (1.6, 0.20), pan: -0.3, ..NONE };
const RIDE: Recipe = Recipe {
    tone: (3900.0, 3900.0, 0.1, 0.35, 0.05),
    noise: (6000.0, 15_000.0, 0.8, 0.10),
    clang: (0.9, 0.18),
    pan: -0.3,
    ..NONE
};
const TAMBOURINE: Recipe =
    Recipe { noise: (6500.0, 15_000.0, 0.16, 0.35), clang: (0.2, 0.12), bursts: 2, pan: 0.3, ..NONE };
const SHAKER: Recipe = Recipe { noise: (4500.0, 13_000.0, 0.09, 0.40), pan: -0.35, ..NONE };
const BLOCK: Recipe =
    Recipe { tone: (900.0, 780.0, 0.02, 0.12, 0.5), noise: (1500.0, 8000.0, 0.03, 0.15), pan: 0.2, ..NONE };

const COWBELL: Recipe =
    Recipe { tone: (548.0, 545.0, 0.01, 0.28, 0.35), clang: (0.09, 0.25), pan: 0.2, ..NONE };
const CONGA: Recipe =
    Recipe { tone: (330.0, 305.0, 0.03, 0.22, 0.8), noise: (500.0, 4500.0, 0.03, 0.2), ..NONE };
const CLAVES: Recipe =
    Recipe { tone: (2520.0, 2500.0, 0.01, 0.07, 0.6), noise: (3000.0, 9000.0, 0.01, 0.1), pan: -0.2, ..NONE };
const TRIANGLE: Recipe = Recipe {
    tone: (4300.0, 4300.0, 0.1, 1.2, 0.08),
    noise: (7000.0, 16_000.0, 0.4, 0.03),
    clang: (1.1, 0.14),
    pan: 0.35,
    ..NONE
};
const SLEIGH_BELLS: Recipe =
    Recipe { noise: (6000.0, 15_000.0, 0.22, 0.22), clang: (0.28, 0.24), bursts: 3, pan: 0.3, ..NONE };

/// The recipe of a drum in a kit; keys that are no drum of ours are a wood block.
pub(super) fn recipe(kit: Instrument, key: u8) -> Recipe {
    let analog = matches!(kit, Instrument::AnalogKit | Instrument::ElectronicKit);
    match key {
        35 | drum::KICK if analog => ANALOG_KICK,
        35 | drum::KICK if kit == Instrument::OrchestraKit => CONCERT_KICK,
        35 | drum::KICK => KICK,
        drum::SNARE | 40 if analog => ANALOG_SNARE,
        drum::SNARE | 40 if kit == Instrument::BrushKit => BRUSH,
        drum::SNARE | 40 => SNARE,
        31 | drum::RIM => RIM,
        drum::CLAP => CLAP,
        drum::CLOSED_HAT | 44 => CLOSED_HAT,
        drum::OPEN_HAT => OPEN_HAT,
        41 | 43 => tom(kit, 75.0, 0.3),
        drum::LOW_TOM => tom(kit, 95.0, 0.25),
        drum::MID_TOM | 48 => tom(kit, 130.0, 0.0),
        drum::HIGH_TOM => tom(kit, 175.0, -0.25),
        drum::CRASH | 52 | 55 | 57 => CRASH,
        drum::RIDE | 53 | 59 => RIDE,
        drum::TAMBOURINE => TAMBOURINE,
        drum::SHAKER | 69 | 82 => SHAKER,
        drum::COWBELL => COWBELL,
        drum::HIGH_BONGO | 61 => conga(1.35, 0.3),
        62 | drum::HIGH_CONGA => conga(1.0, 0.2),
        drum::LOW_CONGA => conga(0.72, -0.2),
        drum::CLAVES => CLAVES,
        80 | drum::TRIANGLE => TRIANGLE,
        drum::SLEIGH_BELLS => SLEIGH_BELLS,
        _ => BLOCK,
    }
}

fn tom(kit: Instrument, hz: f32, pan: f32) -> Recipe {
    let ring = if kit == Instrument::OrchestraKit { 0.9 } else { 0.5 };
    Recipe { tone: (hz * 1.6, hz, 0.09, ring, 0.9), pan, ..TOM }
}

fn conga(pitch: f32, pan: f32) -> Recipe {
    let (from, to, fall, ring, level) = CONGA.tone;
    Recipe { tone: (from * pitch, to * pitch, fall, ring, level), pan, ..CONGA }
}
