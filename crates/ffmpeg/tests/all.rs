//! Real films, real ffmpeg.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // all of this is a test

#[path = "all/conforming.rs"]
mod conforming;
#[path = "all/encoding.rs"]
mod encoding;
#[path = "all/fields.rs"]
mod fields;
#[path = "all/films.rs"]
mod films;
#[path = "all/frames.rs"]
mod frames;
#[path = "all/hostile.rs"]
mod hostile;
#[path = "all/opening.rs"]
mod opening;
#[path = "all/rates.rs"]
mod rates;
#[path = "all/rendering.rs"]
mod rendering;
#[path = "all/slate.rs"]
mod slate;
#[path = "all/titles.rs"]
mod titles;
#[path = "all/trims.rs"]
mod trims;
#[path = "all/watching.rs"]
mod watching;
