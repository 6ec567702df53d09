//! The programs of the FM console: a bass, a lead, brass, an electric piano and a bell.

use score::Instrument;

use super::{Operator, Program, Slopes};

const HELD: f32 = f32::INFINITY;

const fn slopes(attack: f32, decay: f32, sustain: f32, fade: f32, release: f32) -> Slopes {
    Slopes { attack, decay, sustain, fade, release }
}

const fn operator(multiple: f32, detune: f32, under: f32, slopes: Slopes) -> Operator {
    Operator { multiple, detune, under, slopes }
}

const BASE: Program = Program {
    algorithm: 4,
    feedback: 0,
    operators: [operator(1.0, 0.0, 24.0, slopes(0.002, 1.0, 0.5, HELD, 0.1)); 4],
    vibrato: (0.0, 6.0, 0.3),
    scoop: (0.0, 0.9),
    quicken: 1.3,
    touch: 9.0,
};

// A growl an octave below and a knock above it, both into one carrier: the slap that drives the console's music.
const BASS: Program = Program {
    algorithm: 3,
    feedback: 7,
    operators: [
        operator(4.0, 0.0, 30.0, slopes(0.001, 0.25, 0.1, 0.6, 0.08)),
        operator(1.0, 3.0, 21.0, slopes(0.001, 0.5, 0.3, 1.6, 0.1)),
        operator(0.5, 0.0, 25.5, slopes(0.001, 0.9, 0.35, 2.0, 0.1)),
        operator(1.0, 0.0, 0.0, slopes(0.002, 0.8, 0.6, 5.0, 0.09)),
    ],
    quicken: 1.1,
    ..BASE
};
// Two pairs a little apart, the first fed back until it is nearly a saw.
const LEAD: Program = Program {
    feedback: 7,
    operators: [
        operator(1.0, 4.0, 21.0, slopes(0.003, 1.4, 0.55, HELD, 0.2)),
        operator(1.0, 4.0, 0.0, slopes(0.006, 0.9, 0.75, HELD, 0.16)),
        operator(2.0, -4.0, 25.5, slopes(0.003, 1.0, 0.4, HELD, 0.2)),
        operator(1.0, -4.0, 3.0, slopes(0.006, 0.9, 0.75, HELD, 0.16)),
    ],
    vibrato: (20.0, 6.0, 0.25),
    scoop: (-0.5, 0.97),
    ..BASE
};
// One modulator that swells a moment after the three carriers begin.
const BRASS: Program = Program {
    algorithm: 5,
    feedback: 6,
    operators: [
        operator(1.0, 0.0, 19.5, slopes(0.07, 0.9, 0.6, HELD, 0.15)),
        operator(1.0, 5.0, 0.0, slopes(0.022, 1.2, 0.8, HELD, 0.18)),
        operator(1.0, -5.0, 0.0, slopes(0.026, 1.2, 0.8, HELD, 0.18)),
        operator(2.0, 0.0, 9.0, slopes(0.03, 1.2, 0.7, HELD, 0.15)),
    ],
    vibrato: (9.0, 5.4, 0.35),
    ..BASE
};
// A tine that rings for a moment and a body that fades for seconds.
const KEYS: Program = Program {
    operators: [
        operator(14.0, 0.0, 33.0, slopes(0.001, 0.5, 0.05, 0.5, 0.1)),
        operator(1.0, 2.0, 3.0, slopes(0.002, 1.6, 0.5, 4.0, 0.25)),
        operator(1.0, 0.0, 25.5, slopes(0.001, 1.4, 0.3, 3.0, 0.2)),
        operator(1.0, -2.0, 0.0, slopes(0.002, 2.0, 0.6, 5.0, 0.25)),
    ],
    touch: 14.0,
    ..BASE
};
// Seven to two is no harmonic: metal.
const BELL: Program = Program {
    operators: [
        operator(3.5, 0.0, 24.0, slopes(0.001, 2.0, 0.3, 2.5, 0.8)),
        operator(1.0, 0.0, 0.0, slopes(0.001, 2.4, 0.4, 3.5, 0.9)),
        operator(7.0, 0.0, 30.0, slopes(0.001, 0.7, 0.1, 1.2, 0.4)),
        operator(2.0, 4.0, 7.5, slopes(0.001, 1.2, 0.3, 2.0, 0.6)),
    ],
    ..BASE
};

/// The program of an instrument.
pub(crate) fn program(instrument: Instrument) -> &'static Program {
    match instrument {
        Instrument::FmBass => &BASS,
        Instrument::FmBrass => &BRASS,
        Instrument::FmKeys => &KEYS,
        Instrument::FmBell => &BELL,
        _ => &LEAD,
    }
}
