//! What struck, plucked and frequency-modulated instruments are made of.

use score::Instrument;

use crate::envelope::Shape;
use crate::voice::fm::{Operators, Pair};
use crate::voice::modal::Struck;
use crate::voice::plucked::PluckedString;

const BASE: Struck = Struck {
    modes: &[],
    stiffness: 0.0,
    shorten: 0.7,
    damped: None,
    hammer: 0.0,
    touch: 0.5,
    attack: 0.0,
    tremolo: (0.0, 5.0),
    twins: 0,
};

// Levels follow 1/n with the notch of a hammer at an eighth of the string.
const PIANO: Struck = Struck {
    modes: &[
        (1.0, 0.34, 9.0),
        (2.0, 0.20, 7.0),
        (3.0, 0.10, 5.5),
        (4.0, 0.085, 4.5),
        (5.0, 0.06, 3.6),
        (6.0, 0.035, 3.0),
        (7.0, 0.025, 2.4),
        (9.0, 0.022, 1.8),
        (10.0, 0.020, 1.5),
        (11.0, 0.014, 1.3),
        (12.0, 0.010, 1.1),
        (13.0, 0.007, 0.9),
    ],
    stiffness: 0.0004,
    shorten: 0.66,
    damped: Some(0.35),
    hammer: 0.10,
    touch: 0.75,
    twins: 4,
    ..BASE
};
const CELESTA: Struck = Struck {
    modes: &[(1.0, 0.4, 2.2), (2.0, 0.05, 1.6), (3.93, 0.10, 0.6), (9.1, 0.03, 0.15)],
    hammer: 0.03,
    ..BASE
};
// A free bar: 1, 2.756, 5.404, 8.933 (Fletcher and Rossing).
const GLOCKENSPIEL: Struck = Struck {
    modes: &[(1.0, 0.35, 4.0), (2.756, 0.12, 1.5), (5.404, 0.06, 0.5), (8.933, 0.02, 0.2)],
    hammer: 0.05,
    touch: 0.3,
    ..BASE
};
const MUSIC_BOX: Struck = Struck {
    modes: &[(1.0, 0.35, 2.4), (2.01, 0.08, 1.4), (5.4, 0.07, 0.4), (6.27, 0.04, 0.25)],
    hammer: 0.04,
    ..BASE
};
// Bars cut so that the second mode sounds two octaves up.
const VIBRAPHONE: Struck = Struck {
    modes: &[(1.0, 0.45, 6.0), (4.0, 0.08, 1.6), (10.0, 0.02, 0.4)],
    damped: Some(0.6),
    hammer: 0.02,
    tremolo: (0.22, 5.2),
    ..BASE
};
const MARIMBA: Struck = Struck {
    modes: &[(1.0, 0.5, 1.3), (3.93, 0.12, 0.35), (9.6, 0.04, 0.12)],
    hammer: 0.12,
    shorten: 0.6,
    ..BASE
};
// A bar cut so that the second mode sounds a twelfth up, struck hard.
const XYLOPHONE: Struck = Struck {
    modes: &[(1.0, 0.45, 0.7), (3.0, 0.2, 0.3), (6.1, 0.08, 0.12)],
    hammer: 0.14,
    touch: 0.35,
    ..BASE
};
// Modes of a tube from the fourth up; what is heard as the note lies an octave below the 2 : 3 : 4 (Rossing).
const TUBULAR_BELLS: Struck = Struck {
    modes: &[
        (0.98, 0.04, 3.0),
        (2.0, 0.3, 6.0),
        (3.0, 0.22, 4.5),
        (4.16, 0.16, 3.0),
        (5.43, 0.09, 1.8),
        (6.8, 0.05, 1.0),
    ],
    hammer: 0.05,
    touch: 0.3,
    damped: Some(1.4),
    ..BASE
};
// A pan tuned to the note, its octave and the twelfth, with a blur of neighbours.
const STEEL_DRUMS: Struck = Struck {
    modes: &[(1.0, 0.4, 1.5), (2.0, 0.26, 0.9), (3.01, 0.12, 0.5), (4.04, 0.08, 0.35), (1.49, 0.03, 0.25)],
    hammer: 0.06,
    touch: 0.4,
    tremolo: (0.1, 7.5),
    ..BASE
};
const KALIMBA: Struck = Struck {
    modes: &[(1.0, 0.45, 2.0), (5.8, 0.09, 0.22), (6.27, 0.05, 0.18), (12.0, 0.02, 0.06)],
    hammer: 0.10,
    ..BASE
};
// A kettle tuned so that its preferred modes stand 1 : 1.5 : 2 : 2.44.
const TIMPANI: Struck = Struck {
    modes: &[(1.0, 0.5, 2.6), (1.5, 0.28, 2.0), (1.98, 0.16, 1.6), (2.44, 0.08, 1.2), (0.85, 0.2, 0.3)],
    hammer: 0.4,
    touch: 0.6,
    ..BASE
};
const FOREVER: f32 = 1e6;
// Drawbars 88 8000 004, roughly.
const ORGAN: Struck = Struck {
    modes: &[
        (0.5, 0.16, FOREVER),
        (1.0, 0.26, FOREVER),
        (1.5, 0.12, FOREVER),
        (2.0, 0.14, FOREVER),
        (3.0, 0.07, FOREVER),
        (4.0, 0.06, FOREVER),
        (6.0, 0.02, FOREVER),
        (8.0, 0.03, FOREVER),
    ],
    shorten: 1.0,
    damped: Some(0.09),
    hammer: 0.015,
    touch: 0.0,
    attack: 0.006,
    tremolo: (0.08, 6.4),
    ..BASE
};

