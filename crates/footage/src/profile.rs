//! What is in a film, as far as music must know it.

mod colours;
mod mood;
mod promise;
mod unseen;
mod view;

use serde::{Deserialize, Serialize};
use sound::{Span, Time};

pub use colours::Colours;

/// Everything the composer and the mixer know of a film.
///
/// Every time lies inside the film, every list is sorted, every figure is finite: see [`Profile::is_sound`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// How long the film is.
    pub length: Time,
    /// Length of one frame; zero where it is not known.
    #[serde(default)]
    pub frame: Time,
    /// Where shots change, in time order, never at the very start or end.
    pub cuts: Vec<Cut>,
    /// Stretches of one character; together they cover the film without gap or overlap.
    pub sections: Vec<Section>,
    /// How much moves, 0 to 1.
    pub motion: Curve,
    /// How much the camera moves, 0 to 1; empty where only parts of the picture were seen.
    pub camera: Curve,
    /// How much moves before the camera, 0 to 1; empty where only parts of the picture were seen.
    pub action: Curve,
    /// Mean brightness, 0 to 1.
    pub brightness: Curve,
    /// Contrast, 0 (flat) to 1 (half black, half white).
    pub contrast: Curve,
    /// Mean saturation, 0 (grey) to 1; 0.3 is a colourful picture.
    pub saturation: Curve,
    /// Warmth, -1 (blue) to 1 (red).
    pub warmth: Curve,
    /// Momentary loudness of the film's own sound in LUFS, -70 where it is silent.
    pub loudness: Curve,
    /// Energy of picture and sound together, 0 to 1.
    pub energy: Curve,
    /// Where somebody talks.
    pub speech: Vec<Span>,
    /// Whether the film has a sound of its own, be it silent.
    pub has_sound: bool,
    /// Integrated loudness of the film's own sound in LUFS; `None` without sound or in silence.
    pub film_loudness: Option<f64>,
    /// Integrated loudness of the speech alone in LUFS; `None` where nobody talks.
    pub speech_loudness: Option<f64>,
    /// Whether the film's own sound already has music.
    pub has_music: bool,
    /// Where the film's own sound has music; in a film without music none.
    pub music: Vec<Span>,
    /// Where nothing is to be heard; all of a film without sound.
    pub silence: Vec<Span>,
    /// Sudden loud sounds that music may meet: a door, a shot, an explosion.
    pub transients: Vec<Transient>,
    /// The light and the colours of the whole film.
    pub colours: Colours,
    /// How the whole film feels.
    pub feeling: Feeling,
}

/// A place where one shot ends and the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cut {
    /// When the first frame of the new shot is shown; the middle of a dissolve or a fade, and of the black in a fade
    /// through black.
    pub at: Time,
    /// How much changes, 0 to 1; most where a scene ends.
    pub weight: f64,
    /// How one shot becomes the other.
    pub kind: Transition,
    /// From the last moment that shows the old shot alone to the first that shows the new one alone; empty, at `at`,
    /// for a hard cut.
    pub span: Span,
}

impl Cut {
    /// A hard cut.
    pub fn hard(at: Time, weight: f64) -> Cut {
        Cut { at, weight, kind: Transition::Hard, span: Span::new(at, at) }
    }
}

/// How one shot becomes the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transition {
    /// From one frame to the next.
    Hard,
    /// Both are seen at once for a while.
    Dissolve,
    /// From black, to black, or through it.
    Fade,
}

/// A stretch of the film with one character.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Where it lies.
    pub span: Span,
    /// Its mean energy, 0 to 1.
    pub energy: f64,
    /// How it feels.
    pub feeling: Feeling,
    /// Its light and its colours.
    pub colours: Colours,
}

/// A sudden loud sound.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transient {
    /// When it begins, within 10 ms.
    pub at: Time,
    /// How far it stands out of what was heard before, 0 to 1.
    pub strength: f64,
}

/// A point on Russell's circumplex of affect, with how sure the picture makes us and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Feeling {
    /// Pleasant or not, -1 to 1.
    pub valence: f64,
    /// Excited or calm, -1 to 1.
    pub arousal: f64,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// What it was read from, in a word each: "dark", "slow", "quiet".
    pub reasons: Vec<String>,
}

/// Values at equal steps from the start of the film.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// Distance between two values.
    pub step: Time,
    /// One value a step.
    pub values: Vec<f32>,
}

impl Curve {
    /// The mean value within a span; the nearest value where the span is shorter than a step; 0 without values.
    pub fn mean(&self, span: Span) -> f64 {
        if self.values.is_empty() || self.step <= Time::ZERO {
            return 0.0;
        }
        let index =
            |time: Time| ((time.ticks() / self.step.ticks()).max(0) as usize).min(self.values.len() - 1);
        let (first, last) = (index(span.start), index(span.end - Time::from_ticks(1)).max(index(span.start)));
        let part = &self.values[first..=last];
        part.iter().map(|v| f64::from(*v)).sum::<f64>() / part.len() as f64
    }
}
