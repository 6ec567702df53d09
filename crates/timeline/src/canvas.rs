//! The canvas: the shape of the picture, and how pictures of another shape fill it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sound::Time;

use crate::Size;

/// The shape of the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Canvas {
    /// Its width to its height.
    pub ratio: Ratio,
    /// Pixels of its shorter side, 64 to 2160; `None` for as many as the first source has, 1080 at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<u32>,
    /// How pictures of another shape fill it.
    pub fit: Fit,
    /// What stays in the picture where some of it is cut off.
    pub anchor: Anchor,
}

/// Width to height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Ratio {
    /// As the first source has it.
    #[default]
    #[serde(rename = "source")]
    Source,
    /// 16:9, as television and computers show it.
    #[serde(rename = "16:9")]
    Wide,
    /// 9:16, as a telephone is held.
    #[serde(rename = "9:16")]
    Tall,
    /// 1:1.
    #[serde(rename = "1:1")]
    Square,
    /// 4:5, the tallest that a feed shows whole.
    #[serde(rename = "4:5")]
    Portrait,
}

/// How a picture of another shape fills the canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Fit {
    /// The canvas is full; what does not fit is cut off.
    #[default]
    Crop,
    /// Everything is shown, with black beside it.
    Pad,
    /// Everything is shown, with the picture itself, large and blurred, behind it.
    Blur,
}

/// What stays in the picture where some of it is cut off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names speak")]
pub enum Anchor {
    /// What moves.
    #[default]
    Motion,
    Center,
    Left,
    Right,
    Top,
    Bottom,
}

/// How the picture comes out of black and goes back into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Fades {
    /// How long it comes; zero or more.
    pub fade_in: Time,
    /// How long it goes; zero or more.
    pub fade_out: Time,
}

impl Canvas {
    /// The pixels that the shorter side may have.
    pub const LINES: std::ops::RangeInclusive<u32> = 64..=2160;
    /// The shorter side at most where nobody says.
    const USUAL_LINES: u32 = 1080;

    /// Whether the picture keeps its source's shape and size.
    pub(crate) fn is_source(&self) -> bool {
        self.ratio == Ratio::Source && self.lines.is_none()
    }

    /// How large the picture is, in even pixels, where the first thing shown is of size `first`.
    pub fn size(&self, first: Size) -> Size {
        let own = Size { width: first.width.max(1), height: first.height.max(1) };
        let (wide, high) = self.ratio.parts().unwrap_or((own.width, own.height));
        let kept = self.is_source().then_some(own.width.min(own.height));
        let lines = self.lines.or(kept).unwrap_or(own.width.min(own.height).min(Self::USUAL_LINES));
        let long = |lines: u32| f64::from(lines) * f64::from(wide.max(high)) / f64::from(wide.min(high));
        let (short, long) = (even(f64::from(lines)), even(long(lines)));
        if wide >= high { Size { width: long, height: short } } else { Size { width: short, height: long } }
    }
}

/// The even number nearest to `pixels`, 2 at least.
fn even(pixels: f64) -> u32 {
    (((pixels / 2.0).round() as u32) * 2).max(2)
}

impl Ratio {
    /// Every ratio.
    pub const ALL: [Ratio; 5] = [Ratio::Source, Ratio::Wide, Ratio::Tall, Ratio::Square, Ratio::Portrait];

    /// Width and height, in smallest numbers; `None` where the source decides.
    pub fn parts(self) -> Option<(u32, u32)> {
        match self {
            Ratio::Source => None,
            Ratio::Wide => Some((16, 9)),
            Ratio::Tall => Some((9, 16)),
            Ratio::Square => Some((1, 1)),
            Ratio::Portrait => Some((4, 5)),
        }
    }

    /// Its name in documents and reports.
    pub fn name(self) -> &'static str {
        match self {
            Ratio::Source => "source",
            Ratio::Wide => "16:9",
            Ratio::Tall => "9:16",
            Ratio::Square => "1:1",
            Ratio::Portrait => "4:5",
        }
    }
}

impl Fit {
    /// Every way.
    pub const ALL: [Fit; 3] = [Fit::Crop, Fit::Pad, Fit::Blur];
}

impl Anchor {
    /// Every anchor.
    pub const ALL: [Anchor; 6] =
        [Anchor::Motion, Anchor::Center, Anchor::Left, Anchor::Right, Anchor::Top, Anchor::Bottom];
}

impl Fades {
    /// Whether there is none.
    pub(crate) fn is_none(self) -> bool {
        self == Fades::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(ratio: Ratio, lines: Option<u32>, width: u32, height: u32) -> (u32, u32) {
        let size = Canvas { ratio, lines, ..Canvas::default() }.size(Size { width, height });
        (size.width, size.height)
    }

    #[test]
    fn the_canvas_is_as_large_as_its_source_allows() {
        assert_eq!(size(Ratio::Source, None, 3840, 2160), (3840, 2160));
        assert_eq!(size(Ratio::Source, None, 639, 271), (640, 272));
        assert_eq!(size(Ratio::Tall, None, 1920, 1080), (1080, 1920));
        assert_eq!(size(Ratio::Tall, None, 1280, 720), (720, 1280));
        assert_eq!(size(Ratio::Square, None, 3840, 2160), (1080, 1080));
        assert_eq!(size(Ratio::Portrait, Some(1080), 640, 360), (1080, 1350));
        assert_eq!(size(Ratio::Source, Some(720), 1080, 1920), (720, 1280));
        assert_eq!(size(Ratio::Wide, Some(1080), 1080, 1920), (1920, 1080));
    }
}