/// The modes of a struck instrument.
pub(crate) fn modes(instrument: Instrument) -> &'static Struck {
    use Instrument::*;
    match instrument {
        Celesta => &CELESTA,
        Glockenspiel => &GLOCKENSPIEL,
        MusicBox => &MUSIC_BOX,
        Vibraphone => &VIBRAPHONE,
        Marimba => &MARIMBA,
        Xylophone => &XYLOPHONE,
        TubularBells => &TUBULAR_BELLS,
        SteelDrums => &STEEL_DRUMS,
        Kalimba => &KALIMBA,
        Timpani => &TIMPANI,
        Organ => &ORGAN,
        _ => &PIANO,
    }
}

const KEYS: Shape = Shape { attack: 0.002, decay: 5.0, sustain: 0.0, release: 0.25 };
const BODY: Pair =
    Pair { carrier: 1.0, modulator: 1.0, depth: 2.2, stays: 0.12, bends: 1.2, level: 0.32, envelope: KEYS };
const ELECTRIC_PIANO: Operators = Operators {
    pairs: [
        BODY,
        Pair {
            modulator: 14.0,
            depth: 0.9,
            stays: 0.0,
            bends: 0.25,
            level: 0.12,
            envelope: Shape { decay: 2.5, ..KEYS },
            ..BODY
        },
    ],
    spread: 3.0,
    tremolo: (0.22, 4.6),
    shorten: 0.75,
};
const FM_PIANO: Operators = Operators {
    pairs: [
        Pair { depth: 1.4, ..BODY },
        Pair { modulator: 14.0, depth: 1.5, stays: 0.05, bends: 0.6, level: 0.22, ..BODY },
    ],
    spread: 7.0,
    tremolo: (0.0, 1.0),
    shorten: 0.75,
};
const GLASS: Shape = Shape { attack: 0.25, decay: 9.0, sustain: 0.45, release: 1.8 };
const GLASS_PAD: Operators = Operators {
    pairs: [
        Pair { modulator: 2.0, depth: 1.0, stays: 0.35, bends: 3.0, level: 0.25, envelope: GLASS, ..BODY },
        Pair {
            carrier: 2.0,
            modulator: 7.01,
            depth: 1.2,
            stays: 0.1,
            bends: 2.0,
            level: 0.10,
            envelope: Shape { attack: 0.02, decay: 3.0, sustain: 0.25, release: 2.2 },
        },
    ],
    spread: 11.0,
    tremolo: (0.18, 0.7),
    shorten: 0.9,
};

