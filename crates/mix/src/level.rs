//! How loud the music lies under the film before anybody talks.

use sound::Decibels;

/// Loudness that music of 100 percent gets where the film itself has nothing to be heard, in LUFS;
/// the usual 35 percent then lie at -23, where broadcasters put a whole programme.
pub const ALONE: f64 = -14.0;

/// A film below this, in LUFS, is room noise at most, and music beside it would be inaudible.
pub(crate) const NEAR_SILENT: f64 = -45.0;

/// Music is raised at most so far: what needs more is noise.
const MOST_RAISED: Decibels = Decibels(30.0);

/// Ambience of this loudness and above is the reference itself, in LUFS.
const CLEAR: f64 = -20.0;
/// Ambience of this loudness and below is no reference at all, in LUFS.
const FAINT: f64 = -35.0;

/// The loudness that 100 percent means, in LUFS.
///
/// That is the film's own, where somebody talks or the film is loud enough to be listened to. The fainter a film without
/// speech is, the nearer the reference comes to [`ALONE`]: beside faint wind the music carries the loudness, or the
/// master would raise the wind.
pub(crate) fn reference(film: Option<f64>, speech: Option<f64>) -> f64 {
    match (film.filter(|lufs| *lufs >= NEAR_SILENT), speech) {
        (Some(film), Some(_)) => film,
        (Some(film), None) => {
            let faint = ((CLEAR - film) / (CLEAR - FAINT)).clamp(0.0, 1.0);
            if faint == 0.0 { film } else { CLEAR + (ALONE - CLEAR) * faint }
        }
        (None, _) => ALONE,
    }
}

/// The gain that lays music of loudness `lufs` at `percent` of the reference; silent music stays as it is.
pub(crate) fn music_gain(reference: f64, lufs: Option<f64>, percent: f64) -> Decibels {
    let matched = lufs.map_or(0.0, |lufs| (reference - lufs).min(MOST_RAISED.0));
    Decibels(matched) + Decibels::from_gain(percent / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_is_linear_gain_at_the_loudness_of_the_film() {
        assert_eq!(music_gain(-20.0, Some(-14.0), 100.0), Decibels(-6.0));
        assert!((music_gain(-20.0, Some(-20.0), 35.0).0 + 9.119).abs() < 1e-3);
        assert_eq!(music_gain(-20.0, Some(-20.0), 0.0), Decibels::SILENCE);
        assert_eq!(music_gain(-20.0, None, 100.0), Decibels::UNITY);
    }

    #[test]
    fn a_film_as_good_as_silent_is_no_reference() {
        assert_eq!(reference(Some(-52.0), None), ALONE);
        assert_eq!(reference(None, None), ALONE);
    }

    #[test]
    fn talk_is_a_reference_however_soft_and_faint_wind_is_not() {
        assert_eq!(reference(Some(-30.0), Some(-30.0)), -30.0);
        assert_eq!(reference(Some(-18.0), None), -18.0);
        assert_eq!(reference(Some(-39.0), None), ALONE);
        let halfway = reference(Some(-27.5), None);
        assert!(halfway > CLEAR && halfway < ALONE, "{halfway}");
    }
}
