//! The edit: what plays when, and how it may change.

mod bed;
mod canvas;
mod clip;
mod colour;
mod document;
mod edit;
mod edl;
mod history;
mod marker;
mod otio;
mod read;
mod source;
mod summary;
mod target;
mod title;

pub use bed::{Bed, Duck, Music, Ride};
pub use canvas::{Anchor, Canvas, Fades, Fit, Ratio};
pub use clip::Clip;
pub use colour::{Colour, NoColour};
pub use document::{Placed, Timeline, VERSION};
pub use edit::{Edit, EditError, Item};
pub use edl::edl;
pub use history::{History, HistoryError, Step};
pub use marker::Marker;
pub use otio::otio;
pub use source::{Size, Source, SourceKind};
pub use target::Target;
pub use title::{Backing, Look, Place, Title};
