//! The colours things are drawn in, and how times are written.

use sound::Time;

use crate::Feeling;

pub(super) type Colour = [u8; 3];

pub(super) const PAPER: Colour = [22, 24, 29];
/// Where something may be drawn.
pub(super) const PANEL: Colour = [32, 35, 42];
pub(super) const LINE: Colour = [58, 63, 74];
pub(super) const DIM: Colour = [128, 136, 150];
pub(super) const PLAIN: Colour = [186, 192, 203];
pub(super) const BRIGHT: Colour = [240, 242, 246];
pub(super) const ENERGY: Colour = [240, 180, 70];
pub(super) const MOTION: Colour = [96, 190, 160];
pub(super) const CAMERA: Colour = [190, 240, 222];
pub(super) const LIGHT: Colour = [214, 208, 190];
pub(super) const LOUDNESS: Colour = [110, 160, 230];
pub(super) const SPEECH: Colour = [92, 178, 240];
pub(super) const MUSIC: Colour = [196, 128, 232];
pub(super) const SILENCE: Colour = [84, 90, 102];
pub(super) const BANG: Colour = [244, 112, 88];
pub(super) const CUT: Colour = [238, 238, 240];

/// The colour of a feeling: green to blue where it is pleasant, red to violet where it is not; grey in the middle.
pub(super) fn mood(feeling: &Feeling) -> Colour {
    // At pleasant-calm, pleasant-excited, unpleasant-excited, unpleasant-calm.
    const CORNERS: [[f64; 3]; 4] =
        [[108.0, 200.0, 168.0], [248.0, 196.0, 72.0], [240.0, 96.0, 84.0], [120.0, 132.0, 214.0]];
    let (right, up) = (0.5 + 0.5 * feeling.valence, 0.5 + 0.5 * feeling.arousal);
    let weights = [right * (1.0 - up), right * up, (1.0 - right) * up, (1.0 - right) * (1.0 - up)];
    // Sharpened, else nearly everything is grey.
    let weights = weights.map(|weight| weight.powi(3));
    let sum: f64 = weights.iter().sum();
    let vivid = (2.2 * feeling.valence.hypot(feeling.arousal)).min(1.0);
    std::array::from_fn(|channel| {
        let colour: f64 =
            weights.iter().zip(CORNERS).map(|(w, corner)| w * corner[channel]).sum::<f64>() / sum;
        (150.0 + vivid * (colour - 150.0)).round() as u8
    })
}

/// A colour between two, `part` of the way.
pub(super) fn between(from: Colour, to: Colour, part: f64) -> Colour {
    std::array::from_fn(|channel| {
        let (from, to) = (f64::from(from[channel]), f64::from(to[channel]));
        (from + part.clamp(0.0, 1.0) * (to - from)).round() as u8
    })
}

/// `0:07.9`, or `1:02:07` where there are hours.
pub(super) fn clock(time: Time) -> String {
    let tenths = (time.seconds() * 10.0).round().max(0.0) as i64;
    let (minutes, seconds) = (tenths / 600, tenths % 600);
    if minutes < 60 {
        format!("{minutes}:{:02}.{}", seconds / 10, seconds % 10)
    } else {
        format!("{}:{:02}:{:02}", minutes / 60, minutes % 60, seconds / 10)
    }
}
