//! The edit: what plays when, and how it may change.

mod bed;
mod document;
mod edit;
mod otio;
mod summary;
mod target;

pub use bed::{Bed, Duck, Music};
pub use document::{Film, Timeline, VERSION};
pub use edit::{Edit, EditError};
pub use otio::otio;
pub use target::Target;
