//! Harmony: chords as roman numerals, progressions, and how voices move through them.

mod chord;
mod home;
mod numeral;
mod voicing;

use serde::Deserialize;

pub use chord::Chord;
pub(crate) use home::clearness;
pub(crate) use numeral::Bar;
pub(crate) use voicing::voice;

use crate::Mode;

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

impl Bars {
    /// How much of it stays in a mode, 0 to 1: the share of its time whose chords need no tone that the mode lacks. The
    /// dominant with its raised third is at home in every mode with a minor third.
    pub(crate) fn within(&self, mode: Mode) -> f64 {
        let at_home = |bar: &Bar| {
            let own = bar.chords.iter().filter(|chord| chord.is_in(mode)).count();
            own as f64 / bar.chords.len().max(1) as f64
        };
        self.0.iter().map(at_home).sum::<f64>() / self.0.len().max(1) as f64
    }
}

impl TryFrom<String> for Bars {
    type Error = String;
    fn try_from(text: String) -> Result<Bars, String> {
        text.split('|').map(str::parse).collect::<Result<_, _>>().map(Bars)
    }
}

fn once() -> f64 {
    1.0
}
