//! Whether a film's picture and its sound can be copied.

use crate::film::Film;
use crate::sniff::Kind;

/// Whether the sound is what an MP4 holds already.
pub(super) fn fits_sound(film: &Film) -> bool {
    film.kind == Kind::Mp4 && film.probe.sound.as_ref().is_some_and(|own| own.codec == "aac")
}

/// What stands against copying the picture, in words for the user; `None` when nothing does.
pub(super) fn obstacle(film: &Film) -> Option<String> {
    let codec = &film.probe.picture.codec;
    if codec != "h264" {
        return Some(format!(
            "the picture is {}, which not every player shows from MP4",
            codec.to_uppercase()
        ));
    }
    if !film.stream.timed {
        return Some("the container does not say when each frame is shown".into());
    }
    // Frames hidden before the first shown one fall before time 0 in the output, too. Others would come to light.
    let late = film.stored.iter().any(|p| p.hidden && p.pts.is_some_and(|pts| pts >= film.clock.start));
    if late {
        return Some("an edit list hides frames in the middle or at the end".into());
    }
    None
}
