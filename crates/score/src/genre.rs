//! A genre: everything that makes music sound like its kind, read from one text file.

mod library;
mod reading;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::harmony::{Cadence, Progression};
use crate::{Finish, Instrument, Mode, Mood, Pattern, Role, Strip};

pub use library::{GenreError, Library};

/// Steps in a bar of a pattern, whatever the tempo: sixteenths of four beats.
pub(crate) const STEPS_PER_BAR: usize = 16;
/// Beats in a bar.
pub const BEATS_PER_BAR: i64 = 4;

/// A genre.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Genre {
    /// Its identifier: the name of its file.
    #[serde(skip)]
    pub id: String,
    /// What it is called in English.
    pub title: String,
    /// What it is called in Chinese.
    pub title_zh: String,
    /// Words people use for it, lower case, in any language.
    pub words: Vec<String>,
    /// Films it is right for, lower case, in any language: what people say who name no music.
    #[serde(default)]
    pub occasions: Vec<String>,
    /// Where it sits on the circumplex when nobody says otherwise.
    pub mood: Mood,
    /// Other moods it is right for when nobody names a genre.
    #[serde(default)]
    pub also: Vec<Mood>,
    /// Whether it plays only when somebody asks for it by name.
    #[serde(default)]
    pub asked_only: bool,
    /// Semitones by which a climax may stand above the rest, 0 to 7; 0 for genres that stay in their key.
    #[serde(default)]
    pub lift: u8,
    /// Slowest and fastest tempo, in beats a minute.
    pub tempo: (f64, f64),
    /// Where the second of two eighths or sixteenths falls, 0.5 straight to 0.67 as triplets.
    pub swing: f64,
    /// Which of them swing.
    #[serde(default)]
    pub swung: Swung,
    /// Spread of the players' timing in milliseconds; zero for machines, which stay on their grid.
    pub loose_ms: f64,
    /// Modes it uses, with the valence each is right for.
    pub modes: Vec<ModeChoice>,
    /// Progressions of four bars.
    pub progressions: Vec<Progression>,
    /// Endings of phrases.
    pub cadences: Vec<Cadence>,
    /// How it makes tunes.
    pub melody: MelodyManner,
    /// Drum patterns by energy; none for genres without drums.
    #[serde(default)]
    pub grooves: Vec<Groove>,
    /// Drum fills: what is played in the last bar before a border.
    #[serde(default)]
    pub fills: Vec<Groove>,
    /// Patterns of the other parts by energy.
    pub patterns: Vec<PartPattern>,
    /// The line-up.
    pub layers: Vec<Layer>,
    /// Effects on the whole.
    pub finish: Finish,
}

/// The notes of which every second comes late where a genre swings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Swung {
    /// As in jazz and shuffles.
    Eighths,
    /// As in hip-hop and funk.
    #[default]
    Sixteenths,
}

/// A mode and the valence it is right for.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModeChoice {
    /// The mode.
    pub mode: Mode,
    /// The valence it expresses here, -1 to 1.
    pub valence: f64,
}

/// How a genre makes tunes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MelodyManner {
    /// Rhythms of motifs, a bar each, `x` for a note.
    pub rhythms: Vec<Pattern>,
    /// How readily it leaps, 0 steps only to 1 leaps often.
    pub leap: f64,
    /// How often a phrase may stay silent, 0 to 1.
    #[serde(default)]
    pub rest: f64,
}

/// A drum pattern: a line for each piece of the kit.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Groove {
    /// The energy from which it is played, 0 to 1.
    #[serde(default)]
    pub energy: f64,
    /// Pieces and their lines: `X` accented, `x` plain, `g` ghost, `?` now and then.
    #[serde(flatten)]
    pub lines: BTreeMap<String, Pattern>,
}