/// The operators of a frequency-modulated instrument.
pub(crate) fn operators(instrument: Instrument) -> &'static Operators {
    match instrument {
        Instrument::FmPiano => &FM_PIANO,
        Instrument::GlassPad => &GLASS_PAD,
        _ => &ELECTRIC_PIANO,
    }
}

const NYLON: PluckedString =
    PluckedString { ring: 3.5, damped: 0.25, bright: 3000.0, dull: 0.35, place: 0.22, width: 0.12 };
const STEEL: PluckedString = PluckedString { ring: 5.0, bright: 7000.0, dull: 0.15, place: 0.15, ..NYLON };
const JAZZ: PluckedString = PluckedString { ring: 4.0, bright: 1600.0, dull: 0.3, place: 0.3, ..NYLON };
const CLEAN: PluckedString = PluckedString { ring: 5.0, bright: 4500.0, dull: 0.16, place: 0.18, ..NYLON };
const MUTED: PluckedString =
    PluckedString { ring: 0.45, damped: 0.1, bright: 2500.0, dull: 0.4, place: 0.12, ..NYLON };
const OVERDRIVEN: PluckedString =
    PluckedString { ring: 9.0, damped: 0.15, bright: 4000.0, dull: 0.12, place: 0.14, width: 0.0 };
const DISTORTED: PluckedString = PluckedString { ring: 14.0, bright: 5000.0, dull: 0.08, ..OVERDRIVEN };
const UKULELE: PluckedString =
    PluckedString { ring: 1.6, damped: 0.2, bright: 3800.0, dull: 0.32, place: 0.25, width: 0.1 };
const BANJO: PluckedString =
    PluckedString { ring: 1.1, damped: 0.2, bright: 9000.0, dull: 0.2, place: 0.1, width: 0.1 };
const HARPSICHORD: PluckedString =
    PluckedString { ring: 4.0, damped: 0.2, bright: 12_000.0, dull: 0.1, place: 0.12, width: 0.25 };
const CLAVINET: PluckedString =
    PluckedString { ring: 2.4, damped: 0.06, bright: 7000.0, dull: 0.12, place: 0.07, width: 0.1 };
const PIZZICATO: PluckedString =
    PluckedString { ring: 0.9, damped: 0.5, bright: 2200.0, dull: 0.45, place: 0.3, width: 0.2 };
const HARP: PluckedString =
    PluckedString { ring: 4.5, damped: 2.2, bright: 3200.0, dull: 0.25, place: 0.4, width: 0.25 };
const ACOUSTIC_BASS: PluckedString =
    PluckedString { ring: 1.6, damped: 0.18, bright: 900.0, dull: 0.3, place: 0.3, width: 0.0 };
const FINGER_BASS: PluckedString =
    PluckedString { ring: 3.0, damped: 0.12, bright: 1300.0, dull: 0.2, place: 0.2, width: 0.0 };
const PICK_BASS: PluckedString = PluckedString { bright: 3200.0, dull: 0.12, place: 0.12, ..FINGER_BASS };
const SLAP_BASS: PluckedString =
    PluckedString { ring: 2.4, bright: 8000.0, dull: 0.1, place: 0.08, ..FINGER_BASS };
const FRETLESS: PluckedString = PluckedString { ring: 4.0, bright: 800.0, place: 0.33, ..FINGER_BASS };

/// The string of a plucked instrument.
pub(crate) fn string(instrument: Instrument) -> &'static PluckedString {
    use Instrument::*;
    match instrument {
        Harpsichord => &HARPSICHORD,
        Clavinet => &CLAVINET,
        Ukulele => &UKULELE,
        Banjo => &BANJO,
        SteelGuitar => &STEEL,
        JazzGuitar => &JAZZ,
        CleanGuitar => &CLEAN,
        MutedGuitar => &MUTED,
        OverdrivenGuitar => &OVERDRIVEN,
        DistortedGuitar => &DISTORTED,
        Pizzicato => &PIZZICATO,
        Harp => &HARP,
        AcousticBass => &ACOUSTIC_BASS,
        FingerBass => &FINGER_BASS,
        PickBass => &PICK_BASS,
        FretlessBass => &FRETLESS,
        SlapBass => &SLAP_BASS,
        _ => &NYLON,
    }
}
