//! How a finished picture is wanted.

use footage::Picture;

use crate::grid::Grid;
use crate::quality::Quality;
use crate::rate::FrameRate;

/// How a finished picture is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// How much care it gets where it is encoded.
    pub quality: Quality,
    /// The even rate of its frames; without one frames keep their own times.
    pub rate: Option<FrameRate>,
}

impl Delivery {
    /// The frames onto which a picture must be brought; `None` where they may stay as they are.
    pub(crate) fn grid(self, picture: &Picture) -> Option<Grid> {
        let rate = self.rate.filter(|rate| !rate.is_of(picture))?;
        Some(Grid::of(std::iter::once(picture), Some(rate)))
    }
}

impl From<Quality> for Delivery {
    fn from(quality: Quality) -> Delivery {
        Delivery { quality, rate: None }
    }
}
