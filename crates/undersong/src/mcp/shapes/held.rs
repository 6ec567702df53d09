//! What a film holds: its timeline and the record of its music.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use timeline::History;

use crate::server::workshop::preview;

/// The timeline of a film.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct TimelineView {
    pub(crate) film: String,
    /// The whole in a line of words.
    pub(crate) summary: String,
    /// Clips, music, titles and canvas, in seconds, percent and decibels.
    #[schemars(with = "crate::views::state::StateView")]
    pub(crate) state: Value,
    /// How to hear each piece of music: names for preview_music, in the order of the music.
    pub(crate) pieces: Vec<String>,
    /// How many changes can be undone.
    pub(crate) steps: usize,
}

impl TimelineView {
    pub(crate) fn new(film: &str, history: &History, state: Value) -> TimelineView {
        let now = history.now();
        TimelineView {
            film: film.to_owned(),
            summary: now.to_string(),
            state,
            pieces: now.beds.iter().map(|bed| preview::id(bed.id, None)).collect(),
            steps: history.past().len().saturating_sub(1),
        }
    }
}

/// The record of a film that was made: of what, under which licence.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct LicenceView {
    pub(crate) film: String,
    /// What the music is.
    pub(crate) music: Vec<String>,
    /// The sounds it was played on, each with its licence.
    pub(crate) sounds: Vec<SoundView>,
    /// The request it answers.
    pub(crate) request: String,
    /// What its chance was drawn from.
    pub(crate) seed: u64,
    pub(crate) program: String,
    pub(crate) version: String,
}

/// A source of sound.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct SoundView {
    pub(crate) name: String,
    pub(crate) licence: String,
}

impl LicenceView {
    pub(crate) fn new(film: &str, licence: &studio::Licence) -> LicenceView {
        let sounds = licence.sounds.iter();
        LicenceView {
            film: film.to_owned(),
            music: licence.music.clone(),
            sounds: sounds
                .map(|sound| SoundView { name: sound.name.clone(), licence: sound.licence.clone() })
                .collect(),
            request: licence.request.clone(),
            seed: licence.seed,
            program: licence.program.clone(),
            version: licence.version.clone(),
        }
    }
}
