//! The mix as a plan that can be read before a sample is touched.

mod text;

use footage::Profile;
use serde::Serialize;
use sound::{Decibels, Span, Time};
use timeline::Bed;

use crate::carve::Bell;
use crate::clearance::Clearance;
use crate::duck::{Keyframe, Voice, gain_at, keyframes};
use crate::level::{music_gain, reference};
use crate::levelling::Levelling;
use crate::meter::Measured;
use crate::spectrum::Spectrum;
use crate::treatment::Treatment;

/// How the music lies under a film: one lane a bed, in the beds' order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// The loudness that a level of 100 percent means, in LUFS.
    pub reference: f64,
    /// Whether the reference is the film's own loudness; otherwise the film is faint or silent.
    pub film_heard: bool,
    /// One lane for each bed.
    pub lanes: Vec<Lane>,
}

/// What happens to the music of one bed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lane {
    /// Number of the bed.
    pub bed: u32,
    /// Where its music plays, on the film's clock; before and after there is silence.
    pub span: Span,
    /// The level asked for, in percent.
    pub level_pct: f64,
    /// Integrated loudness of the music as it was played, in LUFS; `None` when it is silent.
    pub music_lufs: Option<f64>,
    /// Gain of the music where nobody talks; at a level of 0 percent it is silence, which JSON writes as `null`.
    pub music_gain: Decibels,
    /// Stretches with a gain of their own instead, sorted; ducking is planned for the gain of the rest.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rides: Vec<Stretch>,
    /// Gain besides, for speech: sorted, within the span; empty where the music never gives way.
    pub ducking: Vec<Keyframe>,
    /// Cuts under speech that make room for the voice.
    pub carve: Vec<Bell>,
    /// What steadies the music under speech.
    pub levelling: Levelling,
    /// By how much cuts and levelling lower its loudness under speech, besides the ducking.
    pub taken: Decibels,
    /// Fade at the start.
    pub fade_in: Time,
    /// Fade at the end.
    pub fade_out: Time,
    /// How far the talk will stand above the ducked music; `None` where they never meet.
    pub clearance: Option<Clearance>,
}

/// A stretch of music with a gain of its own.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Stretch {
    /// Where, on the film's clock.
    pub span: Span,
    /// The gain there.
    pub gain: Decibels,
}

impl Plan {
    /// Plans the mix of these beds, each with what its music measures, under a film of this spectrum. Where a spectrum
    /// is empty, the music is turned down under speech as a whole.
    pub fn new(beds: &[(&Bed, &Measured)], profile: &Profile, film: &Spectrum) -> Plan {
        let reference = reference(profile.film_loudness, profile.speech_loudness);
        let lanes = beds.iter().map(|(bed, music)| Lane::new(bed, music, profile, film, reference)).collect();
        Plan { reference, film_heard: profile.film_loudness == Some(reference), lanes }
    }
}

impl Lane {
    fn new(bed: &Bed, music: &Measured, profile: &Profile, film: &Spectrum, reference: f64) -> Lane {
        let span = bed.span.overlap(Span::new(Time::ZERO, profile.length));
        let gain = music_gain(reference, music.lufs, bed.level_pct);
        let stretch = |ride: &timeline::Ride| Stretch {
            span: ride.span,
            gain: music_gain(reference, music.lufs, ride.level_pct),
        };
        let mut voice = Voice {
            duck: bed.duck,
            film: &profile.loudness,
            speech_loudness: profile.speech_loudness,
            music: &music.loudness,
            begins: bed.span.start,
            gain,
            treatment: Treatment::default(),
        };
        voice.treat(film, &music.spectrum, &profile.speech);
        let ducking = keyframes(&voice, &profile.speech, span);
        Lane {
            bed: bed.id,
            span,
            level_pct: bed.level_pct,
            music_lufs: music.lufs,
            music_gain: gain,
            rides: bed.rides.iter().map(stretch).collect(),
            clearance: Clearance::planned(&voice, &profile.speech, span, &ducking),
            ducking,
            taken: Decibels(voice.treatment.taken),
            carve: voice.treatment.bells,
            levelling: voice.treatment.levelling,
            fade_in: bed.fade_in,
            fade_out: bed.fade_out,
        }
    }

    /// The gain for speech at a time on the film's clock.
    pub fn duck_at(&self, at: Time) -> Decibels {
        gain_at(&self.ducking, at)
    }

    /// By how much the music is louder than where nobody talks, all in all; below zero as a rule.
    pub fn lowered(&self, keyframe: &Keyframe) -> Decibels {
        keyframe.gain - Decibels(keyframe.under * self.taken.0)
    }

    /// How far the music goes down at most.
    pub fn deepest(&self) -> Decibels {
        self.ducking
            .iter()
            .map(|k| self.lowered(k))
            .fold(Decibels::UNITY, |low, k| if k < low { k } else { low })
    }
}
