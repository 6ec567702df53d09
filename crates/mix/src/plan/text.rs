//! The plan as people read it.

use std::fmt;

use super::{Lane, Plan};

impl fmt::Display for Plan {
    /// The reference, then each lane with its keyframes as a table.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whose = if self.film_heard { "the film's own" } else { "the film is faint" };
        writeln!(f, "100% is {:.1} LUFS ({whose})", self.reference)?;
        self.lanes.iter().try_for_each(|lane| write!(f, "{lane}"))
    }
}

impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let played = self.music_lufs.map_or_else(|| "silent".to_owned(), |lufs| format!("{lufs:.1} LUFS"));
        writeln!(
            f,
            "bed {}  {}  music {played}, level {:.0}% = {}, fades {} and {}",
            self.bed, self.span, self.level_pct, self.music_gain, self.fade_in, self.fade_out
        )?;
        if let Some(clearance) = self.clearance {
            writeln!(
                f,
                "  talk stands {:.1} LU above the music, nine tenths of it {:.1} LU or more",
                clearance.mean, clearance.tenth_percentile
            )?;
        }
        if !self.carve.is_empty() {
            write!(f, "  under talk")?;
            self.carve.iter().try_for_each(|bell| write!(f, "  {:.0} Hz {}", bell.hz, bell.gain))?;
            writeln!(f)?;
        }
        self.ducking
            .iter()
            .try_for_each(|k| writeln!(f, "  {:>12}  {:>8}", k.at.to_string(), k.gain.to_string()))
    }
}
