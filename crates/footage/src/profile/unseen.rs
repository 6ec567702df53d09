//! The profile of a film that nobody looked at.

use sound::{Span, Time};

use super::{Curve, Feeling, Profile, Section};
use crate::curves;

/// Loudness of a film's own sound of which nothing is known, in LUFS: as phones and cameras record people.
const USUAL_LOUDNESS: f64 = -20.0;

impl Profile {
    /// What may be said of a film of which only length, own sound and feeling are known: nothing happens in it, and it
    /// is in the middle of every scale.
    pub fn unseen(length: Time, has_sound: bool, feeling: Feeling) -> Profile {
        let length = length.max(Time::ZERO);
        let even = |value: f32| Curve { step: curves::STEP, values: vec![value; curves::count(length)] };
        let whole = Span::new(Time::ZERO, length);
        let section = Section { span: whole, energy: 0.5, feeling: feeling.clone(), ..Section::default() };
        Profile {
            length,
            sections: vec![section],
            motion: even(0.5),
            brightness: even(0.5),
            contrast: even(0.5),
            saturation: even(0.15),
            warmth: even(0.0),
            loudness: even(if has_sound { USUAL_LOUDNESS as f32 } else { -70.0 }),
            energy: even(0.5),
            has_sound,
            film_loudness: has_sound.then_some(USUAL_LOUDNESS),
            silence: if has_sound || whole.is_empty() { Vec::new() } else { vec![whole] },
            feeling,
            ..Profile::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_keeps_what_profiles_promise() {
        for seconds in [0.0, 0.04, 7.3, 3600.0] {
            for has_sound in [true, false] {
                let profile = Profile::unseen(Time::from_seconds(seconds), has_sound, Feeling::default());
                assert!(profile.is_sound(), "{seconds} {has_sound}");
            }
        }
    }
}
