//! The edit: what plays when, and how it may change.

mod bed;
mod colour;
mod document;
mod edit;
mod otio;
mod summary;
mod target;
mod title;

pub use bed::{Bed, Duck, Music};
pub use colour::{Colour, NoColour};
pub use document::{Film, Timeline, VERSION};
pub use edit::{Edit, EditError};
pub use otio::otio;
pub use target::Target;
pub use title::{Backing, Look, Place, Title};
