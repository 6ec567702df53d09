//! A source: a film or a photo that clips are cut from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sound::Time;

/// A film or a photo.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its number; no two sources of a timeline share one.
    pub id: u32,
    /// What people call it: its file name.
    pub name: String,
    /// Where it lies: a path, or what its keeper calls it; `None` where only its user knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Whether it moves.
    pub kind: SourceKind,
    /// How large its picture is shown; `None` where nobody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
}

/// Whether a source moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// It moves.
    Film {
        /// How long it is; above zero.
        length: Time,
    },
    /// It stands still, for as long as one likes.
    Photo,
}

/// How large a picture is, in pixels, turned the way it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// Pixels from left to right; above zero.
    pub width: u32,
    /// Pixels from top to bottom; above zero.
    pub height: u32,
}

impl Source {
    /// How long a photo is shown where nobody says.
    pub const PHOTO_LENGTH: Time = Time::from_ticks(4 * sound::TICKS_PER_SECOND);

    /// A film of this name and length; its number is given when it joins a timeline.
    pub fn film(name: impl Into<String>, length: Time) -> Source {
        Source { id: 0, name: name.into(), file: None, kind: SourceKind::Film { length }, size: None }
    }

    /// A photo of this name; its number is given when it joins a timeline.
    pub fn photo(name: impl Into<String>) -> Source {
        Source { id: 0, name: name.into(), file: None, kind: SourceKind::Photo, size: None }
    }

    /// Whether it stands still.
    pub fn is_photo(&self) -> bool {
        self.kind == SourceKind::Photo
    }

    /// How long it is; `None` for what has no length of its own.
    pub fn length(&self) -> Option<Time> {
        match self.kind {
            SourceKind::Film { length } => Some(length),
            SourceKind::Photo => None,
        }
    }
}
