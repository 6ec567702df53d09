//! What is said: the change as it is read from the state after it.

mod change;
mod chinese;
mod english;
mod figure;
mod playing;
mod voice;

use score::{Brief, Genre, Library, Mood};
use timeline::{Music, Timeline};

use crate::language::{Language, han};
use crate::reading::Reading;
use change::changes;
pub(crate) use voice::Voice;
use voice::brief;

/// What was measured on the finished work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scored {
    /// The pieces that were composed, by the number of their bed.
    pub beds: Vec<ScoredBed>,
    /// Integrated loudness of the finished film in LUFS.
    pub lufs: Option<f64>,
    /// Whether parts play on built-in voices because no SoundFont was found.
    pub own_voices: bool,
    /// How much louder the film's own sound became on the way to its target, in decibels; `None` where not known.
    pub film_gain_db: Option<f64>,
    /// Whether the film was written; otherwise the reply says what would be.
    pub done: bool,
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
    /// Cuts and moments that were asked for which fall on a beat.
    pub hits_on_beat: usize,
    /// Cuts and moments that were tried, met or missed.
    pub hits: usize,
    /// How far the music goes down at most while somebody talks, in decibels above zero; `None` where it does not.
    pub duck_db: Option<f64>,
    /// How far speech stands above the music on average, in LU; `None` where they never meet.
    pub speech_over_music_lu: Option<f64>,
}

/// Most sentences of a reply.
const SENTENCES: usize = 4;

/// A sentence of a reply, by how badly it is needed: what is least needed goes when there are too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    Change,
    Note,
    Piece,
    Loudness,
    Voices,
    Hint,
}

/// The sentences that are needed most, in their order; the change itself is never cut short, and notes share a sentence
/// rather than go.
pub(crate) fn shortened(mut sentences: Vec<(Need, String)>) -> Vec<String> {
    sentences.retain(|(_, sentence)| !sentence.is_empty());
    while sentences.len() > SENTENCES {
        let last = sentences.iter().enumerate().max_by_key(|(_, (need, _))| *need);
        let Some((at, (need, _))) = last.filter(|(_, (need, _))| *need > Need::Change) else { break };
        let need = *need;
        let (_, dropped) = sentences.remove(at);
        if need == Need::Note {
            match at.checked_sub(1).and_then(|before| sentences.get_mut(before)) {
                Some((Need::Note, note)) => *note = joined(note, &dropped),
                _ => {
                    sentences.insert(at, (need, dropped));
                    break;
                }
            }
        }
    }
    sentences.into_iter().map(|(_, sentence)| sentence).collect()
}

/// Two notes as one sentence.
fn joined(first: &str, second: &str) -> String {
    match first.strip_suffix('。') {
        Some(first) => format!("{first}；{second}"),
        None => format!("{}; {second}", first.trim_end_matches('.')),
    }
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
    let done = scored.is_none_or(|scored| scored.done);
    let voice = Voice { language: reading.language, library, done };
    if before == after {
        return reading.reply.clone();
    }
    let plain = scored.map(|scored| without_measured(before, after, scored));
    let mut sentences = told(before, plain.as_ref().unwrap_or(after), voice);
    let notes = reading.notes.iter().map(|note| (Need::Note, note.clone()));
    // Of a sound that nobody touched there is nothing to tell.
    let heard = !after.beds.is_empty() || before.target != after.target;
    sentences.extend(
        scored.filter(|_| heard).map(|scored| voice.measured(before, after, scored)).unwrap_or_default(),
    );
    sentences.extend(notes);
    sentences.push((
        Need::Hint,
        if before.beds.is_empty() && !after.beds.is_empty() { voice.hint() } else { String::new() },
    ));
    voice.join(&shortened(sentences))
}

/// The pieces that may be chosen in the place of the one that plays, by name, with the figures they would have.
pub fn choices(language: Language, pieces: &[(&str, ScoredBed)], library: &Library) -> String {
    let genre = |piece: &ScoredBed| title(library.find(&piece.genre), None, language);
    let told = |(name, piece): &(&str, ScoredBed)| match language {
        Language::English => english::choice(name, &genre(piece), piece),
        _ => in_characters(language, &chinese::choice(name, &genre(piece), piece)),
    };
    let told: Vec<String> = pieces.iter().map(told).collect();
    if language.is_chinese() {
        format!("{}。", told.join("；"))
    } else {
        capital(&format!("{}.", told.join("; ")))
    }
}

/// A sentence that begins as sentences do.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The state without the tempo and key that are newly wished of pieces: what was measured of them is told instead.
fn without_measured(before: &Timeline, after: &Timeline, scored: &Scored) -> Timeline {
    let mut plain = after.clone();
    for bed in &mut plain.beds {
        let measured = scored.beds.iter().any(|piece| piece.bed == bed.id);
        let wished = before.bed(bed.id).and_then(brief).map(|old| (old.tempo_bpm, old.key));
        if let (true, Music::Composed(brief)) = (measured, &mut bed.music) {
            (brief.tempo_bpm, brief.key) = wished.unwrap_or((None, None));
        }
    }
    plain
}

/// That a film was made: where it lies, how long it is in seconds, and its loudness where it was measured.
pub fn made(language: Language, path: &str, seconds: f64, lufs: Option<f64>) -> String {
    match language {
        Language::English => english::made(path, seconds, lufs),
        _ => in_characters(language, &chinese::made(path, seconds, lufs)),
    }
}

/// That no film can be made, as nobody knows where its sources lie.
pub fn no_film(language: Language) -> String {
    match language {
        Language::English => english::no_film(),
        _ => in_characters(language, &chinese::no_film()),
    }
}

/// The changes between two states as sentences.
pub(crate) fn told(before: &Timeline, after: &Timeline, voice: Voice<'_>) -> Vec<(Need, String)> {
    let changes = changes(before, after);
    changes.iter().map(|change| (Need::Change, voice.change(change, before, after))).collect()
}

/// What people will call music of this brief: its genre, else its mood, else what it is for, in the language they speak.
pub fn music_name(brief: &Brief, library: &Library, language: Language) -> String {
    title(brief.genre.as_deref().and_then(|id| library.find(id)), brief.mood, language)
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
pub(crate) fn in_characters(language: Language, text: &str) -> String {
    if language == Language::Traditional { han::traditional(text) } else { text.to_owned() }
}
