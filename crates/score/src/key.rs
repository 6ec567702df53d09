//! Keys: a tonic and a mode.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The seven notes a key is made of, as steps from its tonic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Ionian: bright and plain.
    Major,
    /// Aeolian: sad or serious; its dominant borrows the raised seventh.
    Minor,
    /// Minor with a raised sixth: cool, wandering.
    Dorian,
    /// Major with a raised fourth: wonder.
    Lydian,
    /// Major with a lowered seventh: open, easy.
    Mixolydian,
    /// Minor with a lowered second: dark.
    Phrygian,
}

impl Mode {
    /// Semitones above the tonic of the seven degrees.
    pub fn steps(self) -> [u8; 7] {
        match self {
            Mode::Major => [0, 2, 4, 5, 7, 9, 11],
            Mode::Minor => [0, 2, 3, 5, 7, 8, 10],
            Mode::Dorian => [0, 2, 3, 5, 7, 9, 10],
            Mode::Lydian => [0, 2, 4, 6, 7, 9, 11],
            Mode::Mixolydian => [0, 2, 4, 5, 7, 9, 10],
            Mode::Phrygian => [0, 1, 3, 5, 7, 8, 10],
        }
    }

    /// Whether its third is a minor third.
    pub fn is_minor(self) -> bool {
        self.steps()[2] == 3
    }

    /// Its name in reports and genre files.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Major => "major",
            Mode::Minor => "minor",
            Mode::Dorian => "dorian",
            Mode::Lydian => "lydian",
            Mode::Mixolydian => "mixolydian",
            Mode::Phrygian => "phrygian",
        }
    }
}

/// A key. As text, in documents too, it reads `F# minor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
pub struct Key {
    /// Pitch class of the tonic, 0 is C.
    pub tonic: u8,
    /// Its mode.
    pub mode: Mode,
}

impl Key {
    /// Sharps, or flats below zero, that its notes are written with, -6 to 5.
    pub fn signature(self) -> i8 {
        // How many fifths the major key of the same notes stands above that of the same tonic.
        let fifths = match self.mode {
            Mode::Lydian => 1,
            Mode::Major => 0,
            Mode::Mixolydian => -1,
            Mode::Dorian => -2,
            Mode::Minor => -3,
            Mode::Phrygian => -4,
        };
        let above = (i8::try_from(self.tonic % 12).unwrap_or(0) * 7 + fifths + 6).rem_euclid(12);
        above - 6
    }
}

const FLAT_NAMES: [&str; 12] = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"];
const SHARP_NAMES: [&str; 12] = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B"];

impl fmt::Display for Key {
    /// `F# minor`, `Bb major`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = if self.mode.is_minor() { SHARP_NAMES } else { FLAT_NAMES };
        write!(f, "{} {}", names[usize::from(self.tonic % 12)], self.mode.name())
    }
}

impl From<Key> for String {
    fn from(key: Key) -> String {
        key.to_string()
    }
}

impl TryFrom<String> for Key {
    type Error = String;
    fn try_from(text: String) -> Result<Key, String> {
        text.parse()
    }
}

impl FromStr for Key {
    type Err = String;

    /// Reads `A minor`, `Am`, `F#m`, `Bb`, `D dorian`.
    fn from_str(text: &str) -> Result<Key, String> {
        let fault = || format!("`{text}` is not a key; write one like `C major`, `F# minor` or `D dorian`");
        let text = text.trim();
        let mut letters = text.chars();
        let natural = match letters.next().map(|c| c.to_ascii_uppercase()) {
            Some('C') => 0i8,
            Some('D') => 2,
            Some('E') => 4,
            Some('F') => 5,
            Some('G') => 7,
            Some('A') => 9,
            Some('B') => 11,
            _ => return Err(fault()),
        };
        let rest = letters.as_str();
        let (sign, rest) = match rest.chars().next() {
            Some('#' | '♯') => (1, &rest[rest.chars().next().map_or(0, char::len_utf8)..]),
            Some('b' | '♭') => (-1, &rest[rest.chars().next().map_or(0, char::len_utf8)..]),
            _ => (0, rest),
        };
        let mode = match rest.trim().to_ascii_lowercase().as_str() {
            "" | "major" | "maj" => Mode::Major,
            "m" | "minor" | "min" => Mode::Minor,
            "dorian" => Mode::Dorian,
            "lydian" => Mode::Lydian,
            "mixolydian" => Mode::Mixolydian,
            "phrygian" => Mode::Phrygian,
            _ => return Err(fault()),
        };
        Ok(Key { tonic: (natural + sign).rem_euclid(12) as u8, mode })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_people_write_them() {
        for (text, shown) in
            [("Am", "A minor"), ("f# minor", "F# minor"), ("Bb", "Bb major"), ("D dorian", "D dorian")]
        {
            assert_eq!(text.parse::<Key>().unwrap().to_string(), shown);
        }
        assert!("H minor".parse::<Key>().is_err());
    }

    #[test]
    fn a_signature_counts_sharps_and_flats() {
        for (key, sharps) in [
            ("C major", 0),
            ("A minor", 0),
            ("D dorian", 0),
            ("Bb mixolydian", -3),
            ("F# minor", 3),
            ("F lydian", 0),
            ("E phrygian", 0),
            ("B major", 5),
            ("Gb major", -6),
        ] {
            assert_eq!(key.parse::<Key>().unwrap().signature(), sharps, "{key}");
        }
    }
}
