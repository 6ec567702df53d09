//! What wishes come to when all of them are read: one word gives another its place, or takes it.

use super::{FadeWish, Place, RideWish, Stretch, Style, Wishes, rides};
use crate::phrase::Phrase;
use crate::term::{Outside, Term};

/// Settles what was read of a phrase.
pub(super) fn settle(wishes: &mut Wishes, phrase: &Phrase) {
    read_piecewise(wishes, phrase);
    settle_finale(wishes);
    wishes.rest = phrase.says(&[Term::Others]) && wishes.describes_music();
    leave_music_out(wishes);
    if wishes.verbs.again && !wishes.describes_music() && !wishes.locks.kept.is_empty() {
        // "Another one, but keep the drums": all the others play something else.
        (wishes.verbs.again, wishes.locks.others) = (false, true);
    }
    let mut seen = Vec::new();
    wishes.outside.retain(|thing| {
        !seen.contains(thing) && {
            seen.push(*thing);
            true
        }
    });
}

/// "From 0:10 to 0:20, make it quieter": the level is meant for the place.
fn read_piecewise(wishes: &mut Wishes, phrase: &Phrase) {
    if wishes.asks_for_music() || wishes.verbs.music_denied {
        return;
    }
    if wishes.outside.contains(&Outside::PlayerLevel) && wishes.level.is_none() {
        // "The drums quieter from 0:10" does not move the music there.
        wishes.place = None;
    }
    let Some(level) = wishes.level.filter(|level| level.is_relative()) else { return };
    let spot = rides::spot(phrase).filter(|_| wishes.fades == FadeWish::default());
    let stretch = match wishes.place {
        Some(Place::Whole) => None,
        Some(place) => Some(Stretch::Place(place)),
        None => spot.map(Stretch::Near),
    };
    if let Some(stretch) = stretch {
        (wishes.level, wishes.place) = (None, None);
        wishes.rides.push(RideWish { stretch, level: Some(level) });
    }
}

/// "A big finish in the last five seconds" tells where it is big, and not where the music plays.
fn settle_finale(wishes: &mut Wishes) {
    let late = matches!(wishes.place, Some(Place::Last(_) | Place::From(_)));
    if wishes.rises && late && !wishes.asks_for_music() {
        wishes.finale = wishes.place.take();
    }
}

/// "Add an explosion sound at 0:12", `把调色弄成电影感，音乐不变`: what cannot be had leaves the music alone.
fn leave_music_out(wishes: &mut Wishes) {
    let sounds = [Outside::SoundEffects, Outside::VoiceOver];
    if wishes.outside.iter().any(|thing| sounds.contains(thing)) && !wishes.verbs.music {
        (wishes.place, wishes.hits) = (None, None);
    }
    if wishes.locks.as_is && wishes.outside.contains(&Outside::Picture) {
        wishes.style = Style::default();
    }
}
