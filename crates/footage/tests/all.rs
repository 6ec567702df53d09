//! Real films are watched, and every film gives a sane profile.

#[path = "all/any.rs"]
mod any;
#[path = "all/film.rs"]
mod film;
#[path = "all/films.rs"]
mod films;
#[path = "all/sounds.rs"]
mod sounds;
