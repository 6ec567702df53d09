//! A feeling in words.

use super::Feeling;

/// The words around the circumplex, from pleasant over excited, against the clock in eighths of a turn.
const WORDS: [&str; 8] = ["pleasant", "happy", "lively", "tense", "grim", "sad", "subdued", "calm"];
/// In the middle.
const EVEN: &str = "even";
/// Nearer to the middle than this, nothing stands out.
const MIDDLE: f64 = 0.18;

impl Feeling {
    /// One word for it: `happy`, `tense`, `sad`, `calm` and those between; `even` where nothing stands out.
    pub fn word(&self) -> &'static str {
        if self.valence.hypot(self.arousal) < MIDDLE {
            return EVEN;
        }
        let eighth = self.arousal.atan2(self.valence) / std::f64::consts::FRAC_PI_4;
        WORDS[eighth.round().rem_euclid(8.0) as usize % 8]
    }

    /// What it was read from, or that nothing stands out.
    pub(crate) fn because(&self) -> String {
        if self.reasons.is_empty() { "nothing stands out".to_owned() } else { self.reasons.join(", ") }
    }

    /// The word with what it was read from and how sure that is: `perhaps sad: dark, slow, quiet`.
    pub fn sentence(&self) -> String {
        let doubt = match self.confidence {
            _ if self.word() == EVEN => "",
            sure if sure < 0.25 => "perhaps ",
            sure if sure < 0.45 => "probably ",
            _ => "",
        };
        if self.reasons.is_empty() {
            return format!("{doubt}{}", self.word());
        }
        format!("{doubt}{}: {}", self.word(), self.reasons.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(valence: f64, arousal: f64) -> Feeling {
        Feeling { valence, arousal, confidence: 0.3, reasons: vec!["dark".to_owned(), "slow".to_owned()] }
    }

    #[test]
    fn every_corner_has_its_word() {
        assert_eq!(at(0.5, 0.5).word(), "happy");
        assert_eq!(at(-0.5, 0.5).word(), "tense");
        assert_eq!(at(-0.5, -0.5).word(), "sad");
        assert_eq!(at(0.5, -0.5).word(), "calm");
        assert_eq!(at(0.6, -0.05).word(), "pleasant");
        assert_eq!(at(0.05, 0.05).word(), "even");
        // "Quiet" is what is heard, and a reason; a mood has another word.
        assert_eq!(at(-0.05, -0.5).word(), "subdued");
        assert_eq!(at(-0.5, -0.5).sentence(), "probably sad: dark, slow");
    }
}
