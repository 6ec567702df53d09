//! Levelling: under talk the music is made steadier, so that neither a loud note hides a word nor a rest opens a hole.

use serde::Serialize;

use crate::softening::{BESIDE, UNDER};
use crate::spectrum::ROWS_A_SECOND;

/// The loudness of so many rows before and after is one moment: a third of a second, about a note.
const MOMENT: usize = 3;
/// What a moment is held against: four seconds of music before and after.
const AROUND: usize = 80;
/// So much of the difference is taken away.
const SHARE: f64 = 0.7;
/// The fader goes down and up by this at most, in decibels.
const DOWN: f64 = 8.0;
const UP: f64 = 4.0;

/// A hand on the fader, twentieth of a second by twentieth of a second of the music; empty where nothing is to be steadied.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Levelling {
    /// Gain in decibels in the middle of each twentieth of a second; between them it runs straight.
    pub gains: Vec<f32>,
    /// The same where nobody talks, but somebody did or soon will: only leaps are played into more gently.
    pub beside: Vec<f32>,
}

impl Levelling {
    /// For music with these energies under talk, and these beside it.
    pub(crate) fn of(energies: &[f64], beside: &[f64]) -> Levelling {
        let mut sums = Vec::with_capacity(energies.len() + 1);
        sums.push(0.0);
        sums.extend(energies.iter().scan(0.0, |sum, energy| {
            *sum += energy;
            Some(*sum)
        }));
        let mean = |index: usize, reach: usize| {
            let (from, to) = (index.saturating_sub(reach), (index + reach + 1).min(energies.len()));
            (sums[to] - sums[from]) / (to - from) as f64
        };
        let gain = |index| {
            let louder = 10.0 * (mean(index, MOMENT) / mean(index, AROUND)).log10();
            // Silence within silence is neither louder nor softer.
            if louder.is_nan() { 0.0 } else { (-SHARE * louder).clamp(-DOWN, UP) }
        };
        let mut gains: Vec<f64> = (0..energies.len()).map(gain).collect();
        UNDER.soften(energies, &mut gains);
        let mut apart = vec![0.0; beside.len()];
        BESIDE.soften(beside, &mut apart);
        let [gains, beside] = [gains, apart].map(|gains| gains.into_iter().map(|gain| gain as f32).collect());
        Levelling { gains, beside }
    }

    /// The gain in decibels at a time in seconds from the start of the music, where so much of it is under talk.
    pub(crate) fn at(&self, seconds: f64, under: f64) -> f64 {
        let [talked, beside] = [&self.gains, &self.beside].map(|gains| between(gains, seconds));
        beside + under * (talked - beside)
    }
}

/// The gain at a time in seconds; beyond the ends that of the first and of the last row.
fn between(gains: &[f32], seconds: f64) -> f64 {
    let place = (seconds * ROWS_A_SECOND - 0.5).clamp(0.0, gains.len().saturating_sub(1) as f64);
    let (index, share) = (place.floor() as usize, place.fract());
    let gain = |index: usize| gains.get(index).or(gains.last()).map_or(0.0, |gain| f64::from(*gain));
    gain(index) + share * (gain(index + 1) - gain(index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steady_music_is_left_alone() {
        let levelling = Levelling::of(&[0.5; 100], &[0.5; 100]);
        assert!(levelling.gains.iter().all(|gain| gain.abs() < 1e-5));
        assert_eq!(Levelling::default().at(3.0, 1.0), 0.0);
        assert_eq!(Levelling::of(&[0.0; 10], &[]).at(0.5, 1.0), 0.0);
    }

    #[test]
    fn a_loud_moment_goes_down_and_a_rest_comes_up_within_bounds() {
        let mut energies = [1.0; 400];
        energies[100..110].fill(4.0);
        energies[300..310].fill(0.0);
        let levelling = Levelling::of(&energies, &energies);
        assert!((levelling.at(5.25, 1.0) + 3.7).abs() < 0.6, "{}", levelling.at(5.25, 1.0));
        assert_eq!(levelling.at(15.25, 1.0), UP);
        assert!(levelling.at(10.0, 1.0).abs() < 0.1);
        let steps = levelling.gains.windows(2).map(|pair| (pair[1] - pair[0]).abs());
        assert!(steps.fold(0.0, f32::max) <= (DOWN + UP) as f32);
    }

    #[test]
    fn beside_talk_a_loud_moment_stays_loud() {
        let mut energies = [1.0; 400];
        energies[100..140].fill(2.0);
        let levelling = Levelling::of(&energies, &energies);
        assert_eq!(levelling.at(6.0, 0.0), 0.0);
        assert!(levelling.at(6.0, 1.0) < -0.5);
    }
}
