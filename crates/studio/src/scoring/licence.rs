//! The licence record: what was made, from what, so that it can be shown when somebody disputes it.

use serde::{Deserialize, Serialize};
use timeline::{Music, Timeline};

use super::{Piece, Scoring};
use crate::performance::Sounds;

/// What was made, from which sounds under which licence. It promises nothing about claims others may make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

    /// Adds what made the sound of all beds, each source once.
    pub(super) fn played_on(&mut self, sounds: &[Sounds]) {
        let source =
            |name: &str, licence: &str| Source { name: name.to_owned(), licence: licence.to_owned() };
        let own = ("synthesised voices of this program", "Apache-2.0 OR MIT; its output is yours");
        for sounds in sounds {
            let (first, also) = match sounds {
                Sounds::Own | Sounds::Substitutes => (source(own.0, own.1), None),
                Sounds::Font { name, licence } => (source(name, licence), Some(source(own.0, own.1))),
                Sounds::Recording { name } => (source(name, "the user's own recording"), None),
            };
            for source in [Some(first), also].into_iter().flatten() {
                if !self.sounds.contains(&source) {
                    self.sounds.push(source);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_of_every_bed_stands_in_the_record_once() {
        let film = timeline::Source::film("film", sound::Time::from_seconds(10.0));
        let record = |sounds: &[Sounds]| {
            let mut licence = Licence::new(&Scoring::default(), &Timeline::new(film.clone()), &[], 1);
            licence.played_on(sounds);
            licence.sounds.into_iter().map(|source| source.name).collect::<Vec<_>>()
        };
        let recording = Sounds::Recording { name: "song.mp3".into() };
        let font = Sounds::Font { name: "font.sf2".into(), licence: "MIT".into() };
        assert_eq!(record(std::slice::from_ref(&recording)), ["song.mp3"]);
        let all = record(&[Sounds::Own, recording, font.clone(), font]);
        assert_eq!(all, ["synthesised voices of this program", "song.mp3", "font.sf2"]);
    }
}
