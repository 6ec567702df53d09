//! What is said: the change as it is read from the state after it.

mod change;
mod chinese;
mod english;
mod figure;
mod voice;

use score::{Genre, Library, Mood};
use timeline::Timeline;

use crate::language::{Language, han};
use crate::reading::Reading;
use change::changes;
pub(crate) use voice::Voice;

/// What was measured on the finished work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scored {
    /// The pieces that were composed, by the number of their bed.
    pub beds: Vec<ScoredBed>,
    /// Integrated loudness of the finished film in LUFS.
    pub lufs: Option<f64>,
    /// Whether parts play on built-in voices because no SoundFont was found.
    pub own_voices: bool,
}

/// A piece as it was composed.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredBed {
    /// Number of its bed.
    pub bed: u32,
    /// Identifier of its genre.
    pub genre: String,
    /// Base tempo in beats a minute.
    pub tempo_bpm: f64,
    /// Key, as text: `A minor`.
    pub key: String,
    /// Hits that fall on a beat.
    pub hits_on_beat: usize,
    /// Hits that were planned.
    pub hits: usize,
}

/// The reply once the work is done: the change of the timeline with what was measured, and the notes of the reading.
///
/// Without measured figures it says what the timeline says. For a reading that changed nothing its own reply stands.
pub fn reply_for(
    reading: &Reading,
    before: &Timeline,
    after: &Timeline,
    scored: Option<&Scored>,
    library: &Library,
) -> String {
    let voice = Voice { language: reading.language, library };
    if before == after {
        return reading.reply.clone();
    }
    let told = told(before, after, voice);
    let measured = scored.map(|scored| voice.measured(after, scored)).unwrap_or_default();
    let hint = if before.beds.is_empty() { voice.hint() } else { String::new() };
    let parts: Vec<&str> = [told.as_str(), measured.as_str()]
        .into_iter()
        .chain(reading.notes.iter().map(String::as_str))
        .chain([hint.as_str()])
        .collect();
    voice.join(&parts)
}

/// The changes between two states as sentences.
pub(crate) fn told(before: &Timeline, after: &Timeline, voice: Voice<'_>) -> String {
    let sentences: Vec<String> =
        changes(before, after).iter().map(|change| voice.change(change, before, after)).collect();
    voice.join(&sentences.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What music is called: its genre, else its mood, else what it is for.
pub(crate) fn title(genre: Option<&Genre>, mood: Option<Mood>, language: Language) -> String {
    match (language, genre, mood) {
        (Language::English, Some(genre), _) => genre.title.clone(),
        (Language::English, None, Some(mood)) => {
            let word = mood.word();
            format!("{}{} music", word[..1].to_uppercase(), &word[1..])
        }
        (Language::English, None, None) => "Background music".to_owned(),
        (_, Some(genre), _) => in_characters(language, &genre.title_zh),
        (_, None, Some(mood)) => in_characters(language, &format!("{}的音乐", chinese::mood(mood))),
        (_, None, None) => in_characters(language, "背景音乐"),
    }
}

/// A text of ours in the characters that somebody reads.
fn in_characters(language: Language, text: &str) -> String {
    if language == Language::Traditional { han::traditional(text) } else { text.to_owned() }
}
