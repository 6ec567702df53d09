//! The brief: what music somebody wants, as far as they said.

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sound::Time;

use crate::{Instrument, Key, Mood, Role};

/// What music is wanted. It is a saved document: what is not said stays open and is decided from the film.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Brief {
    /// Identifier of a genre; without one the film decides.
    pub genre: Option<String>,
    /// The mood that was asked for.
    pub mood: Option<Mood>,
    /// Beats a minute that were asked for, 40 to 240.
    pub tempo_bpm: Option<f64>,
    /// The key that was asked for.
    pub key: Option<Key>,
    /// Moments that must be hit, from the start of the music.
    pub hits: Vec<Time>,
    /// Roles that must not play: "no drums".
    pub without: Vec<Role>,
    /// The only roles that may play; empty means any: "only drums and bass".
    pub only: Vec<Role>,
    /// Instruments to be heard where the genre has a chair for them: "with piano".
    pub with: Vec<Instrument>,
    /// Instruments that must not be heard: "no violin".
    pub without_instruments: Vec<Instrument>,
    /// The only instruments that may play; empty means any: "piano only".
    pub only_instruments: Vec<Instrument>,
    /// The moment everything works towards, from the start of the music: "the drop at 0:12".
    pub climax: Option<Time>,
    /// Whether the music may fall silent for a while where the film carries itself.
    pub breathing: bool,
    /// Whether chip music keeps to the voices its console had.
    pub authentic: bool,
    /// The seed of a piece this one takes after: in tempo, mode, players and grooves, not in tune and harmony.
    pub like: Option<u64>,
    /// Whether the end must lead back to the start without a seam.
    pub looping: bool,
    /// What is to be written again, the latest last; no two of them are of the same thing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub takes: Vec<Take>,
    /// What chance is drawn from.
    pub seed: u64,
}

/// Another take of a part of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Take {
    /// What is written again.
    pub of: Taken,
    /// What its chance is drawn from.
    pub seed: u64,
}

/// What may be written again by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Taken {
    /// All that players of this role play.
    Role(Role),
    /// The section of this place in the cue sheet, from 0; where there is none, nothing changes.
    Section(usize),
}

impl Brief {
    /// The tempos that may be asked for, in beats a minute.
    pub const TEMPOS_BPM: RangeInclusive<f64> = 40.0..=240.0;

    /// Has something written again, instead of any earlier take of it.
    pub fn retake(&mut self, take: Take) {
        self.takes.retain(|other| other.of != take.of);
        self.takes.push(take);
    }

    /// What chance is drawn from in all that makes the manner of a piece.
    pub fn manner(&self) -> u64 {
        self.like.unwrap_or(self.seed)
    }

    /// What chance is drawn from in tune and harmony. Whoever takes after the piece of the very same seed still has a
    /// tune of its own.
    pub(crate) fn own_seed(&self) -> u64 {
        let same = self.like == Some(self.seed);
        if same { self.seed ^ 0x5851_f42d_4c95_7f2d } else { self.seed }
    }
}
