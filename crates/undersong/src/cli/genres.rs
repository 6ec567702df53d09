//! `undersong genres`: what can be asked for, by which words.

use super::arguments::Genres;
use super::{Done, output};
use crate::views::genre::{Listed, listed};

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
