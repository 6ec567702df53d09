//! The sounds of the subtractive voice.

mod orchestra;

use score::Instrument;

use crate::envelope::Shape as Adsr;
use crate::voice::analog::Patch;
use crate::wave::Shape;
use orchestra::{
    ACCORDION, BASSOON, BRASS, CELLO, CHOIR, CLARINET, CONTRABASS, FLUTE, HARMONICA, HORN, MUTED_TRUMPET,
    OBOE, PICCOLO, RECORDER, SAXOPHONE, SLOW_STRINGS, STRINGS, TREMOLO_STRINGS, TROMBONE, TRUMPET, VIOLA,
    VIOLIN, WHISTLE,
};

const fn adsr(attack: f32, decay: f32, sustain: f32, release: f32) -> Adsr {
    Adsr { attack, decay, sustain, release }
}

const BASE: Patch = Patch {
    shape: Shape::Saw,
    width: (0.0, 0.5),
    unison: 1,
    detune: 0.0,
    pure: 0.0,
    sub: 0.0,
    breath: 0.0,
    corner: 2000.0,
    quality: 0.707,
    follow: 0.5,
    sweep: 0.0,
    sweep_time: 0.3,
    envelope: adsr(0.02, 0.3, 0.8, 0.25),
    vibrato: (0.0, 5.4, 0.3),
    tremolo: (0.0, 6.0),
    spread: 0.0,
    scoop: (0.0, 0.05),
};

const SAW_LEAD: Patch = Patch {
    unison: 5,
    detune: 11.0,
    corner: 4200.0,
    sweep: 1.2,
    sweep_time: 0.35,
    quality: 0.9,
    envelope: adsr(0.006, 0.5, 0.75, 0.25),
    vibrato: (12.0, 5.2, 0.35),
    spread: 0.7,
    scoop: (-0.4, 0.05),
    ..BASE
};
const SUPER_SAW: Patch = Patch {
    unison: 7,
    detune: 19.0,
    corner: 5600.0,
    sweep: 0.8,
    sweep_time: 0.3,
    envelope: adsr(0.008, 0.6, 0.8, 0.3),
    spread: 1.0,
    ..BASE
};
const SQUARE_LEAD: Patch = Patch {
    shape: Shape::Pulse(0.5),
    unison: 2,
    detune: 5.0,
    corner: 3400.0,
    sweep: 0.9,
    sweep_time: 0.25,
    quality: 1.0,
    envelope: adsr(0.005, 0.4, 0.7, 0.2),
    vibrato: (10.0, 5.4, 0.3),
    spread: 0.4,
    scoop: (-0.3, 0.04),
    ..BASE
};
const SYNTH_BRASS: Patch = Patch {
    unison: 3,
    detune: 9.0,
    corner: 1900.0,
    sweep: -1.8,
    sweep_time: 0.09,
    quality: 1.0,
    envelope: adsr(0.03, 0.5, 0.8, 0.3),
    spread: 0.7,
    ..BASE
};
const SAW_BASS: Patch = Patch {
    unison: 1,
    sub: 0.25,
    corner: 480.0,
    sweep: 2.2,
    sweep_time: 0.14,
    quality: 1.4,
    follow: 0.4,
    envelope: adsr(0.003, 0.6, 0.55, 0.07),
    ..BASE
};
// Two saws that beat against each other, as on the records the sound is named after.
const REESE_BASS: Patch = Patch {
    unison: 3,
    detune: 16.0,
    sub: 0.3,
    corner: 650.0,
    quality: 1.1,
    follow: 0.3,
    sweep: 0.6,
    sweep_time: 0.9,
    envelope: adsr(0.01, 1.0, 0.9, 0.12),
    ..BASE
};
// The chip of a home computer (MOS 6581): a pulse whose width wanders through a filter that rings.
const SID_LEAD: Patch = Patch {
    shape: Shape::Pulse(0.5),
    width: (0.38, 0.7),
    corner: 3800.0,
    quality: 1.2,
    follow: 0.3,
    envelope: adsr(0.004, 0.35, 0.65, 0.3),
    vibrato: (24.0, 5.8, 0.22),
    ..BASE
};
const SID_BASS: Patch = Patch {
    shape: Shape::Pulse(0.35),
    width: (0.22, 1.1),
    corner: 360.0,
    quality: 3.0,
    follow: 0.35,
    sweep: 2.6,
    sweep_time: 0.12,
    envelope: adsr(0.002, 0.3, 0.6, 0.06),
    scoop: (7.0, 0.012),
    ..BASE
};
const PLUCK_SYNTH: Patch = Patch {
    unison: 3,
    detune: 7.0,
    sub: 0.12,
    corner: 700.0,
    sweep: 2.7,
    sweep_time: 0.16,
    quality: 1.3,
    envelope: adsr(0.002, 0.9, 0.0, 0.25),
    spread: 0.6,
    ..BASE
};
const SUB_BASS: Patch = Patch {
    shape: Shape::Saw,
    pure: 0.9,
    corner: 420.0,
    follow: 0.6,
    sweep: 1.6,
    sweep_time: 0.12,
    envelope: adsr(0.005, 1.5, 0.7, 0.09),
    scoop: (5.0, 0.02),
    ..BASE
};
const WARM_PAD: Patch = Patch {
    unison: 4,
    detune: 10.0,
    breath: 0.03,
    sub: 0.04,
    corner: 2600.0,
    sweep: -1.6,
    sweep_time: 1.4,
    envelope: adsr(0.5, 1.0, 0.9, 1.6),
    vibrato: (4.0, 0.35, 0.0),
    spread: 1.0,
    ..BASE
};

/// The sound of an instrument that is bowed, blown, sung or synthetic.
pub(crate) fn patch(instrument: Instrument) -> &'static Patch {
    use Instrument::*;
    match instrument {
        SuperSaw => &SUPER_SAW,
        SquareLead => &SQUARE_LEAD,
        SynthBrass => &SYNTH_BRASS,
        SawBass => &SAW_BASS,
        ReeseBass => &REESE_BASS,
        SidLead => &SID_LEAD,
        SidBass => &SID_BASS,
        Accordion => &ACCORDION,
        Harmonica => &HARMONICA,
        PluckSynth => &PLUCK_SYNTH,
        SubBass => &SUB_BASS,
        WarmPad => &WARM_PAD,
        Violin => &VIOLIN,
        Viola => &VIOLA,
        Cello => &CELLO,
        Contrabass => &CONTRABASS,
        TremoloStrings => &TREMOLO_STRINGS,
        Strings => &STRINGS,
        SlowStrings => &SLOW_STRINGS,
        Choir => &CHOIR,
        Trumpet => &TRUMPET,
        Trombone => &TROMBONE,
        MutedTrumpet => &MUTED_TRUMPET,
        Horn => &HORN,
        Brass => &BRASS,
        Saxophone => &SAXOPHONE,
        Oboe => &OBOE,
        Bassoon => &BASSOON,
        Clarinet => &CLARINET,
        Flute => &FLUTE,
        Piccolo => &PICCOLO,
        Whistle => &WHISTLE,
        Recorder => &RECORDER,
        _ => &SAW_LEAD,
    }
}
