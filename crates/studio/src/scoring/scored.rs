//! A film that was scored: what was found, composed, mixed and measured, and what the user should know.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ffmpeg::{Checked, Film, PictureMode};
use footage::{Probe, Profile};
use mix::{Measured, Plan};
use score::{CueSheet, Score};
use sound::{Decibels, Time};
use timeline::Timeline;

use super::{Licence, Scoring};
use crate::advice::ReadBy;
use crate::performance::Sounds;
use crate::warning;

/// A film that was scored, or planned to be.
#[derive(Debug)]
pub struct Scored {
    /// What to tell whoever asked.
    pub reply: String,
    /// Who read the request.
    pub read_by: ReadBy,
    /// The timeline.
    pub timeline: Timeline,
    /// What the film's container says.
    pub probe: Probe,
    /// That the file lacks some of what it promises, and how much.
    pub damage: Option<String>,
    /// What is in the film; `None` where it need not be watched.
    pub profile: Option<Profile>,
    /// The music that was composed, in the order of the beds.
    pub pieces: Vec<Piece>,
    /// How the mix was done; `None` when nothing was mixed.
    pub mix: Option<Plan>,
    /// The finished file; `None` when nothing was rendered.
    pub finished: Option<Finished>,
    /// What was made of what, under which licence.
    pub licence: Licence,
    /// Seconds each stage took.
    pub seconds: BTreeMap<&'static str, f64>,
    /// What the user should know.
    pub warnings: Vec<String>,
}

/// A composed piece.
#[derive(Debug)]
pub struct Piece {
    /// The number of its bed.
    pub bed: u32,
    /// Where it begins in the film.
    pub start: Time,
    /// What it was drawn from.
    pub seed: u64,
    /// The plan.
    pub cue: CueSheet,
    /// The notes.
    pub score: Score,
}

/// A finished file, as measured.
#[derive(Debug)]
pub struct Finished {
    /// Where it lies.
    pub path: PathBuf,
    /// What happened to the picture.
    pub picture: PictureMode,
    /// Why.
    pub why: String,
    /// How much louder than before the film's own sound is, by the one gain that brings the whole to its loudness.
    pub film_gain: Decibels,
    /// The file.
    pub checked: Checked,
    /// Its decoded sound; `None` where it is the film's own, packet by packet.
    pub sound: Option<Measured>,
}

impl Piece {
    /// The piece as a reply tells of it.
    pub(super) fn told(&self) -> agent::ScoredBed {
        let met = |hit: &&score::Hit| hit.landing != score::Landing::None;
        agent::ScoredBed {
            bed: self.bed,
            genre: self.cue.genre.clone(),
            tempo_bpm: self.cue.heard_tempo().bpm(),
            key: self.cue.key.to_string(),
            hits_on_beat: self.cue.hits.iter().filter(met).count(),
            hits: self.cue.hits.len(),
            duck_db: None,
            speech_over_music_lu: None,
        }
    }
}

impl Scored {
    /// A film of which the notes are written and nothing is played yet.
    pub(super) fn new(
        wanted: &Scoring,
        timeline: Timeline,
        film: &Film,
        profile: Option<Profile>,
        pieces: Vec<Piece>,
        seed: u64,
    ) -> Scored {
        Scored {
            reply: String::new(),
            read_by: ReadBy::Reader,
            licence: Licence::new(wanted, &timeline, &pieces, seed),
            timeline,
            probe: film.probe().clone(),
            damage: warning::damaged(film),
            profile,
            pieces,
            mix: None,
            finished: None,
            seconds: BTreeMap::new(),
            warnings: Vec::new(),
        }
    }

    /// What the user should know, beyond what the mix has to say.
    pub(super) fn notes(&self, wanted: &Scoring, sounds: &[Sounds]) -> Vec<String> {
        let mut told = Vec::new();
        let parts = wanted.midi.is_some() || wanted.nsf.is_some() || wanted.stems.is_some();
        if self.pieces.is_empty() && parts {
            let what = if self.timeline.beds.is_empty() {
                "No music was wanted"
            } else {
                "A recording has no notes and no parts of its own"
            };
            told.push(format!("{what}, so none were written."));
        }
        told.extend(only_the_first(self.timeline.beds.len(), wanted));
        told.extend(self.damage.clone());
        if self.profile.as_ref().is_some_and(|profile| profile.has_music) {
            told.push("The film's own sound already has music.".to_owned());
        }
        told.extend(warning::substitutes(sounds));
        told.extend(self.pieces.iter().flat_map(|piece| warning::missed_hits(&piece.cue, piece.start)));
        if let Some(finished) = self.finished.as_ref().filter(|f| f.picture == PictureMode::Encode) {
            told.push(format!("The picture was encoded anew: {}.", finished.why));
        }
        told
    }
}

/// A cue sheet, a MIDI file, an NSF and a WAV hold one piece; says which of those that are wanted do not hold all.
fn only_the_first(beds: usize, wanted: &Scoring) -> Option<String> {
    let files = [(&wanted.wav, "the WAV"), (&wanted.midi, "the MIDI file"), (&wanted.nsf, "the NSF")];
    let files = files.iter().filter(|(path, _)| path.is_some()).map(|(_, name)| *name);
    let holders: Vec<&str> = files.chain(["the cue of the report"]).collect();
    let told =
        format!("The film has {beds} pieces of music; only the first is in {}.", holders.join(" and "));
    (beds > 1).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_one_piece_of_several_is_told() {
        let wanted = Scoring { wav: Some("a.wav".into()), ..Scoring::default() };
        assert_eq!(only_the_first(1, &wanted), None);
        let told = "The film has 2 pieces of music; only the first is in the WAV and the cue of the report.";
        assert_eq!(only_the_first(2, &wanted).unwrap(), told);
    }
}
