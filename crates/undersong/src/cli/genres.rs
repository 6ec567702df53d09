//! `undersong genres`: what can be asked for, by which words.

use serde::Serialize;

use super::arguments::Genres;
use super::{Done, output};

#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    title: &'a str,
    title_zh: &'a str,
    words: &'a [String],
    occasions: &'a [String],
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

fn listed(genre: &score::Genre) -> Listed<'_> {
    let mut instruments: Vec<&'static str> =
        genre.layers.iter().flat_map(|layer| layer.instruments.iter().map(|i| i.name())).collect();
    instruments.sort_unstable();
    instruments.dedup();
    Listed {
        id: &genre.id,
        title: &genre.title,
        title_zh: &genre.title_zh,
        words: &genre.words,
        occasions: &genre.occasions,
        tempo_bpm: [genre.tempo.0, genre.tempo.1],
        valence: genre.mood.valence,
        arousal: genre.mood.arousal,
        instruments,
    }
}
