//! The licence record: what was made, from what, so that it can be shown when somebody disputes it.

use serde::Serialize;
use timeline::{Music, Timeline};

use super::{Piece, Scoring};
use crate::performance::Sounds;

/// What was made, from which sounds under which licence. It promises nothing about claims others may make.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Licence {
    /// What the music is.
    pub music: Vec<String>,
    /// The sounds it was played on, each with its licence.
    pub sounds: Vec<Source>,
    /// The request it answers.
    pub request: String,
    /// What its chance was drawn from.
    pub seed: u64,
    /// The program that made it.
    pub program: String,
    /// Its version.
    pub version: String,
}

/// A source of sound.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Source {
    /// What it is.
    pub name: String,
    /// Its licence, as far as it is known.
    pub licence: String,
}

impl Licence {
    /// The record of what a timeline holds.
    pub(super) fn new(wanted: &Scoring, timeline: &Timeline, pieces: &[Piece], seed: u64) -> Licence {
        let of_bed = |bed: &timeline::Bed| match &bed.music {
            Music::Recording(path) => format!("{}: a recording given by the user ({path})", bed.name),
            Music::Composed(_) => {
                let piece = pieces.iter().find(|piece| piece.bed == bed.id);
                let about = piece.map_or_else(String::new, |p| format!(" ({}, {})", p.cue.genre, p.cue.key));
                format!(
                    "{}{about}: composed for this film by rules and chance; no recording or song was used",
                    bed.name
                )
            }
        };
        Licence {
            music: timeline.beds.iter().map(of_bed).collect(),
            sounds: Vec::new(),
            request: wanted.request.clone(),
            seed,
            program: "undersong".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// Adds what made the sound.
    pub(super) fn played_on(&mut self, sounds: &Sounds) {
        let own = Source {
            name: "synthesised voices of this program".to_owned(),
            licence: "Apache-2.0 OR MIT; its output is yours".to_owned(),
        };
        match sounds {
            Sounds::Own | Sounds::Substitutes => self.sounds.push(own),
            Sounds::Font { name, licence } => {
                self.sounds.push(Source { name: name.clone(), licence: licence.clone() });
                self.sounds.push(own);
            }
        }
    }
}
