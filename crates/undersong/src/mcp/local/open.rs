//! The films that are open: so many at a time, and none that could not be opened.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use super::film::Film;
use crate::lock::held;
use crate::mcp::desk::Answer;
use crate::mcp::refusal::Refusal;

/// The most films that are open at a time.
const MOST: usize = 200;

/// Films by their names.
#[derive(Default)]
pub(super) struct Films {
    open: BTreeMap<String, Arc<Film>>,
    /// How many there were, so that no name is given twice.
    entered: usize,
}

impl Films {
    pub(super) fn get(&self, name: &str) -> Option<Arc<Film>> {
        self.open.get(name).cloned()
    }

    /// Takes in a film of these files, which were not looked at yet.
    ///
    /// # Errors
    /// Where too many are open.
    pub(super) fn enter(&mut self, files: Vec<PathBuf>) -> Answer<Arc<Film>> {
        if self.open.len() >= MOST {
            return Err(Refusal::malformed("Too many films are open; begin again with a new server."));
        }
        self.entered += 1;
        let film = Arc::new(Film::new(format!("film_{}", self.entered), files));
        self.open.insert(film.id(), Arc::clone(&film));
        Ok(film)
    }
}

/// A film that is being opened. Whether that fails, is called off or never begins: it leaves then.
pub(super) struct Opening {
    pub(super) films: Arc<Mutex<Films>>,
    pub(super) film: String,
    pub(super) is_open: bool,
}

impl Opening {
    /// Keeps the film where it was opened.
    pub(super) fn done<T>(mut self, opened: Answer<T>) -> Answer<T> {
        self.is_open = opened.is_ok();
        opened
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        if !self.is_open {
            held(&self.films).open.remove(&self.film);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_opened_takes_no_place() {
        let films = Arc::new(Mutex::new(Films::default()));
        let begin = || {
            let film = held(&films).enter(Vec::new()).map(|film| film.id());
            film.map(|film| Opening { films: Arc::clone(&films), film, is_open: false })
        };
        drop(begin().unwrap());
        begin().unwrap().done(Answer::<()>::Err(Refusal::broken())).unwrap_err();
        for _ in 0..MOST {
            begin().unwrap().done(Ok(())).unwrap();
        }
        assert!(begin().is_err(), "so many are enough");
        let known = ["film_1", "film_2", "film_3"].map(|name| held(&films).get(name).is_some());
        assert_eq!(known, [false, false, true], "a name is given once");
    }
}
