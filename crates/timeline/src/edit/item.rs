//! What a lock is about.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EditError;
use crate::Timeline;

/// What a lock is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Item {
    /// The clip of this number.
    Clip(u32),
    /// The bed of this number.
    Bed(u32),
    /// The title of this number.
    Title(u32),
}

impl Item {
    /// The lock of this item.
    pub(super) fn lock(self, timeline: &mut Timeline) -> Result<&mut bool, EditError> {
        match self {
            Item::Clip(id) => Ok(&mut timeline.clip_mut(id)?.locked),
            Item::Bed(id) => Ok(&mut timeline.bed_mut(id)?.locked),
            Item::Title(id) => Ok(&mut timeline.title_mut(id)?.locked),
        }
    }

    /// That it may be changed.
    pub(super) fn open(self, timeline: &mut Timeline) -> Result<(), EditError> {
        if *self.lock(timeline)? { Err(EditError::Locked(self)) } else { Ok(()) }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Item::Clip(id) => write!(f, "clip {id}"),
            Item::Bed(id) => write!(f, "the music number {id}"),
            Item::Title(id) => write!(f, "title {id}"),
        }
    }
}
