//! Room for the voice: the bands in which the music stands too high against the talk are cut, each as far as it needs.
//!
//! A bass and a low chord hide the lows of a voice that has few, long before the whole music is too loud. A cut there
//! lets everything else stay where it is.

use serde::Serialize;
use sound::Decibels;

use crate::spectrum::{BANDS, Row, centre};

/// The middles of the bells in Hz: closer where music is thick and voices are thin.
const CENTRES: [f64; 13] =
    [100.0, 125.0, 160.0, 200.0, 280.0, 400.0, 560.0, 800.0, 1130.0, 1600.0, 2260.0, 3200.0, 4500.0];
/// A voice changes from phrase to phrase; the cuts may be too small for this share of the talk.
const UNCLEAR: f64 = 0.25;
/// How narrow a bell is: more than an octave, as a deep cut is narrow at its foot.
pub(crate) const Q: f64 = 1.0;
/// Neighbours cut a little of each other's band: so many rounds leave each band with what it needs.
const ROUNDS: usize = 24;
/// In each of them so much of what is still missing is put right.
const SHARE: f64 = 0.5;
/// No band is cut by more, in decibels, or the music would sound hollow.
const DEEPEST: f64 = 18.0;
/// Below the voice, in Hz, a bass may go without being missed, by so many decibels.
const BELOW: (f64, f64) = (220.0, 24.0);
/// Above most of the voice music keeps its air.
const ABOVE: (f64, f64) = (2800.0, 12.0);
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

/// By how many decibels talk stands above music in every band; infinite where there is no music.
pub(crate) type Over = [f64; BANDS];

