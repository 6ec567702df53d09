//! A title: words over the picture for a while.

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sound::{Span, Time};

use crate::{Colour, Size};

/// Words over the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// Its number; no two titles of a timeline share one.
    pub id: u32,
    /// What it says; line breaks are kept.
    pub text: String,
    /// When it is shown, on the film's clock.
    pub span: Span,
    /// How it looks.
    pub look: Look,
    /// Whether edits must leave it alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
}

impl Title {
    /// The most characters of a title.
    pub const MOST_CHARACTERS: usize = 500;
}

/// How a title looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    /// Where it stands.
    pub place: Place,
    /// Height of its letters in pixels of the shown picture, 8 to 2000; `None` for the usual,
    /// which fits the picture.
    pub size_px: Option<u32>,
    /// Colour of its letters.
    pub colour: Colour,
    /// What makes it readable on any picture.
    pub backing: Backing,
    /// How long it takes to appear and to vanish; zero or more.
    pub fade: Time,
}

impl Look {
    /// The heights that letters may have, in pixels.
    pub const SIZES_PX: RangeInclusive<u32> = 8..=2000;
    /// The usual height of letters: this share of the picture's shorter side.
    pub const USUAL_SHARE: f64 = 1.0 / 12.0;

    /// The usual height of letters on a picture of this size, in pixels.
    pub fn usual_px(picture: Size) -> u32 {
        (f64::from(picture.width.min(picture.height)) * Self::USUAL_SHARE).round() as u32
    }
}

/// Where a title stands, a twentieth of the picture away from its edges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names speak")]
pub enum Place {
    TopLeft,
    Top,
    TopRight,
    Left,
    #[default]
    Center,
    Right,
    BottomLeft,
    Bottom,
    BottomRight,
}

impl Place {
    /// Every place, in the order of reading.
    pub const ALL: [Place; 9] = [
        Place::TopLeft,
        Place::Top,
        Place::TopRight,
        Place::Left,
        Place::Center,
        Place::Right,
        Place::BottomLeft,
        Place::Bottom,
        Place::BottomRight,
    ];

    /// Its name in documents and reports.
    pub fn name(self) -> &'static str {
        match self {
            Place::TopLeft => "top-left",
            Place::Top => "top",
            Place::TopRight => "top-right",
            Place::Left => "left",
            Place::Center => "center",
            Place::Right => "right",
            Place::BottomLeft => "bottom-left",
            Place::Bottom => "bottom",
            Place::BottomRight => "bottom-right",
        }
    }
}

/// What lies behind the letters of a title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Backing {
    /// A dark line around each letter.
    #[default]
    Outline,
    /// A dark box behind the lines.
    Box,
}