/// A pattern of a part that is neither melody nor drums.
///
/// Bass: `R` root (or what else the chord has in the bass), `3` third, `5` fifth, `7` seventh, `8` octave, `2` `4` `6`
/// steps of the scale, `a` a step below the next root, or above it where that is nearer, `c` the same by a semitone.
/// Chords: `X` accented, `x` plain; strummed: `D` accented and `d` plain downwards, `u` upwards. Arpeggio: `1` to `6`, the tones of the chord from below.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartPattern {
    /// The role that plays it.
    pub role: Role,
    /// The instruments it is written for; empty for all that have none of their own.
    #[serde(default)]
    pub instruments: Vec<Instrument>,
    /// The energy from which it is played, 0 to 1.
    #[serde(default)]
    pub energy: f64,
    /// The rhythm.
    pub pattern: Pattern,
}

/// One chair of the line-up.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// What it does.
    pub role: Role,
    /// Instruments that may take the chair; the seed chooses.
    pub instruments: Vec<Instrument>,
    /// How often the chair is taken at all, 0 to 1; another seed has another line-up.
    #[serde(default = "always")]
    pub presence: f64,
    /// The section energy from which it plays, 0 to 1.
    #[serde(default)]
    pub energy: f64,
    /// Lowest and highest MIDI key.
    #[serde(default)]
    pub register: Option<(u8, u8)>,
    /// How hard it plays in the middle of the road, 1 to 127.
    pub velocity: u8,
    /// Where it sits in the mix.
    #[serde(default)]
    pub strip: Strip,
}

fn always() -> f64 {
    1.0
}

impl Genre {
    /// Whether the chip of an 8-bit console can play all of it.
    pub fn is_of_console(&self) -> bool {
        self.layers.iter().flat_map(|layer| &layer.instruments).all(|instrument| instrument.is_of_console())
    }

    /// How far it lies from a mood, 0 to about 2.8.
    pub fn distance(&self, mood: Mood) -> f64 {
        let others = self.also.iter().map(|own| own.distance(mood));
        others.fold(self.mood.distance(mood), f64::min)
    }

    /// The keys a layer plays in: what the file says, as far as its instrument sounds like itself there; where that is
    /// less than an octave, all that the instrument has.
    pub fn register(layer: &Layer, instrument: Instrument) -> (u8, u8) {
        let (lowest, highest) = (*instrument.register().start(), *instrument.register().end());
        let (low, high) = layer.register.unwrap_or((lowest, highest));
        let (low, high) = (low.max(lowest), high.min(highest));
        if high >= low.saturating_add(11) { (low, high) } else { (lowest, highest) }
    }

    /// Patterns of a role that fit an energy: those with the highest threshold that is met. An instrument plays what is
    /// written for it, if anything is; else what is written for nobody.
    pub fn patterns_for(&self, role: Role, player: Option<Instrument>, energy: f64) -> Vec<&Pattern> {
        let of_role = || self.patterns.iter().filter(move |p| p.role == role);
        let named = |p: &&PartPattern| player.is_some_and(|player| p.instruments.contains(&player));
        let own = of_role().any(|p| named(&p));
        let mine = || of_role().filter(move |p| if own { named(p) } else { p.instruments.is_empty() });
        let tier = reached(mine().map(|p| p.energy), energy);
        mine().filter(|p| p.energy == tier).map(|p| &p.pattern).collect()
    }

    /// Grooves that fit an energy, those with the highest threshold that is met.
    pub fn grooves_for(&self, energy: f64) -> Vec<&Groove> {
        let tier = reached(self.grooves.iter().map(|g| g.energy), energy);
        self.grooves.iter().filter(|g| g.energy == tier).collect()
    }
}

/// The highest threshold that `energy` meets, or the lowest there is.
fn reached(thresholds: impl Iterator<Item = f64> + Clone, energy: f64) -> f64 {
    let lowest = thresholds.clone().fold(f64::INFINITY, f64::min);
    thresholds.filter(|t| *t <= energy).fold(lowest, f64::max)
}
