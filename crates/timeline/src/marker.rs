//! A marker: a moment with a name.

use serde::{Deserialize, Serialize};
use sound::Time;

/// A moment of the film that somebody gave a name to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marker {
    /// What people call it; no two markers of a timeline share a name.
    pub name: String,
    /// When it is, on the film's clock.
    pub at: Time,
    /// Whether the music must land on it.
    #[serde(default)]
    pub hit: bool,
}

impl Marker {
    /// The most characters of a name.
    pub const MOST_CHARACTERS: usize = 100;
}
