//! Real films are watched, and every film gives a sane profile.

// Tests may start what the room itself must not.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "all/any.rs"]
mod any;
#[path = "all/film.rs"]
mod film;
#[path = "all/films.rs"]
mod films;
#[path = "all/joined.rs"]
mod joined;
#[path = "all/moods.rs"]
mod moods;
#[path = "all/odd.rs"]
mod odd;
#[path = "all/pans.rs"]
mod pans;
#[path = "all/sheets.rs"]
mod sheets;
#[path = "all/shown.rs"]
mod shown;
#[path = "all/sounds.rs"]
mod sounds;
