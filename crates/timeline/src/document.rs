//! The timeline document: the film, the music under it, and how loud the whole is to be.

use serde::{Deserialize, Serialize};
use sound::{Span, Time};

use crate::{Bed, Target, Title};

/// Version of the saved document.
pub const VERSION: u32 = 1;

/// What plays when: the document that is saved, edited and undone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timeline {
    /// Version of this document.
    pub version: u32,
    /// The film.
    pub film: Film,
    /// The music under it, in order of number.
    pub beds: Vec<Bed>,
    /// The words over the picture, in order of number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub titles: Vec<Title>,
    /// How loud the whole is to be.
    pub target: Target,
}

/// The film the timeline is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Film {
    /// What people call it: its file name.
    pub name: String,
    /// How long it is; above zero.
    pub length: Time,
}

impl Timeline {
    /// A film with nothing done to it yet.
    pub fn new(film: Film) -> Timeline {
        Timeline { version: VERSION, film, beds: Vec::new(), titles: Vec::new(), target: Target::default() }
    }

    /// The whole film as a span.
    pub fn whole(&self) -> Span {
        Span::new(Time::ZERO, self.film.length)
    }

    /// The bed of this number.
    pub fn bed(&self, id: u32) -> Option<&Bed> {
        self.beds.iter().find(|bed| bed.id == id)
    }
}
