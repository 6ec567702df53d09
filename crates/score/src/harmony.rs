//! Harmony: chords as roman numerals, progressions, and how voices move through them.

mod chord;
mod numeral;
mod voicing;

use serde::Deserialize;

pub use chord::Chord;
pub(crate) use numeral::Bar;
pub(crate) use voicing::voice;

/// Bars of chords, usually four; sections longer than that begin again.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progression {
    /// Whether it is for keys with a minor third.
    #[serde(default)]
    pub minor: bool,
    /// How often it is chosen against the others.
    #[serde(default = "once")]
    pub weight: f64,
    /// Its bars.
    pub chords: Bars,
}

/// The end of a phrase: what its last two bars become.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cadence {
    /// Whether it is for keys with a minor third.
    #[serde(default)]
    pub minor: bool,
    /// The last bar of a phrase that asks.
    pub half: Bars,
    /// The last two bars of a phrase that answers; the second ends on the tonic.
    pub full: Bars,
}

/// Bars of chords, written `ii7 V7 | Imaj7`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Bars(pub Vec<Bar>);

impl TryFrom<String> for Bars {
    type Error = String;
    fn try_from(text: String) -> Result<Bars, String> {
        text.split('|').map(str::parse).collect::<Result<_, _>>().map(Bars)
    }
}

fn once() -> f64 {
    1.0
}