/// How far all but the least clear quarter of the talk stands above music that gets `gain`, band by band. A piece of
/// the talk is given by its moments with the music there.
pub(crate) fn over(pieces: &[Vec<(&Row, &Row)>], gain: Decibels) -> Over {
    let of_piece = |piece: &Vec<(&Row, &Row)>| -> Over {
        let mut sums = [[0.0; 2]; BANDS];
        for (talk, music) in piece {
            for (sum, (talk, music)) in sums.iter_mut().zip(talk.middle.iter().zip(&music.middle)) {
                *sum = [sum[0] + f64::from(*talk), sum[1] + f64::from(*music)];
            }
        }
        sums.map(|[talk, music]| {
            // Without music there is nothing to cut.
            if music > 0.0 { 10.0 * (talk / music).log10() - gain.0 } else { f64::INFINITY }
        })
    };
    let overs: Vec<(Over, usize)> = pieces.iter().map(|piece| (of_piece(piece), piece.len())).collect();
    let moments: usize = pieces.iter().map(Vec::len).sum();
    std::array::from_fn(|band| {
        let mut order: Vec<(f64, usize)> = overs.iter().map(|(over, count)| (over[band], *count)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut met = 0;
        let quarter = order.iter().find(|(_, count)| {
            met += count;
            met as f64 > UNCLEAR * moments as f64
        });
        quarter.map_or(f64::INFINITY, |(over, _)| *over)
    })
}

/// The cuts that let talk which stands so far above music stand `clearance` decibels above it in every band, where no cut
/// need be deeper than is good for the music.
pub(crate) fn bells(over: &Over, clearance: f64) -> Vec<Bell> {
    let needs = std::array::from_fn(|band| (clearance - over[band]).clamp(0.0, deepest(centre(band))));
    together(&needs).into_iter().filter(|bell| bell.gain.0 <= -LEAST).collect()
}

/// How far music may be cut at a frequency, in decibels.
fn deepest(hz: f64) -> f64 {
    match hz {
        hz if hz < BELOW.0 => BELOW.1,
        hz if hz > ABOVE.0 => ABOVE.1,
        _ => DEEPEST,
    }
}

/// The bells that together, as each reaches into its neighbours' bands, cut every band by what it needs in decibels.
fn together(needs: &[f64; BANDS]) -> [Bell; CENTRES.len()] {
    let mut bells = CENTRES.map(|hz| Bell { hz, gain: Decibels::UNITY });
    for _ in 0..ROUNDS {
        let left = left(&bells);
        for bell in &mut bells {
            let mut missing = [0.0; 2];
            for (band, (need, left)) in needs.iter().zip(&left).enumerate() {
                let near = (1.0 - 1.5 * (centre(band) / bell.hz).log2().abs()).max(0.0);
                missing = [missing[0] + near * (need + 10.0 * left.log10()), missing[1] + near];
            }
            bell.gain =
                Decibels((bell.gain.0 - SHARE * missing[0] / missing[1]).clamp(-deepest(bell.hz), 0.0));
        }
    }
    bells
}

/// What every band keeps of its energy.
pub(crate) fn left(bells: &[Bell]) -> [f64; BANDS] {
    const WITHIN: [f64; 3] = [-1.0 / 9.0, 0.0, 1.0 / 9.0];
    let at = |hz: f64| bells.iter().map(|bell| bell.response(hz)).product::<f64>();
    std::array::from_fn(|band| {
        WITHIN.iter().map(|octaves| at(centre(band) * octaves.exp2())).sum::<f64>() / WITHIN.len() as f64
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sound around this band, an octave and a half wide.
    fn row(band: usize, energy: f32) -> Row {
        let mut row = Row { whole: energy, ..Row::default() };
        row.middle[band - 2..=band + 2].fill(energy);
        row
    }

    #[test]
    fn a_band_is_cut_as_far_as_it_needs_and_no_further_than_is_good() {
        // 800 Hz is 50 Hz four octaves up.
        let cut_at_800 = |talk: f32| {
            let (talk, music) = (row(12, talk), row(12, 1.0));
            let bells = bells(&over(&[vec![(&talk, &music)]], Decibels(-10.0)), 14.0);
            10.0 * left(&bells)[12].log10()
        };
        assert!((cut_at_800(1.0) + 4.0).abs() < 1.0, "{}", cut_at_800(1.0));
        assert!((-DEEPEST..-DEEPEST + 5.0).contains(&cut_at_800(0.001)), "{}", cut_at_800(0.001));
        assert_eq!(cut_at_800(4.0), 0.0);
    }

    #[test]
    fn the_cuts_serve_the_phrase_in_which_a_band_of_the_voice_is_weak() {
        let music = row(12, 1.0);
        let [strong, weak] = [row(12, 10.0), row(12, 0.1)];
        let phrase = |talk, moments| vec![(talk, &music); moments];
        let over_at_800 = |weak_moments: usize| {
            over(&[phrase(&strong, 10), phrase(&weak, weak_moments)], Decibels::UNITY)[12]
        };
        assert!((over_at_800(5) + 10.0).abs() < 1e-4);
        // A single word does not thin the music of a whole film.
        assert!((over_at_800(1) - 10.0).abs() < 1e-4);
    }

    #[test]
    fn neighbours_together_cut_no_more_than_is_needed() {
        let mut needs = [0.0; BANDS];
        needs[4..12].fill(9.0);
        let left = left(&together(&needs)).map(|left| -10.0 * left.log10());
        for (band, cut) in left.iter().enumerate().take(11).skip(5) {
            assert!((cut - 9.0).abs() < 1.5, "{cut} at {:.0} Hz", centre(band));
        }
        assert!(left[16] < 2.0, "{}", left[16]);
    }

    #[test]
    fn a_bell_takes_its_band_and_spares_the_rest() {
        let bell = Bell { hz: 1000.0, gain: Decibels(-12.0) };
        let db = |hz| 10.0 * bell.response(hz).log10();
        assert!((db(1000.0) + 12.0).abs() < 1e-9);
        assert!(db(700.0) < -2.5 && db(150.0) > -0.8 && db(6500.0) > -0.8);
    }
}
