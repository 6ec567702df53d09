//! A performance: a score turned into sound, in blocks of any size, by a band or by the sound chip alone.

mod band;
mod desk;

use score::{Family, Score};
use sound::Audio;

use crate::Font;
use crate::chip::{Deck, RegisterLog};
use crate::fade::Fade;
use band::{Band, LAP};

/// A stretch of the performance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Take {
    /// The music as it is meant to be heard; may exceed full scale.
    pub music: Audio,
    /// The stems in the order of [`Performance::stem_names`], where they are kept; they sum to the music before the
    /// bus effects (tone, tape, low-pass, saturation, glue). Of an authentic score they are the channels of the chip
    /// before its mixers, which bend: there they sum to the music only nearly.
    pub stems: Vec<Audio>,
}

/// Whether a score has parts that want a SoundFont.
pub fn needs_font(score: &Score) -> bool {
    score.parts.iter().any(|part| matches!(part.instrument.family(), Family::Sampled | Family::Kit))
}

/// Who makes the sound.
enum Source {
    Band(Box<Band>),
    /// The chip has neither desk nor effects.
    Chip(Box<Deck>),
}

/// A score being played.
pub struct Performance {
    source: Source,
    fade: Fade,
    names: Vec<String>,
    /// Made but not yet handed out.
    waiting: Take,
    made: u64,
    handed: u64,
}

impl Performance {
    /// Takes a score on the stand; without a font, or where the font lacks an instrument, our own voices play.
    pub fn new(score: &Score, font: Option<&Font>) -> Performance {
        let (source, names) = match RegisterLog::new(score) {
            Some(log) => {
                let deck = Deck::new(log);
                let names = deck.stem_names();
                (Source::Chip(Box::new(deck)), names)
            }
            None => {
                let band = Band::new(score, font);
                let names = band.stem_names(score);
                (Source::Band(Box::new(band)), names)
            }
        };
        Performance { source, fade: Fade::new(score), names, waiting: Take::default(), made: 0, handed: 0 }
    }

    /// Keeps the stems, too; without this [`Take::stems`] is empty.
    pub fn with_stems(mut self) -> Performance {
        self.waiting.stems = vec![Audio::default(); self.names.len()];
        self
    }

    /// The names of the stems: `melody-piano`, `drums-room-kit`, ..., then `room` and `vinyl` where there are any; of
    /// an authentic score those of `pulse-1`, `pulse-2`, `triangle` and `noise` that sound.
    pub fn stem_names(&self) -> &[String] {
        &self.names
    }

    /// How many frames the whole performance has.
    pub fn frames(&self) -> u64 {
        self.fade.frames()
    }

    /// Plays the next `frames` frames, fewer at the end and none after it; parts are played on all cores.
    pub fn play(&mut self, frames: usize) -> Take {
        let left = usize::try_from(self.frames() - self.handed).unwrap_or(usize::MAX);
        let wanted = frames.min(left);
        while self.waiting.music.frames.len() < wanted {
            self.make();
        }
        self.handed += wanted as u64;
        let first = |audio: &mut Audio| Audio { frames: audio.frames.drain(..wanted).collect() };
        Take {
            music: first(&mut self.waiting.music),
            stems: self.waiting.stems.iter_mut().map(first).collect(),
        }
    }

    /// Makes the next lap.
    fn make(&mut self) {
        let before = self.waiting.music.frames.len();
        match &mut self.source {
            Source::Band(band) => band.make(&mut self.waiting),
            Source::Chip(deck) => {
                deck.play(LAP, &mut self.waiting.music.frames, &mut self.waiting.stems);
                self.fade.close(self.made, &mut self.waiting.music.frames[before..]);
                for stem in &mut self.waiting.stems {
                    self.fade.close(self.made, &mut stem.frames[before..]);
                }
            }
        }
        self.made += LAP as u64;
    }
}
