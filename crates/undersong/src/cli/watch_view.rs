//! What is in a film, as it goes over the wire.

use footage::{Curve, Feeling, Probe, Profile};
use serde::Serialize;
use sound::Span;

#[derive(Serialize)]
pub(crate) struct InputView {
    duration_s: f64,
    width: u32,
    height: u32,
    fps: f64,
    has_sound: bool,
}

#[derive(Serialize)]
pub(crate) struct WatchView {
    cuts_s: Vec<f64>,
    speech_s: Vec<[f64; 2]>,
    sections: Vec<SectionView>,
    valence: f64,
    arousal: f64,
    confidence: f64,
    reasons: Vec<&'static str>,
    has_music: bool,
    integrated_lufs: Option<f64>,
}

#[derive(Serialize)]
struct SectionView {
    start_s: f64,
    end_s: f64,
    energy: f64,
    valence: f64,
    arousal: f64,
    reasons: Vec<&'static str>,
}

/// The curves that only `watch` gives.
#[derive(Serialize)]
pub(crate) struct CurvesView {
    motion: CurveView,
    brightness: CurveView,
    loudness: CurveView,
    energy: CurveView,
}

#[derive(Serialize)]
struct CurveView {
    step_s: f64,
    values: Vec<f32>,
}

impl InputView {
    pub(crate) fn new(probe: &Probe) -> InputView {
        InputView {
            duration_s: probe.length.seconds(),
            width: probe.picture.width,
            height: probe.picture.height,
            fps: probe.picture.frames_per_second(),
            has_sound: probe.sound.is_some(),
        }
    }
}

impl WatchView {
    pub(crate) fn new(profile: &Profile) -> WatchView {
        let Feeling { valence, arousal, confidence, reasons } = profile.feeling.clone();
        let section = |section: &footage::Section| SectionView {
            start_s: section.span.start.seconds(),
            end_s: section.span.end.seconds(),
            energy: section.energy,
            valence: section.feeling.valence,
            arousal: section.feeling.arousal,
            reasons: section.feeling.reasons.clone(),
        };
        WatchView {
            cuts_s: profile.cuts.iter().map(|cut| cut.at.seconds()).collect(),
            speech_s: profile.speech.iter().map(pair).collect(),
            sections: profile.sections.iter().map(section).collect(),
            valence,
            arousal,
            confidence,
            reasons,
            has_music: profile.has_music,
            integrated_lufs: profile.film_loudness,
        }
    }
}

impl CurvesView {
    pub(crate) fn new(profile: &Profile) -> CurvesView {
        let view = |curve: &Curve| CurveView { step_s: curve.step.seconds(), values: curve.values.clone() };
        CurvesView {
            motion: view(&profile.motion),
            brightness: view(&profile.brightness),
            loudness: view(&profile.loudness),
            energy: view(&profile.energy),
        }
    }
}

fn pair(span: &Span) -> [f64; 2] {
    [span.start.seconds(), span.end.seconds()]
}
