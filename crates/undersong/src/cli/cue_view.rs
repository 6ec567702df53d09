//! The cue sheet and the score as they go over the wire.

use std::fmt;

use score::{CueSheet, Landing, Score};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct CueView {
    genre: String,
    mood: &'static str,
    valence: f64,
    arousal: f64,
    tempo_bpm: f64,
    key: String,
    length_s: f64,
    bars: usize,
    beats_s: Vec<f64>,
    downbeats_s: Vec<f64>,
    sections: Vec<SectionView>,
    hits: Vec<HitView>,
    seed: u64,
}

#[derive(Serialize)]
struct SectionView {
    name: &'static str,
    start_s: f64,
    end_s: f64,
    energy: f64,
    key: String,
}

#[derive(Serialize)]
struct HitView {
    at_s: f64,
    weight: f64,
    on: Landing,
    error_ms: f64,
}

#[derive(Serialize)]
pub(crate) struct PartView {
    role: &'static str,
    instrument: &'static str,
    notes: usize,
}

impl fmt::Display for PartView {
    /// `melody on vibraphone, 64 notes`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}, {} notes", self.role, self.instrument, self.notes)
    }
}

impl CueView {
    /// The view of a cue that begins `start` seconds into the film.
    pub(crate) fn new(cue: &CueSheet, seed: u64, start: f64) -> CueView {
        let seconds = |times: Vec<sound::Time>| times.iter().map(|time| time.seconds() + start).collect();
        CueView {
            genre: cue.genre.clone(),
            mood: cue.mood.word(),
            valence: cue.mood.valence,
            arousal: cue.mood.arousal,
            tempo_bpm: cue.heard_tempo().bpm(),
            key: cue.key.to_string(),
            length_s: cue.length.seconds(),
            bars: cue.bars,
            beats_s: seconds(cue.beats()),
            downbeats_s: seconds(cue.downbeats()),
            sections: cue
                .sections
                .iter()
                .map(|section| {
                    let span = cue.section_span(section);
                    SectionView {
                        name: section.kind.name(),
                        start_s: span.start.seconds() + start,
                        end_s: span.end.seconds() + start,
                        energy: section.energy,
                        key: cue.key_of(section).to_string(),
                    }
                })
                .collect(),
            hits: cue
                .hits
                .iter()
                .map(|hit| HitView {
                    at_s: hit.at.seconds() + start,
                    weight: hit.weight,
                    on: hit.landing,
                    error_ms: hit.error.seconds() * 1000.0,
                })
                .collect(),
            seed,
        }
    }
}

/// The parts of a score.
pub(crate) fn parts(score: &Score) -> Vec<PartView> {
    score
        .parts
        .iter()
        .map(|part| PartView {
            role: part.role.name(),
            instrument: part.instrument.name(),
            notes: part.notes.len(),
        })
        .collect()
}
