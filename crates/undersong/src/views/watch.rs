//! What is in a film, as it goes over the wire.

use footage::{Colours, Curve, Cut, Feeling, Probe, Profile, Transition};
use schemars::JsonSchema;
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

/// What both `add` and `watch` give.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct WatchView {
    cuts_s: Vec<f64>,
    speech_s: Vec<[f64; 2]>,
    sections: Vec<SectionView>,
    mood: &'static str,
    valence: f64,
    arousal: f64,
    confidence: f64,
    reasons: Vec<String>,
    has_music: bool,
    integrated_lufs: Option<f64>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
struct SectionView {
    start_s: f64,
    end_s: f64,
    energy: f64,
    mood: &'static str,
    valence: f64,
    arousal: f64,
    confidence: f64,
    reasons: Vec<String>,
    colours: ColoursView,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
struct ColoursView {
    brightness: f64,
    contrast: f64,
    saturation: f64,
    warmth: f64,
    palette: Vec<String>,
}

/// What only `watch` gives.
#[derive(Serialize)]
pub(crate) struct DetailView {
    cuts: Vec<CutView>,
    music_s: Vec<[f64; 2]>,
    silence_s: Vec<[f64; 2]>,
    transients: Vec<TransientView>,
    speech_lufs: Option<f64>,
    colours: ColoursView,
    motion: CurveView,
    camera: Option<CurveView>,
    action: Option<CurveView>,
    brightness: CurveView,
    contrast: CurveView,
    saturation: CurveView,
    warmth: CurveView,
    loudness: CurveView,
    energy: CurveView,
}

#[derive(Serialize)]
struct CutView {
    at_s: f64,
    kind: &'static str,
    start_s: f64,
    end_s: f64,
    weight: f64,
}

#[derive(Serialize)]
struct TransientView {
    at_s: f64,
    strength: f64,
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
        WatchView {
            cuts_s: profile.cuts.iter().map(|cut| cut.at.seconds()).collect(),
            speech_s: profile.speech.iter().map(pair).collect(),
            sections: profile.sections.iter().map(SectionView::new).collect(),
            mood: profile.feeling.word(),
            valence,
            arousal,
            confidence,
            reasons,
            has_music: profile.has_music,
            integrated_lufs: profile.film_loudness,
        }
    }
}

impl SectionView {
    fn new(section: &footage::Section) -> SectionView {
        let Feeling { valence, arousal, confidence, reasons } = section.feeling.clone();
        SectionView {
            start_s: section.span.start.seconds(),
            end_s: section.span.end.seconds(),
            energy: section.energy,
            mood: section.feeling.word(),
            valence,
            arousal,
            confidence,
            reasons,
            colours: ColoursView::new(&section.colours),
        }
    }
}

impl ColoursView {
    fn new(colours: &Colours) -> ColoursView {
        ColoursView {
            brightness: colours.brightness,
            contrast: colours.contrast,
            saturation: colours.saturation,
            warmth: colours.warmth,
            palette: colours.hex(),
        }
    }
}

impl DetailView {
    pub(crate) fn new(profile: &Profile) -> DetailView {
        let cut = |cut: &Cut| CutView {
            at_s: cut.at.seconds(),
            kind: match cut.kind {
                Transition::Hard => "hard",
                Transition::Dissolve => "dissolve",
                Transition::Fade => "fade",
            },
            start_s: cut.span.start.seconds(),
            end_s: cut.span.end.seconds(),
            weight: cut.weight,
        };
        let seen = |curve: &Curve| (!curve.values.is_empty()).then(|| CurveView::new(curve));
        let transients = profile.transients.iter();
        DetailView {
            cuts: profile.cuts.iter().map(cut).collect(),
            music_s: profile.music.iter().map(pair).collect(),
            silence_s: profile.silence.iter().map(pair).collect(),
            transients: transients
                .map(|t| TransientView { at_s: t.at.seconds(), strength: t.strength })
                .collect(),
            speech_lufs: profile.speech_loudness,
            colours: ColoursView::new(&profile.colours),
            motion: CurveView::new(&profile.motion),
            camera: seen(&profile.camera),
            action: seen(&profile.action),
            brightness: CurveView::new(&profile.brightness),
            contrast: CurveView::new(&profile.contrast),
            saturation: CurveView::new(&profile.saturation),
            warmth: CurveView::new(&profile.warmth),
            loudness: CurveView::new(&profile.loudness),
            energy: CurveView::new(&profile.energy),
        }
    }
}

impl CurveView {
    fn new(curve: &Curve) -> CurveView {
        CurveView { step_s: curve.step.seconds(), values: curve.values.clone() }
    }
}

fn pair(span: &Span) -> [f64; 2] {
    [span.start.seconds(), span.end.seconds()]
}
