//! A part: what one player plays, and where the player sits in the mix.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sound::Time;

use crate::{Instrument, Strip};

/// What a part does in the arrangement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The tune.
    Melody,
    /// A second line that answers the tune or doubles it.
    Counter,
    /// Chords in a rhythm.
    Chords,
    /// Chords broken into single notes.
    Arpeggio,
    /// Held chords.
    Pad,
    /// The lowest line.
    Bass,
    /// Drums and percussion; pitches follow the General MIDI percussion map.
    Drums,
    /// Risers, impacts and other transitions.
    Effects,
}

impl Role {
    /// Every role, in score order.
    pub const ALL: [Role; 8] = [
        Role::Melody,
        Role::Counter,
        Role::Chords,
        Role::Arpeggio,
        Role::Pad,
        Role::Bass,
        Role::Drums,
        Role::Effects,
    ];

    /// Its name in genre files, reports and file names.
    pub fn name(self) -> &'static str {
        match self {
            Role::Melody => "melody",
            Role::Counter => "counter",
            Role::Chords => "chords",
            Role::Arpeggio => "arpeggio",
            Role::Pad => "pad",
            Role::Bass => "bass",
            Role::Drums => "drums",
            Role::Effects => "effects",
        }
    }
}

/// What one player plays.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it does in the arrangement.
    pub role: Role,
    /// What it is played on.
    pub instrument: Instrument,
    /// Its notes in order of their start.
    pub notes: Vec<Note>,
    /// Expression, 0 to 1, as points joined by straight lines; empty means full throughout.
    pub expression: Vec<(Time, f32)>,
    /// Where it sits in the mix.
    pub strip: Strip,
}

/// One note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// When it begins, from the start of the music.
    pub at: Time,
    /// How long the key is held; above zero.
    pub length: Time,
    /// MIDI key, 0 to 127, middle C is 60; for drums a key of [`drum`].
    pub pitch: u8,
    /// How hard it is struck, 1 to 127.
    pub velocity: u8,
}

/// Keys of the General MIDI percussion map that the composer writes.
pub mod drum {
    /// The pieces of the kit as genre files name them, with their keys.
    const PIECES: [(&str, u8); 23] = [
        ("kick", KICK),
        ("rim", RIM),
        ("snare", SNARE),
        ("clap", CLAP),
        ("hat", CLOSED_HAT),
        ("open-hat", OPEN_HAT),
        ("low-tom", LOW_TOM),
        ("mid-tom", MID_TOM),
        ("high-tom", HIGH_TOM),
        ("crash", CRASH),
        ("ride", RIDE),
        ("tambourine", TAMBOURINE),
        ("shaker", SHAKER),
        ("swell", SWELL),
        ("pedal-hat", PEDAL_HAT),
        ("cowbell", COWBELL),
        ("high-bongo", HIGH_BONGO),
        ("high-conga", HIGH_CONGA),
        ("low-conga", LOW_CONGA),
        ("claves", CLAVES),
        ("wood-block", WOOD_BLOCK),
        ("triangle", TRIANGLE),
        ("sleigh-bells", SLEIGH_BELLS),
    ];

    /// The names of the pieces.
    pub const NAMES: [&str; PIECES.len()] = {
        let mut names = [""; PIECES.len()];
        let mut i = 0;
        while i < PIECES.len() {
            names[i] = PIECES[i].0;
            i += 1;
        }
        names
    };

    /// The name of the piece on a key.
    pub fn name_of(key: u8) -> Option<&'static str> {
        PIECES.iter().find(|(_, own)| *own == key).map(|(name, _)| *name)
    }

    /// The key of a piece by its name.
    pub fn key_of(name: &str) -> Option<u8> {
        PIECES.iter().find(|(piece, _)| *piece == name).map(|(_, key)| *key)
    }

    /// Bass drum.
    pub const KICK: u8 = 36;
    /// Side stick.
    pub const RIM: u8 = 37;
    /// Snare.
    pub const SNARE: u8 = 38;
    /// Hand clap.
    pub const CLAP: u8 = 39;
    /// Closed hi-hat.
    pub const CLOSED_HAT: u8 = 42;
    /// Hi-hat closed with the foot.
    pub const PEDAL_HAT: u8 = 44;
    /// Low tom.
    pub const LOW_TOM: u8 = 45;
    /// Open hi-hat.
    pub const OPEN_HAT: u8 = 46;
    /// Middle tom.
    pub const MID_TOM: u8 = 47;
    /// Crash cymbal.
    pub const CRASH: u8 = 49;
    /// High tom.
    pub const HIGH_TOM: u8 = 50;
    /// Ride cymbal.
    pub const RIDE: u8 = 51;
    /// Tambourine.
    pub const TAMBOURINE: u8 = 54;
    /// Cowbell.
    pub const COWBELL: u8 = 56;
    /// High bongo.
    pub const HIGH_BONGO: u8 = 60;
    /// High conga, open.
    pub const HIGH_CONGA: u8 = 63;
    /// Low conga.
    pub const LOW_CONGA: u8 = 64;
    /// Shaker (maracas).
    pub const SHAKER: u8 = 70;
    /// Claves.
    pub const CLAVES: u8 = 75;
    /// High wood block.
    pub const WOOD_BLOCK: u8 = 76;
    /// Triangle, open.
    pub const TRIANGLE: u8 = 81;
    /// Sleigh bells (jingle bell of GM2).
    pub const SLEIGH_BELLS: u8 = 83;
    /// Reverse cymbal swell; played by our own voice where a kit has none.
    pub const SWELL: u8 = 119;
}
