//! Spots where music goes and writes its notes.

mod finish;
mod instrument;
mod key;
mod part;
mod tempo_map;
mod written;

pub use finish::{Finish, Room};
pub use instrument::{Family, Instrument};
pub use key::{Key, Mode};
pub use part::{Note, Part, Role, Strip, drum};
pub use tempo_map::TempoMap;
pub use written::Score;
