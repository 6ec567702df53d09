//! The document of a session: its history, and what was found when its music was composed.

use serde::{Deserialize, Serialize};
use studio::Piece;
use timeline::{History, Timeline};
use utoipa::ToSchema;

use crate::server::dialect::errors::Problem;

/// Version of the document.
const VERSION: u32 = 1;

/// What is kept of a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Document {
    pub(crate) version: u32,
    /// What was done; `None` before the first film or photo. Sources are named by the numbers of their files.
    pub(crate) history: Option<History>,
    /// The music of now, as it was composed.
    pub(crate) music: Vec<Composed>,
    /// What was laid out to be chosen from.
    pub(crate) choices: Vec<Choice>,
}

/// A version that may be chosen, with its music as it was composed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Choice {
    /// The name of the version.
    pub(crate) name: String,
    pub(crate) music: Vec<Composed>,
}

/// Music as it was composed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = Cue)]
pub(crate) struct Composed {
    pub(crate) bed: u32,
    pub(crate) genre: String,
    pub(crate) mood: String,
    pub(crate) tempo_bpm: f64,
    pub(crate) key: String,
    pub(crate) seed: u64,
    pub(crate) hits: usize,
    pub(crate) hits_on_beat: usize,
    pub(crate) instruments: Vec<String>,
}

impl Document {
    /// Reads a kept document.
    ///
    /// # Errors
    /// Where it is of another kind: then somebody else wrote it.
    pub(crate) fn read(text: &str) -> Result<Document, Problem> {
        serde_json::from_str(text).map_err(|why| {
            tracing::error!(line = why.line(), column = why.column(), "a document cannot be read");
            Problem::Failed("The session's document cannot be read.".to_owned())
        })
    }

    /// The text that is kept.
    pub(crate) fn written(&self) -> String {
        serde_json::to_string(&Document { version: VERSION, ..self.clone() }).unwrap_or_default()
    }

    /// What holds now; `None` before the first film or photo.
    pub(crate) fn now(&self) -> Option<&Timeline> {
        self.history.as_ref().map(History::now)
    }

    /// Begins with another film, where something is shown already: that is one step back. What was composed, laid out and asked
    /// was about it, and is none of the new film's.
    pub(crate) fn begin_anew(&mut self, film: Timeline) {
        let Some(history) = &mut self.history else { return };
        history.record("", film);
        history.leave_open(None);
        history.forget(|name| self.choices.iter().any(|choice| choice.name == name));
        self.choices.clear();
        self.music.clear();
    }

    /// The choice of this place, from 0.
    pub(crate) fn chosen(&self, place: usize) -> Option<&Timeline> {
        self.history.as_ref()?.version(&self.choices.get(place)?.name)
    }
}

impl Composed {
    /// What there is to tell of a piece.
    pub(crate) fn of(piece: &Piece) -> Composed {
        let cue = &piece.cue;
        let met = |hit: &&score::Hit| hit.landing != score::Landing::None;
        let mut instruments: Vec<String> =
            piece.score.parts.iter().map(|part| part.instrument.name().to_owned()).collect();
        instruments.sort_unstable();
        instruments.dedup();
        Composed {
            bed: piece.bed,
            genre: cue.genre.clone(),
            mood: cue.mood.word().to_owned(),
            tempo_bpm: (cue.heard_tempo().bpm() * 10.0).round() / 10.0,
            key: cue.key.to_string(),
            seed: piece.seed,
            hits: cue.hits.len(),
            hits_on_beat: cue.hits.iter().filter(met).count(),
            instruments,
        }
    }
}
