//! A profile as text that people can read.

use std::fmt;

use super::{Curve, Feeling, Profile, Transition};

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "film {}, feels {}", self.length, self.feeling)?;
        let music = if self.has_music { "with music" } else { "no music" };
        writeln!(f, "{}, {music}", self.sound_in_words())?;
        for section in &self.sections {
            writeln!(
                f,
                "section {:<20} energy {:.2}, {}, {}",
                section.span.to_string(),
                section.energy,
                section.feeling,
                section.colours.hex().join(" ")
            )?;
        }
        for cut in &self.cuts {
            write!(f, "cut {} {} weight {:.2}", cut.at, cut.kind, cut.weight)?;
            match cut.kind {
                Transition::Hard => writeln!(f)?,
                Transition::Dissolve | Transition::Fade => writeln!(f, " over {}", cut.span)?,
            }
        }
        for (name, spans) in [("speech", &self.speech), ("music", &self.music), ("silence", &self.silence)] {
            for span in spans {
                writeln!(f, "{name} {span}")?;
            }
        }
        for bang in &self.transients {
            writeln!(f, "bang {} strength {:.2}", bang.at, bang.strength)?;
        }
        if let Some(loudness) = self.speech_loudness {
            writeln!(f, "speech at {loudness:.1} LUFS")?;
        }
        for (name, curve, low, high) in [
            ("motion", &self.motion, 0.0, 1.0),
            ("brightness", &self.brightness, 0.0, 1.0),
            ("loudness", &self.loudness, -60.0, -6.0),
            ("energy", &self.energy, 0.0, 1.0),
        ] {
            writeln!(f, "{name:<10} |{}|", bars(curve, low, high))?;
        }
        Ok(())
    }
}

impl Profile {
    /// How loud the film's own sound is: `sound -23.1 LUFS`, `sound silent` or `no sound`.
    pub(crate) fn sound_in_words(&self) -> String {
        match self.film_loudness {
            Some(loudness) => format!("sound {loudness:.1} LUFS"),
            None if self.has_sound => "sound silent".to_owned(),
            None => "no sound".to_owned(),
        }
    }
}

impl fmt::Display for Transition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Transition::Hard => "hard",
            Transition::Dissolve => "dissolve",
            Transition::Fade => "fade",
        })
    }
}

impl fmt::Display for Feeling {
    /// `calm: valence +0.35, arousal -0.10, sure 0.40 (bright, slow)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: valence {:+.2}, arousal {:+.2}, sure {:.2} ({})",
            self.word(),
            self.valence,
            self.arousal,
            self.confidence,
            self.because()
        )
    }
}

/// A curve as at most 60 bars from `low` to `high`.
fn bars(curve: &Curve, low: f32, high: f32) -> String {
    const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let size = curve.values.len().div_ceil(60).max(1);
    curve
        .values
        .chunks(size)
        .map(|part| {
            let mean = part.iter().sum::<f32>() / part.len() as f32;
            let height = ((mean - low) / (high - low)).clamp(0.0, 1.0);
            BARS[(height * 8.0).round() as usize]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_film_is_told_from_one_without_sound() {
        let told = |has_sound, film_loudness| {
            let profile = Profile { has_sound, film_loudness, ..Profile::default() };
            profile.to_string().lines().nth(1).map(str::to_owned)
        };
        assert_eq!(told(true, Some(-23.05)).as_deref(), Some("sound -23.1 LUFS, no music"));
        assert_eq!(told(true, None).as_deref(), Some("sound silent, no music"));
        assert_eq!(told(false, None).as_deref(), Some("no sound, no music"));
    }

    #[test]
    fn a_feeling_without_reasons_says_so() {
        let told = Feeling::default().to_string();
        assert_eq!(told, "even: valence +0.00, arousal +0.00, sure 0.00 (nothing stands out)");
    }
}
