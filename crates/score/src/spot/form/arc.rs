//! The arc of a piece: how much goes on in each of its sections.

use footage::Profile;
use sound::{Span, Time};

use crate::cue::{CueSection, CueSheet};

/// Longer music has movements of about so many seconds, each with an arc and themes of its own.
const MOVEMENT: f64 = 165.0;

/// Half drama, half film: the arc every piece needs, bent by what the picture does.
pub(super) fn set_energies(
    sections: &mut [CueSection],
    cue: &CueSheet,
    profile: &Profile,
    start: Time,
    looping: bool,
) {
    let places: Vec<Place> = Place::all(sections.len(), movements(cue.length, looping)).collect();
    let film: Vec<f64> = sections
        .iter()
        .map(|section| {
            let span = cue.section_span(section);
            profile.energy.mean(Span::new(span.start + start, span.end + start))
        })
        .collect();
    let (low, high) = film.iter().fold((f64::MAX, f64::MIN), |(l, h), e| (l.min(*e), h.max(*e)));
    // A film that hardly changes says little; one that swings between extremes is followed.
    let trust = ((high - low) / 0.35).clamp(0.0, 1.0) * 0.6;
    for (index, section) in sections.iter_mut().enumerate() {
        let drama = drama(places[index], looping);
        let picture = if high > low { 0.25 + 0.7 * (film[index] - low) / (high - low) } else { drama };
        let lift = 0.12 * cue.mood.arousal;
        section.energy = (drama + (picture - drama) * trust + lift).clamp(0.1, 1.0);
    }
}

/// Which movement a section belongs to, which section of it it is, and how many it has.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) movement: usize,
    pub(super) index: usize,
    pub(super) count: usize,
    pub(super) last: bool,
}

impl Place {
    /// The places of so many sections in so many movements, as even as may be.
    pub(super) fn all(count: usize, movements: usize) -> impl Iterator<Item = Place> {
        (0..movements).flat_map(move |movement| {
            let (first, end) = (count * movement / movements, count * (movement + 1) / movements);
            let last = movement + 1 == movements;
            (0..end - first).map(move |index| Place { movement, index, count: end - first, last })
        })
    }
}

/// How many movements music of this length has; a loop comes round and has one.
pub(super) fn movements(length: Time, looping: bool) -> usize {
    if looping { 1 } else { ((length.seconds() / MOVEMENT).round() as usize).max(1) }
}

/// The arc of a movement: opens low, rises with a dip before the last peak, comes home; only the last one ends.
fn drama(place: Place, looping: bool) -> f64 {
    let Place { movement, index, count, last } = place;
    if looping || count < 3 {
        return if count == 1 { 0.6 } else { 0.5 + 0.3 * index as f64 / (count - 1) as f64 };
    }
    match index {
        0 => 0.25 + if movement > 0 { 0.1 } else { 0.0 },
        n if n == count - 1 => {
            if last {
                0.35
            } else {
                0.45
            }
        }
        _ => {
            let body = count - 2;
            let place = index - 1;
            // Each movement peaks a little elsewhere.
            let height = 0.4 - 0.1 * (movement % 3) as f64 * f64::from(u8::from(!last));
            // A single one between opening and end is the summit.
            let way = if body == 1 { 1.0 } else { place as f64 / (body - 1) as f64 };
            let rise = 0.5 + height * way;
            // In long pieces every fourth section draws breath.
            if body >= 4 && place % 4 == 2 { rise - 0.3 } else { rise }
        }
    }
}
