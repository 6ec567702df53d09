//! The film's own sound beside new music: its music stays, and where there is none, a level means nothing.

use timeline::Target;

use super::Ground;
use crate::remark::{FilmSound, Remark};
use crate::wishes::{LevelWish, Wishes};

/// What the film's own sound has to do with new music.
pub(super) fn note(wishes: &Wishes, ground: Ground<'_>, remarks: &mut Vec<Remark>) {
    if is_to_go(wishes, ground) {
        remarks.push(Remark::FilmSound(FilmSound::MusicStays));
    } else if ground.profile.has_music {
        remarks.push(Remark::FilmSound(FilmSound::HasMusic));
    }
    let levelled = wishes.level.is_some_and(|wish| wish != LevelWish::To(0.0));
    if levelled && ground.profile.film_loudness.is_none() && wishes.target != Some(Target::Keep) {
        remarks.push(Remark::FilmSound(FilmSound::Silent));
    }
}

/// Whether the film's own music is to go: while none was added, there is no other that could be meant.
pub(super) fn is_to_go(wishes: &Wishes, ground: Ground<'_>) -> bool {
    let goes =
        wishes.verbs.remove || wishes.verbs.music_denied || wishes.verbs.again || wishes.level.is_some();
    let named = wishes.old_music || ground.profile.has_music && wishes.verbs.music && wishes.level.is_none();
    ground.timeline.beds.is_empty() && goes && named
}
