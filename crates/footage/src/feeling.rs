//! How a stretch of film feels, read from its picture and sound.

use crate::Feeling;

/// What is averaged over a stretch.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Character {
    /// 0 to 1.
    pub(crate) brightness: f64,
    /// 0 to 1.
    pub(crate) contrast: f64,
    /// 0 to 1, as a share of full scale: 0.3 is a colourful picture.
    pub(crate) saturation: f64,
    /// -1 (blue) to 1 (red).
    pub(crate) warmth: f64,
    /// 0 to 1.
    pub(crate) motion: f64,
    /// Cuts a second.
    pub(crate) cut_rate: f64,
    /// Mean loudness in LUFS; `None` where the film is silent.
    pub(crate) loudness: Option<f64>,
    /// Share of the time that somebody talks, 0 to 1.
    pub(crate) speech: f64,
    /// Seconds in which there is something to be seen: neither black nor blank.
    pub(crate) seen: f64,
    /// The same as a share of the stretch, 0 to 1.
    pub(crate) seen_share: f64,
}

/// One thing that is seen or heard, and where it moves the feeling.
struct Cue {
    word: &'static str,
    strength: f64,
    valence: f64,
    arousal: f64,
}

/// A picture alone never says more surely than this how music should feel.
const SUREST: f64 = 0.6;
/// Seconds of picture after which more of it makes nobody surer.
const LONG_ENOUGH: f64 = 2.0;
/// A cue this strong is worth a word.
const TOLD: f64 = 0.3;

/// Where a stretch lies on the circumplex, after the directions in Valdez and Mehrabian (1994) for colour
/// and Detenber, Simons and Bennett (1998) for motion.
pub(crate) fn feeling(character: &Character) -> Feeling {
    let cues = cues(character);
    let told = |cue: &&Cue| cue.strength > TOLD;
    let valence: f64 = cues.iter().map(|cue| cue.strength * cue.valence).sum();
    let arousal: f64 = cues.iter().map(|cue| cue.strength * cue.arousal).sum();
    // Cues that pull against each other make the sum small, and so the confidence.
    let sure = 0.12
        + 0.45 * (0.5 * (valence * valence + arousal * arousal)).sqrt()
        + 0.03 * cues.iter().filter(told).count() as f64;
    // Black is dark and slow and grey, but it is no picture; nor is a glance one to be sure of.
    let shown = character.seen_share.clamp(0.0, 1.0) * (character.seen / LONG_ENOUGH).clamp(0.0, 1.0);
    let mut words: Vec<&Cue> = cues.iter().filter(told).collect();
    words.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    Feeling {
        valence: valence.clamp(-1.0, 1.0),
        arousal: arousal.clamp(-1.0, 1.0),
        confidence: sure.clamp(0.0, SUREST) * shown,
        reasons: words.iter().take(5).map(|cue| cue.word.to_owned()).collect(),
    }
}

fn cues(character: &Character) -> Vec<Cue> {
    let c = character;
    let over = |value: f64, from: f64, to: f64| ((value - from) / (to - from)).clamp(0.0, 1.0);
    let cue = |word, strength, valence, arousal| Cue { word, strength, valence, arousal };
    let mut cues = vec![
        cue("dark", over(c.brightness, 0.34, 0.06), -0.5, -0.1),
        cue("bright", over(c.brightness, 0.42, 0.75), 0.45, 0.1),
        cue("colourful", over(c.saturation, 0.18, 0.45), 0.3, 0.2),
        cue("grey", over(c.saturation, 0.12, 0.0), -0.15, -0.1),
        cue("warm", over(c.warmth, 0.03, 0.25), 0.2, 0.05),
        cue("cold", over(c.warmth, -0.03, -0.25), -0.1, -0.05),
        cue("stark", over(c.contrast, 0.55, 0.95), -0.1, 0.15),
        cue("slow", over(c.motion, 0.35, 0.03), 0.0, -0.45),
        cue("fast", over(c.motion, 0.35, 0.85), 0.1, 0.6),
        cue("busy", over(c.cut_rate, 0.15, 0.8), 0.05, 0.4),
    ];
    if let Some(loudness) = c.loudness {
        cues.push(cue("quiet", over(loudness, -30.0, -55.0), 0.0, -0.2));
        cues.push(cue("loud", over(loudness, -26.0, -12.0), 0.0, 0.3));
    }
    // Talk asks for music that stays back.
    cues.push(cue("spoken", over(c.speech, 0.2, 0.7), 0.0, -0.1));
    cues
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a picture that is seen all the time, for long enough.
    fn plainly(character: Character) -> Feeling {
        feeling(&Character { seen: 10.0, seen_share: 1.0, ..character })
    }

    #[test]
    fn dark_and_slow_comes_out_low_bright_and_fast_comes_out_high() {
        let dark = plainly(Character { brightness: 0.06, motion: 0.02, ..Character::default() });
        assert!(dark.valence < -0.3 && dark.arousal < -0.3, "{dark:?}");
        assert!(["dark", "slow"].iter().all(|word| dark.reasons.iter().any(|reason| reason == word)));
        let bright = plainly(Character {
            brightness: 0.7,
            saturation: 0.4,
            motion: 0.8,
            cut_rate: 0.6,
            ..Character::default()
        });
        assert!(bright.valence > 0.4 && bright.arousal > 0.6, "{bright:?}");
        assert!(bright.confidence <= SUREST && bright.confidence > 0.35);
    }

    #[test]
    fn an_ordinary_picture_says_little() {
        let plain = plainly(Character {
            brightness: 0.4,
            contrast: 0.5,
            saturation: 0.15,
            motion: 0.35,
            cut_rate: 0.1,
            ..Character::default()
        });
        assert!(plain.valence.abs() < 0.1 && plain.arousal.abs() < 0.1);
        assert!(plain.confidence < 0.2 && plain.reasons.is_empty(), "{plain:?}");
    }

    #[test]
    fn the_less_is_seen_the_less_sure_it_is() {
        let sure = |seen, seen_share| {
            let dark = Character { brightness: 0.06, motion: 0.02, seen, seen_share, ..Character::default() };
            feeling(&dark).confidence
        };
        assert_eq!(sure(0.0, 0.0), 0.0);
        assert!(sure(0.2, 1.0) < 0.15 && sure(1.0, 1.0) < sure(2.0, 1.0));
        assert!(sure(10.0, 0.5) < 0.6 * sure(10.0, 1.0));
        assert_eq!(sure(2.0, 1.0), sure(60.0, 1.0));
    }
}
