//! A chord: a root above the tonic, the tones above the root, and what the bass has.

use crate::{Key, Mode};

/// A chord in relation to a key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chord {
    /// Semitones of the root above the tonic, 0 to 11.
    pub root: u8,
    /// Semitones of the tones above the root, rising, the root's 0 first.
    pub tones: Vec<u8>,
    /// Semitones of the bass above the tonic, 0 to 11: the root, unless the chord is inverted or stands on a pedal.
    pub bass: u8,
}

impl Chord {
    /// Pitch class of the root in a key.
    pub fn root_class(&self, key: Key) -> u8 {
        (key.tonic + self.root) % 12
    }

    /// Pitch class of the bass in a key.
    pub fn bass_class(&self, key: Key) -> u8 {
        (key.tonic + self.bass) % 12
    }

    /// Pitch classes of all tones in a key, root first.
    pub fn classes(&self, key: Key) -> Vec<u8> {
        self.tones.iter().map(|tone| (self.root_class(key) + tone) % 12).collect()
    }

    /// Pitch classes of root, third (or what stands for it), fifth and seventh.
    pub fn core(&self, key: Key) -> Vec<u8> {
        self.tones.iter().filter(|t| **t < 12).map(|t| (self.root_class(key) + t) % 12).collect()
    }

    /// Whether a mode has all of root, third, fifth and seventh; a minor one also lends its dominant the raised third.
    pub(crate) fn is_in(&self, mode: Mode) -> bool {
        let dominant = mode.is_minor() && self.root == 7;
        let has = |tone: u8| mode.steps().contains(&((self.root + tone) % 12)) || (dominant && tone == 4);
        self.tones.iter().filter(|tone| **tone < 12).all(|tone| has(*tone))
    }

    /// Semitones above the bass of the tone nearest to a wanted interval.
    pub fn tone_near(&self, interval: u8) -> u8 {
        let above_bass = |tone: &u8| (self.root + tone + 12 - self.bass) % 12;
        self.tones.iter().map(above_bass).min_by_key(|t| t.abs_diff(interval)).unwrap_or(0)
    }

    /// The scale that fits the chord: the key's, with every tone of the chord in place of its neighbour.
    pub fn scale(&self, key: Key) -> [bool; 12] {
        let mut scale = [false; 12];
        for step in key.mode.steps() {
            scale[usize::from((key.tonic + step) % 12)] = true;
        }
        for class in self.core(key).into_iter().map(usize::from) {
            if scale[class] {
                continue;
            }
            scale[class] = true;
            // A raised or lowered tone drives out the natural one on both sides, unless that is in the chord too.
            for neighbour in [(class + 1) % 12, (class + 11) % 12] {
                if !self.core(key).contains(&(neighbour as u8)) {
                    scale[neighbour] = false;
                }
            }
        }
        scale
    }
}

#[cfg(test)]
mod tests {
    use crate::Mode;
    use crate::harmony::{Bar, Bars};

    #[test]
    fn the_dominant_of_a_minor_key_raises_the_seventh() {
        let dominant = "V7".parse::<Bar>().unwrap().chords[0].clone();
        let scale = dominant.scale("A minor".parse().unwrap());
        assert!(scale[8] && !scale[7], "G sharp, not G");
        assert!(scale[5] || scale[9], "and the rest stays");
    }

    #[test]
    fn a_mode_has_its_own_chords() {
        let within = |chords: &str, mode| Bars::try_from(chords.to_owned()).unwrap().within(mode);
        assert_eq!(within("I | bVII | IVadd9 | v7", Mode::Mixolydian), 1.0);
        assert_eq!(within("I | bVII | IVadd9 | V", Mode::Major), 0.75);
        assert_eq!(within("IVmaj7 | V | iii7 | vi7", Mode::Mixolydian), 0.5);
        assert_eq!(within("i7 | IV", Mode::Minor), 0.5);
        assert_eq!(within("i7 IV | V7", Mode::Dorian), 1.0, "the dominant is lent to every minor mode");
    }
}
