//! What the picture looks like as a whole: its colours once a second, and how the camera moves.

mod camera;

use sound::{TICKS_PER_SECOND, Time};

use crate::Still;
use crate::palette::{self, Swatch};
use camera::Camera;

/// How often colours are taken.
const EVERY: Time = Time::from_ticks(TICKS_PER_SECOND);

/// Sees the frames of a film in any order of looks, each look in time order.
#[derive(Default)]
pub(crate) struct Scenery {
    /// The main colours of one moment a second.
    pub(crate) swatches: Vec<(Time, Vec<Swatch>)>,
    camera: Camera,
}

impl Scenery {
    pub(crate) fn see(&mut self, still: &Still) {
        self.camera.see(still);
        let due = |last: &(Time, Vec<Swatch>)| still.at < last.0 || still.at - last.0 >= EVERY;
        if self.swatches.last().is_none_or(due) {
            self.swatches.push((still.at, palette::main_colours(&still.rgb)));
        }
    }

    /// How fast the camera moved and when, in picture widths a second.
    pub(crate) fn camera(&self) -> impl Iterator<Item = (Time, f32)> {
        self.camera.speeds.iter().copied()
    }
}
