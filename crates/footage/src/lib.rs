//! Watches a video and says what is in it.

mod compare;
mod curves;
mod cuts;
mod feeling;
mod focus;
mod glimpse;
mod hearing;
mod palette;
mod plan;
mod poster;
mod probe;
mod profile;
mod scenery;
mod sections;
mod sheet;
mod sight;
mod still;
mod strip;
mod summary;
mod watcher;

pub use focus::{Attention, Focus, Gaze};
pub use poster::poster;
pub use probe::{FilmSound, Packet, Picture, Probe};
pub use profile::{Colours, Curve, Cut, Feeling, Profile, Section, Transient, Transition};
pub use sheet::{Gallery, Raster, draw_sheet};
pub use still::{Look, Still};
pub use strip::Strip;
pub use watcher::Watcher;
