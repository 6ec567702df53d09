//! `undersong genres`: what can be asked for, by which words.

use schemars::JsonSchema;
use serde::Serialize;

use super::arguments::Genres;
use super::{Done, output};

/// A genre, as it is asked for.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    id: String,
    title: String,
    title_zh: String,
    /// What people call it, in English and Chinese.
    pub(crate) words: Vec<String>,
    /// The films it is right for.
    pub(crate) occasions: Vec<String>,
    /// The slowest and the fastest.
    tempo_bpm: [f64; 2],
    valence: f64,
    arousal: f64,
    instruments: Vec<&'static str>,
}

/// Lists every genre.
pub(crate) fn run(wanted: &Genres) -> Done {
    let library = studio::library()?;
    let listed: Vec<Listed> = library.genres().iter().map(listed).collect();
    if wanted.json {
        output::document(&serde_json::json!({ "genres": listed }))?;
        return Ok(());
    }
    let mut text = String::new();
    for genre in &listed {
        let [slow, fast] = genre.tempo_bpm;
        text +=
            &format!("{:<18} {} ({}), {slow:.0} to {fast:.0} bpm\n", genre.id, genre.title, genre.title_zh);
        text += &format!("{:<18} say: {}\n", "", genre.words.join(", "));
        if !genre.occasions.is_empty() {
            text += &format!("{:<18} for: {}\n", "", genre.occasions.join(", "));
        }
    }
    output::text(&text)?;
    Ok(())
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
