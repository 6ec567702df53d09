//! What happens to the sound of a whole score after its parts are played.

use serde::{Deserialize, Serialize};

/// The room the players seem to sit in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Room {
    /// No room at all.
    #[default]
    None,
    /// A small studio, about half a second.
    Short,
    /// A plate, about a second and a half.
    Plate,
    /// A concert hall, about two and a half seconds.
    Hall,
}

/// How the echo repeats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Repeats {
    /// A dotted eighth apart, from side to side.
    #[default]
    Sides,
    /// As a 16-bit console has it: 240 ms at most, each side in itself, through a filter of eight taps.
    Cartridge,
}

/// Effects on the whole score; amounts without a unit run from 0, nothing, to 1, as much as is
/// ever wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Finish {
    /// The room.
    pub room: Room,
    /// The echo that strips send to.
    pub echo: Repeats,
    /// Slow and fast drift of pitch, as of a worn tape.
    pub wow: f32,
    /// Corner of a gentle low-pass in Hz, if there is one.
    pub lowpass_hz: Option<f32>,
    /// Crackle and hiss of a record.
    pub vinyl: f32,
    /// Soft saturation.
    pub saturation: f32,
    /// How deep the kick pushes everything else down.
    pub pump: f32,
    /// Glue: how much the bus compressor does.
    pub glue: f32,
    /// How much wider, in dB, -6 to 6: lifts or lowers what differs between both sides, above the lows.
    pub width_db: f32,
}
