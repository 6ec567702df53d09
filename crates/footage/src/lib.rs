//! Watches a video and says what is in it.

mod probe;
mod profile;
mod still;

pub use probe::{FilmSound, Packet, Picture, Probe};
pub use profile::{Curve, Cut, Feeling, Profile, Section};
pub use still::{Look, Still};
