//! What holds for the music of every genre.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "all/console.rs"]
mod console;
#[path = "all/kinship.rs"]
mod kinship;
#[path = "all/lengths.rs"]
mod lengths;
#[path = "all/lift.rs"]
mod lift;
#[path = "all/limits.rs"]
mod limits;
#[path = "all/piece.rs"]
mod piece;
#[path = "all/takes.rs"]
mod takes;
#[path = "all/tellings.rs"]
mod tellings;
#[path = "all/together.rs"]
mod together;
#[path = "all/variety.rs"]
mod variety;
