//! Room for the voice: the bands in which the music stands too high against the talk are cut, each as far as it needs.
//!
//! A bass and a low chord hide the lows of a voice that has few, long before the whole music is too loud. A cut there
//! lets everything else stay where it is.

use serde::Serialize;
use sound::Decibels;

use crate::spectrum::{BANDS, Row, centre};

/// The middles of the bells in Hz: closer where music is thick and voices are thin.
const CENTRES: [f64; 7] = [125.0, 180.0, 260.0, 400.0, 800.0, 1600.0, 3200.0];
/// How narrow a bell is: an octave.
pub(crate) const Q: f64 = 1.4;
/// No bell cuts more, in decibels, or the music would sound hollow.
const DEEPEST: f64 = 15.0;
/// A bell that would cut less, in decibels, is left out.
const LEAST: f64 = 0.5;

/// One cut in the music under talk.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bell {
    /// The middle of the band, which is an octave wide.
    pub hz: f64,
    /// The gain there, below zero.
    pub gain: Decibels,
}

impl Bell {
    /// What a frequency keeps of its energy.
    fn response(&self, hz: f64) -> f64 {
        // 1 + (gain - 1) x band, where the band is r / (r + j d).
        let (r, d) = (hz / (self.hz * Q), 1.0 - (hz / self.hz).powi(2));
        let r_left = r * self.gain.gain();
        (r_left * r_left + d * d) / (r * r + d * d)
    }
}

/// The cuts that let talk stand `clearance` decibels above music in every band, where no cut need be deeper than is
/// good for the music. `pairs` are the moments of the talk with the music there, which gets `gain` besides.
pub(crate) fn bells<'r>(
    pairs: impl Iterator<Item = (&'r Row, &'r Row)>,
    gain: Decibels,
    clearance: f64,
) -> Vec<Bell> {
    let mut sums = [[0.0; 2]; BANDS];
    for (talk, music) in pairs {
        for (sum, (talk, music)) in sums.iter_mut().zip(talk.middle.iter().zip(&music.middle)) {
            *sum = [sum[0] + f64::from(*talk), sum[1] + f64::from(*music)];
        }
    }
    let cut = |hz: f64| {
        let around = Bell { hz, gain: Decibels::SILENCE };
        let mut near = [0.0; 2];
        for (band, sum) in sums.iter().enumerate() {
            let share = 1.0 - around.response(centre(band));
            near = [near[0] + share * sum[0], near[1] + share * sum[1]];
        }
        let over = 10.0 * (near[0] / near[1]).log10() - gain.0;
        // Without music there is nothing to cut, and nothing finite.
        let cut = if over.is_finite() { (clearance - over).clamp(0.0, DEEPEST) } else { 0.0 };
        Bell { hz, gain: Decibels(-cut) }
    };
    CENTRES.into_iter().map(cut).filter(|bell| bell.gain.0 <= -LEAST).collect()
}

/// What every band keeps of its energy.
pub(crate) fn left(bells: &[Bell]) -> [f64; BANDS] {
    std::array::from_fn(|band| bells.iter().map(|bell| bell.response(centre(band))).product())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(band: usize, energy: f32) -> Row {
        let mut row = Row { whole: energy, ..Row::default() };
        row.middle[band] = energy;
        row
    }

    #[test]
    fn a_band_is_cut_as_far_as_it_needs_and_no_further_than_is_good() {
        // 800 Hz is 50 Hz four octaves up.
        let cut_at_800 = |talk: f32| {
            let (talk, music) = (row(12, talk), row(12, 1.0));
            let bells = bells([(&talk, &music)].into_iter(), Decibels(-10.0), 14.0);
            bells.iter().find(|bell| bell.hz == 800.0).map(|bell| bell.gain.0)
        };
        assert!((cut_at_800(1.0).unwrap() + 4.0).abs() < 1e-6);
        assert_eq!(cut_at_800(0.001), Some(-DEEPEST));
        assert_eq!(cut_at_800(4.0), None);
    }

    #[test]
    fn a_bell_takes_its_octave_and_spares_the_rest() {
        let bell = Bell { hz: 1000.0, gain: Decibels(-12.0) };
        let db = |hz| 10.0 * bell.response(hz).log10();
        assert!((db(1000.0) + 12.0).abs() < 1e-9);
        assert!(db(700.0) < -2.5 && db(250.0) > -0.8 && db(4000.0) > -0.8);
    }
}
