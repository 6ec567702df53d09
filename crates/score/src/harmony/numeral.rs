//! Reads roman numerals: `bVImaj7`, `ii7`, `V7sus4`; `V7/vi` is the dominant of the sixth degree, `V7/4` has the fourth
//! degree in the bass.
//!
//! Degrees are counted on the major scale whatever the mode, so `bVII` is always the tone below the tonic and a
//! numeral means the same in every key. Capitals are major, small letters minor.

use std::str::FromStr;

use super::Chord;

/// The chords of one bar, each as long as the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// One, two or four chords.
    pub chords: Vec<Chord>,
}

impl FromStr for Bar {
    type Err = String;

    fn from_str(text: &str) -> Result<Bar, String> {
        let chords: Vec<Chord> = text.split_whitespace().map(chord).collect::<Result<_, _>>()?;
        match chords.len() {
            1 | 2 | 4 => Ok(Bar { chords }),
            n => Err(format!("`{text}` has {n} chords; a bar holds one, two or four")),
        }
    }
}

const NUMERALS: [(&str, u8); 7] =
    [("vii", 11), ("iii", 4), ("ii", 2), ("iv", 5), ("vi", 9), ("v", 7), ("i", 0)];

fn chord(text: &str) -> Result<Chord, String> {
    let fault = || format!("`{text}` is not a chord; write roman numerals like ii7, bVImaj7, V7/vi or I/3");
    let mut parts = text.split('/');
    let (root, minor, quality) = parts.next().and_then(degree).ok_or_else(fault)?;
    let tones = tones(minor, quality).ok_or_else(fault)?;
    let mut chord = Chord { root, tones, bass: root };
    for part in parts {
        if let Some(bass) = bass(part) {
            chord.bass = bass;
        } else {
            let (above, _, quality) = degree(part).ok_or_else(fault)?;
            if !quality.is_empty() {
                return Err(fault());
            }
            chord.root = (root + above) % 12;
            chord.bass = chord.root;
        }
    }
    Ok(chord)
}

/// A degree of the major scale in figures, `4` or `b7`, as semitones above the tonic.
fn bass(text: &str) -> Option<u8> {
    let (shift, figure) = match text.as_bytes().first()? {
        b'b' => (11, &text[1..]),
        b'#' => (1, &text[1..]),
        _ => (0, text),
    };
    let degree: usize = figure.parse().ok()?;
    let above = [0, 2, 4, 5, 7, 9, 11].get(degree.checked_sub(1)?)?;
    Some((above + shift) % 12)
}

/// Root above the tonic, whether the numeral is small, and what follows it.
fn degree(text: &str) -> Option<(u8, bool, &str)> {
    let (shift, rest) = match text.as_bytes().first()? {
        b'b' => (11, &text[1..]),
        b'#' => (1, &text[1..]),
        _ => (0, text),
    };
    let lower = rest.to_ascii_lowercase();
    let (name, root) = NUMERALS.iter().find(|(name, _)| lower.starts_with(name))?;
    let (numeral, quality) = rest.split_at(name.len());
    let minor = numeral.chars().all(|c| c.is_ascii_lowercase());
    let plain = minor || numeral.chars().all(|c| c.is_ascii_uppercase());
    plain.then_some(((root + shift) % 12, minor, quality))
}

fn tones(minor: bool, quality: &str) -> Option<Vec<u8>> {
    let third = if minor { 3 } else { 4 };
    Some(match quality {
        "" => vec![0, third, 7],
        "5" => vec![0, 7],
        "6" => vec![0, third, 7, 9],
        "7" => vec![0, third, 7, 10],
        "maj7" => vec![0, third, 7, 11],
        "9" => vec![0, third, 7, 10, 14],
        "maj9" => vec![0, third, 7, 11, 14],
        "11" => vec![0, third, 7, 10, 14, 17],
        "13" => vec![0, third, 7, 10, 14, 21],
        "69" => vec![0, third, 7, 9, 14],
        "add9" => vec![0, third, 7, 14],
        "sus2" => vec![0, 2, 7],
        "sus4" => vec![0, 5, 7],
        "7sus4" => vec![0, 5, 7, 10],
        "9sus4" => vec![0, 5, 7, 10, 14],
        "dim" => vec![0, 3, 6],
        "dim7" => vec![0, 3, 6, 9],
        "m7b5" => vec![0, 3, 6, 10],
        "aug" => vec![0, 4, 8],
        "7b9" => vec![0, third, 7, 10, 13],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_mean_the_same_in_every_mode() {
        let bar: Bar = "bVImaj7 V7/vi".parse().unwrap();
        assert_eq!(bar.chords[0], Chord { root: 8, tones: vec![0, 4, 7, 11], bass: 8 });
        assert_eq!(bar.chords[1].root, 4);
        assert_eq!("iv9".parse::<Bar>().unwrap().chords[0].tones, [0, 3, 7, 10, 14]);
    }

    #[test]
    fn figures_after_the_stroke_are_the_bass() {
        let bar: Bar = "I/3 V7/vi bVII/1 V7/V/b6".parse().unwrap();
        let heard: Vec<(u8, u8)> = bar.chords.iter().map(|chord| (chord.root, chord.bass)).collect();
        assert_eq!(heard, [(0, 4), (4, 4), (10, 0), (2, 8)]);
        assert!("I/9".parse::<Bar>().is_err() && "I/V7".parse::<Bar>().is_err());
    }

    #[test]
    fn nonsense_is_refused_with_advice() {
        assert!("Hm7".parse::<Bar>().unwrap_err().contains("roman numerals"));
        assert!("I IV V".parse::<Bar>().unwrap_err().contains("one, two or four"));
        assert!("Iiquux".parse::<Bar>().is_err());
    }
}
