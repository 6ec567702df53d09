//! The only room that starts processes: opens videos, writes videos.

mod child;
mod error;
mod film;
mod limits;
mod media_box;
mod open;
mod sniff;
mod tools;
mod turn;
mod watch;

pub use error::{MediaError, SUPPORTED};
pub use film::Film;
pub use limits::Limits;
pub use sniff::Kind;
pub use tools::Tools;
pub use watch::Seen;
