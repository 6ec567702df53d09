//! Pieces for the tests, and films to compose for.

use footage::{Cut, Profile, Section};
use score::{Brief, CueSheet, Library, Score, choose, compose, spot};
use sound::{Span, Time};

/// Every genre's identifier.
pub(crate) fn genres() -> Vec<String> {
    Library::built_in().unwrap().genres().iter().map(|genre| genre.id.clone()).collect()
}

/// A film of one scene with these cuts.
pub(crate) fn film(seconds: f64, cuts: &[f64]) -> Profile {
    let length = Time::from_seconds(seconds);
    let mut cuts: Vec<Cut> = cuts
        .iter()
        .filter(|at| **at > 0.0 && **at < seconds)
        .map(|at| Cut::hard(Time::from_seconds(*at), 0.8))
        .collect();
    cuts.sort_by_key(|cut| cut.at);
    let whole = Section { span: Span::new(Time::ZERO, length), energy: 0.5, ..Section::default() };
    Profile { length, cuts, sections: vec![whole], ..Profile::default() }
}

/// A piece of a genre for a film, and its plan.
pub(crate) fn piece(genre: &str, seed: u64, film: &Profile) -> (CueSheet, Score) {
    piece_of(&Brief { genre: Some(genre.to_owned()), seed, ..Brief::default() }, film)
}

/// The plan of a piece of a genre for a film.
pub(crate) fn plan(genre: &str, seed: u64, film: &Profile) -> CueSheet {
    let brief = Brief { genre: Some(genre.to_owned()), seed, ..Brief::default() };
    let library = Library::built_in().unwrap();
    let (genre, mood) = choose(&brief, film, &library).unwrap();
    spot(&brief, genre, mood, film, Span::new(Time::ZERO, film.length))
}

/// A piece of a brief for a film, and its plan.
pub(crate) fn piece_of(brief: &Brief, film: &Profile) -> (CueSheet, Score) {
    let library = Library::built_in().unwrap();
    let (genre, mood) = choose(brief, film, &library).unwrap();
    let cue = spot(brief, genre, mood, film, Span::new(Time::ZERO, film.length));
    let score = compose(&cue, brief, genre);
    (cue, score)
}
