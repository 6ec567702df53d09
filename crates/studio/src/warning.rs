//! What the user should know about music, however it was asked for.

use ffmpeg::Film;
use score::{CueSheet, Landing};
use sound::Time;

use crate::Sounds;

/// That a film's file lacks some of what it promises.
pub(crate) fn damaged(film: &Film) -> Option<String> {
    let found = film.probe().length;
    film.missing().map(|missing| {
        let promised = found + missing;
        format!("The file says it is {promised} long, but it ends at {found}: it is damaged, and the rest is missing.")
    })
}

/// The moments somebody asked for that no beat could be moved to; the cue begins `start` after the film.
pub(crate) fn missed_hits(cue: &CueSheet, start: Time) -> impl Iterator<Item = String> {
    let missed = cue.hits.iter().filter(|hit| hit.wished && hit.landing == Landing::None);
    missed.map(move |hit| format!("The moment at {} could not be put on a beat.", hit.at + start))
}

/// That samples were wanted and none were there.
pub(crate) fn substitutes(sounds: &[Sounds]) -> Option<String> {
    let told = "No SoundFont was found, so sampled instruments play on our own voices.";
    sounds.contains(&Sounds::Substitutes).then(|| told.to_owned())
}
