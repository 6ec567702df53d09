//! Home: which key a listener takes some harmony for.

use super::Chord;
use crate::Key;

/// How well each semitone above the tonic fits a major and a minor key, as listeners rated them (Krumhansl, 1990).
const MAJOR: [f64; 12] = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
const MINOR: [f64; 12] = [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];

/// How much clearer chords, each with how long it lasts, say their key than any other, -2 to 2; below 0 another is
/// heard. A mode is heard as the major or minor key of its tonic, and the relative of that is no other key.
pub(crate) fn clearness<'a>(chords: impl Iterator<Item = (&'a Chord, f64)>, key: Key) -> f64 {
    let mut heard = [0.0; 12];
    for (chord, length) in chords {
        for class in chord.classes(key).into_iter().chain([chord.bass_class(key)]) {
            heard[usize::from(class)] += length;
        }
    }
    let (tonic, minor) = (usize::from(key.tonic), key.mode.is_minor());
    let relative = if minor { (tonic + 3) % 12 } else { (tonic + 9) % 12 };
    let fit = |tonic: usize, minor: bool| likeness(&heard, if minor { &MINOR } else { &MAJOR }, tonic);
    let others = (0..12).flat_map(|tonic| [(tonic, false), (tonic, true)]);
    let others = others.filter(|other| *other != (tonic, minor) && *other != (relative, !minor));
    let own = fit(tonic, minor).max(fit(relative, !minor));
    own - others.map(|(tonic, minor)| fit(tonic, minor)).fold(f64::NEG_INFINITY, f64::max)
}

/// Correlation of what was heard with a profile whose tonic is given, -1 to 1.
fn likeness(heard: &[f64; 12], profile: &[f64; 12], tonic: usize) -> f64 {
    let mean = |of: &[f64; 12]| of.iter().sum::<f64>() / 12.0;
    let (here, there) = (mean(heard), mean(profile));
    let (mut both, mut one, mut other) = (0.0, 0.0, 0.0);
    for (class, weight) in heard.iter().enumerate() {
        let (x, y) = (weight - here, profile[(class + 12 - tonic) % 12] - there);
        both += x * y;
        one += x * x;
        other += y * y;
    }
    both / (one * other).sqrt().max(1e-12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::harmony::Bars;

    fn said(bars: &str, key: &str) -> f64 {
        let bars = Bars::try_from(bars.to_owned()).unwrap();
        let chords: Vec<Chord> = bars.0.into_iter().flat_map(|bar| bar.chords).collect();
        clearness(chords.iter().map(|chord| (chord, 4.0)), key.parse().unwrap())
    }

    #[test]
    fn a_key_needs_more_than_its_tonic_and_dominant() {
        assert!(said("I | IV | V | I", "C major") > 0.1);
        assert!(said("i | iv | V | i", "F# minor") > 0.1);
        assert!(said("Iadd9 | V | Iadd9 | V", "Ab major") < 0.0, "that is I and IV of the dominant as well");
        assert!(said("vi | IV | I | V", "D major") > 0.0, "the relative minor is no other key");
    }
}
