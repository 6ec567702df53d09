//! All genres: the ones that come with the program and the ones a user adds.

use thiserror::Error;

use super::{Genre, reading};
use crate::Mood;

/// Why a genre file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}{}: {fault}", .line.map_or_else(String::new, |line| format!(", line {line}")))]
pub struct GenreError {
    /// The file.
    pub file: String,
    /// The line at fault, from 1, where it can be told.
    pub line: Option<usize>,
    /// What is wrong, in one line.
    pub fault: String,
}

/// Identifier and text of every genre that comes with the program: the files in `genres/`.
const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/genres.rs"));

/// Every genre there is.
#[derive(Clone, Debug, PartialEq)]
pub struct Library {
    genres: Vec<Genre>,
}

impl Library {
    /// The genres that come with the program.
    ///
    /// # Errors
    /// A [`GenreError`] when one of them is faulty, which a test rules out.
    pub fn built_in() -> Result<Library, GenreError> {
        let mut library = Library { genres: Vec::new() };
        for (id, text) in BUILT_IN {
            library.add(id, text)?;
        }
        Ok(library)
    }

    /// Adds a genre from its text; one of the same identifier is replaced.
    ///
    /// # Errors
    /// A [`GenreError`] that says what is wrong and where.
    pub fn add(&mut self, id: &str, text: &str) -> Result<(), GenreError> {
        let genre = reading::read(id, text)?;
        self.genres.retain(|known| known.id != genre.id);
        self.genres.push(genre);
        self.genres.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(())
    }

    /// Every genre, by identifier.
    pub fn genres(&self) -> &[Genre] {
        &self.genres
    }

    /// The genre of this identifier.
    pub fn find(&self, id: &str) -> Option<&Genre> {
        self.genres.iter().find(|genre| genre.id == id)
    }

    /// The genre somebody may mean by `text`: an identifier, a title or one of its words.
    pub fn named(&self, text: &str) -> Option<&Genre> {
        let text = text.trim().to_lowercase();
        self.find(&text).or_else(|| {
            self.genres
                .iter()
                .find(|g| g.title.to_lowercase() == text || g.title_zh == text || g.words.contains(&text))
        })
    }

    /// The genre nearest to a mood among those that need not be asked for; `None` where there is none.
    pub fn nearest(&self, mood: Mood) -> Option<&Genre> {
        self.near(mood).into_iter().next()
    }

    /// The genres that need not be asked for, the nearest to a mood first.
    pub fn near(&self, mood: Mood) -> Vec<&Genre> {
        let mut open: Vec<&Genre> = self.genres.iter().filter(|genre| !genre.asked_only).collect();
        open.sort_by(|a, b| a.distance(mood).total_cmp(&b.distance(mood)));
        open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_genre_that_comes_along_is_sound() {
        let library = Library::built_in().unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(library.genres().len(), BUILT_IN.len());
        assert_eq!(library.named("chillhop").unwrap().id, "lofi");
    }

    #[test]
    fn a_mood_alone_finds_a_genre_that_fits() {
        let library = Library::built_in().unwrap();
        let genre = |word: &str| library.nearest(Mood::of_word(word).unwrap().mood).unwrap().id.as_str();
        let expected = [
            ("epic", "epic triumphant angry"),
            ("cinematic", "sad tense dark emotional mysterious romantic"),
            ("documentary", "serious"),
            ("indie-pop", "happy"),
            ("house", "excited"),
            ("comedy", "funny playful"),
            ("corporate", "hopeful confident"),
            ("folk", "warm"),
            ("lofi", "cool nostalgic"),
            ("ambient", "calm dreamy"),
        ];
        for (id, words) in expected {
            for word in words.split(' ') {
                assert_eq!(genre(word), id, "{word}");
            }
        }
    }

    #[test]
    fn no_two_genres_claim_a_word() {
        let library = Library::built_in().unwrap();
        let mut words: Vec<&str> = library
            .genres()
            .iter()
            .flat_map(|g| g.words.iter().chain(&g.occasions).map(String::as_str))
            .collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }

    #[test]
    fn a_faulty_file_is_named_with_its_line() {
        let mut library = Library { genres: Vec::new() };
        for text in ["title = \"Mine\"\ncolour = 3\n", "title = \"Mine\"\n= 3 colour\n", "\n\"colour"] {
            let fault = library.add("mine", text).unwrap_err().to_string();
            assert!(fault.starts_with("mine.toml, line 2: ") && !fault.contains('\n'), "{fault}");
        }
        let fault = library.add("mine", "title = \"Mine\"\ncolour = 3\n").unwrap_err();
        assert!(fault.fault.starts_with("unknown field `colour`"), "{fault}");
    }

    #[test]
    fn what_types_allow_and_music_does_not_is_named_with_its_line() {
        let sound = BUILT_IN.iter().find(|(id, _)| *id == "reggae").unwrap().1;
        let faults = [
            ("swing = 0.55", "swing = 0.9", "swing: 0.9 must lie within"),
            ("hat = \"..x...x...x...x.\"", "hat = \"..q...x...x...x.\"", "hat: `q` means nothing here"),
            ("rim = \"....x.......x..g\"", "rim = \"....x.......x.\"", "rim: a pattern of 14 steps"),
            ("energy = 0.92, kick", "energy = 35, kick", "grooves: an energy of 35"),
            ("\"rocksteady\"", "\"Rocksteady\"", "words: `Rocksteady` must be"),
            ("full = \"V IV | I\"", "full = \"V IV | V\"", "cadences: a full one"),
            (
                "weight = 1, chords = \"I | iii",
                "weight = -3, chords = \"I | iii",
                "progressions: a weight of -3",
            ),
            ("width_db = 1.5", "width_db = 9", "finish: width_db of 9 must lie within -6 to 6"),
            ("velocity = 92", "velocity = 0", "layers: bass needs an instrument"),
            (
                "strip = { level = 2 }",
                "strip = { level = 2, bits = 2 }",
                "layers: the strip of bass needs bits",
            ),
            (
                "strip = { level = 2 }",
                "strip = { level = 2, eq = { low_cut_hz = 900 } }",
                "layers: the eq of bass needs a low_cut_hz of 20 to 400, or 0 for none, not 900",
            ),
            ("strip = { level = 2 }", "strip = { level = 2, eq = { treble = 1 } }", "unknown field `treble`"),
        ];
        for (was, is, told) in faults {
            assert!(sound.contains(was), "{was}");
            let spoilt = sound.replacen(was, is, 1);
            let line = spoilt.lines().position(|line| line.contains(is)).unwrap() + 1;
            let fault = Library { genres: Vec::new() }.add("mine", &spoilt).unwrap_err();
            assert!(fault.fault.starts_with(told), "{fault}");
            let near = fault
                .line
                .is_some_and(|found| found.abs_diff(line) <= if told.contains("full") { 4 } else { 0 });
            assert!(near, "{is}: line {line}, but {fault}");
        }
    }
}
