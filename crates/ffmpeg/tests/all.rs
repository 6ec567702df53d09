//! Real films, real ffmpeg.

#[path = "all/films.rs"]
mod films;
#[path = "all/opening.rs"]
mod opening;
#[path = "all/slate.rs"]
mod slate;
#[path = "all/watching.rs"]
mod watching;
