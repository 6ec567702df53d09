//! What every profile promises, for those who read one that others may have changed.

use sound::{Span, Time};

use super::{Colours, Curve, Feeling, Profile, Transition};
use crate::curves;

/// Momentary loudness, in LUFS, from silence to beyond full scale.
const LOUDNESS: std::ops::Range<f32> = -70.0..20.0;

impl Profile {
    /// Whether it keeps what every profile promises: all times lie inside the film, cuts and sudden sounds are in time
    /// order, spans are in time order and apart, sections cover the film, curves have ten values a second, and every
    /// figure is finite and within its range. A profile that a watcher gives always does.
    pub fn is_sound(&self) -> bool {
        let parts =
            || self.sections.iter().map(|s| (&s.feeling, &s.colours)).chain([(&self.feeling, &self.colours)]);
        self.length >= Time::ZERO
            && self.cuts_are_sound()
            && self.sections_are_sound()
            && self.sounds_are_sound()
            && self.curves_are_sound()
            && parts().all(|(feeling, colours)| feeling_is_sound(feeling) && colours_are_sound(colours))
    }

    fn cuts_are_sound(&self) -> bool {
        let cut_is_sound = |cut: &super::Cut| {
            let span = cut.span;
            cut.at > Time::ZERO
                && cut.at < self.length
                && is_share(cut.weight)
                && Time::ZERO <= span.start
                && span.start <= cut.at
                && cut.at <= span.end
                && span.end <= self.length
                && (cut.kind == Transition::Hard) == span.is_empty()
        };
        self.cuts.iter().all(cut_is_sound) && self.cuts.windows(2).all(|pair| pair[0].at < pair[1].at)
    }

    fn sections_are_sound(&self) -> bool {
        let sections = &self.sections;
        let (first, last) = (sections.first().map(|s| s.span.start), sections.last().map(|s| s.span.end));
        first == Some(Time::ZERO)
            && last == Some(self.length)
            && sections
                .iter()
                .all(|section| section.span.start <= section.span.end && is_share(section.energy))
            && sections.windows(2).all(|pair| pair[0].span.end == pair[1].span.start)
    }

    fn sounds_are_sound(&self) -> bool {
        let film = Span::new(Time::ZERO, self.length);
        let bangs = &self.transients;
        [&self.speech, &self.music, &self.silence].into_iter().all(|spans| {
            spans.iter().all(|span| !span.is_empty() && film.overlap(*span) == *span)
                && spans.windows(2).all(|pair| pair[0].end <= pair[1].start)
        }) && bangs.iter().all(|bang| film.contains(bang.at) && is_share(bang.strength))
            && bangs.windows(2).all(|pair| pair[0].at < pair[1].at)
            && [self.film_loudness, self.speech_loudness]
                .iter()
                .flatten()
                .all(|loudness| loudness.is_finite())
    }

    fn curves_are_sound(&self) -> bool {
        let count = curves::count(self.length);
        let covers = |curve: &Curve| curve.step == curves::STEP && curve.values.len() == count;
        let shares = |curve: &Curve| curve.values.iter().all(|value| (0.0..=1.0).contains(value));
        [&self.motion, &self.brightness, &self.contrast, &self.saturation, &self.energy]
            .into_iter()
            .all(|curve| covers(curve) && shares(curve))
            && covers(&self.warmth)
            && self.warmth.values.iter().all(|value| value.abs() <= 1.0)
            && [&self.camera, &self.action]
                .into_iter()
                .all(|curve| curve.values.is_empty() || covers(curve) && shares(curve))
            && covers(&self.loudness)
            && self.loudness.values.iter().all(|value| LOUDNESS.contains(value))
    }
}

fn is_share(value: f64) -> bool {
    (0.0..=1.0).contains(&value)
}

fn feeling_is_sound(feeling: &Feeling) -> bool {
    feeling.valence.abs() <= 1.0 && feeling.arousal.abs() <= 1.0 && is_share(feeling.confidence)
}

fn colours_are_sound(colours: &Colours) -> bool {
    [colours.brightness, colours.contrast, colours.saturation].into_iter().all(is_share)
        && colours.warmth.abs() <= 1.0
        && colours.palette.len() <= 5
}
