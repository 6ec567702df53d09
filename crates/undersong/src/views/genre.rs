//! A genre, as those who choose one see it.

use schemars::JsonSchema;
use serde::Serialize;

/// A genre, as it is asked for.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) title_zh: String,
    /// What people call it, in English and Chinese.
    pub(crate) words: Vec<String>,
    /// The films it is right for.
    pub(crate) occasions: Vec<String>,
    /// The slowest and the fastest.
    pub(crate) tempo_bpm: [f64; 2],
    valence: f64,
    arousal: f64,
    instruments: Vec<&'static str>,
}

/// A genre as it is listed.
pub(crate) fn listed(genre: &score::Genre) -> Listed {
    let mut instruments: Vec<&'static str> =
        genre.layers.iter().flat_map(|layer| layer.instruments.iter().map(|i| i.name())).collect();
    instruments.sort_unstable();
    instruments.dedup();
    Listed {
        id: genre.id.clone(),
        title: genre.title.clone(),
        title_zh: genre.title_zh.clone(),
        words: genre.words.clone(),
        occasions: genre.occasions.clone(),
        tempo_bpm: [genre.tempo.0, genre.tempo.1],
        valence: genre.mood.valence,
        arousal: genre.mood.arousal,
        instruments,
    }
}
