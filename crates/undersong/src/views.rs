//! What every door shows of the same things: films, timelines, genres, and what is other than before.

pub(crate) mod difference;
pub(crate) mod genre;
pub(crate) mod state;
pub(crate) mod watch;
