//! A player: whoever turns the notes of one part into sound.

use score::{Family, Part, Score, drum};
use sound::Frame;

use crate::Font;
use crate::cartridge;
use crate::chip;
use crate::ensemble::Ensemble;
use crate::sampler::Sampler;
use crate::schedule::{Stroke, strokes};

/// Plays one part from its beginning to its end.
pub(crate) trait Player: Send {
    /// Adds the next `out.len()` frames, a multiple of 64, to `out`.
    fn play(&mut self, out: &mut [Frame]);
}

/// The players of a part: the font where it has the instrument, our own voices where not.
pub(crate) fn players(score: &Score, index: usize, part: &Part, font: Option<&Font>) -> Vec<Box<dyn Player>> {
    let notes = strokes(part);
    let chance = crate::chance::stream(score.seed, 1 + index as u64);
    let own = |notes: Vec<Stroke>| Ensemble::new(part.instrument, notes, chance.clone());
    match (part.instrument.family(), font) {
        (Family::Chip, _) => vec![chip::player(part, notes, score.seed)],
        _ if part.instrument.is_of_cartridge() => cartridge::players(score, index, chance),
        (Family::Sampled | Family::Kit, Some(font)) => {
            // no kit has a swell
            let swells = part.instrument.family() == Family::Kit;
            let (ours, theirs): (Vec<_>, Vec<_>) =
                notes.into_iter().partition(|note| swells && note.key == drum::SWELL);
            match Sampler::new(font, part.instrument, &theirs) {
                Some(sampler) if ours.is_empty() => vec![Box::new(sampler)],
                Some(sampler) => vec![Box::new(sampler), Box::new(own(ours))],
                None => vec![Box::new(own(strokes(part)))],
            }
        }
        _ => vec![Box::new(own(notes))],
    }
}
