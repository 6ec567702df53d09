//! Spots where music goes and writes its notes.

mod brief;
mod chance;
mod compose;
mod cue;
mod finish;
mod genre;
mod harmony;
mod instrument;
mod key;
mod midi;
mod mood;
mod part;
mod pattern;
mod picture;
mod spot;
mod strip;
mod tempo_map;
mod tracker;
mod written;

pub use brief::{Brief, Take, Taken};
pub use compose::compose;
pub use cue::{CueSection, CueSheet, Hit, Landing, SectionKind};
pub use finish::{Finish, Repeats, Room};
pub use genre::{BEATS_PER_BAR, Genre, GenreError, Library};
pub use harmony::Chord;
pub use instrument::{Family, Instrument};
pub use key::{Key, Mode};
pub use midi::midi;
pub use mood::{MOOD_WORDS, Mood, MoodWord};
pub use part::{Note, Part, Role, drum};
pub use pattern::Pattern;
pub use picture::{picture_at, picture_start};
pub use spot::{choose, spot};
pub use strip::{Eq, Strip};
pub use tempo_map::TempoMap;
pub use written::Score;
