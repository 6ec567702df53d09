//! Softening: strokes and entries that would make the loudness leap are played into more gently.

/// Loudness is momentary over so many rows: 400 ms (ITU-R BS.1770-4).
const MOMENT: usize = 8;
/// Each round may move a step to its neighbours; after so many nothing moves that can.
const ROUNDS: usize = 8;
/// Energies below this are silence: -70 LUFS.
const SILENT: f64 = 1e-7;

/// How gently.
pub(crate) struct Softening {
    /// Loudness may rise or fall by so much from row to row, in decibels.
    step: f64,
    /// No row is turned down by more, in decibels: a stroke stays a stroke.
    most: f64,
}

/// Under talk.
pub(crate) const UNDER: Softening = Softening { step: 1.5, most: 9.0 };
/// Beside it, where the ear still follows the words.
pub(crate) const BESIDE: Softening = Softening { step: 2.0, most: 6.0 };

impl Softening {
    /// Lowers the gains, in decibels, of the rows at which the loudness of music with these energies would leap: rows that
    /// enter the moment too loud, and rows that leave it too empty.
    pub(crate) fn soften(&self, energies: &[f64], gains: &mut [f64]) {
        let mut played: Vec<f64> =
            energies.iter().zip(&*gains).map(|(energy, gain)| energy * 10f64.powf(gain / 10.0)).collect();
        let least: Vec<f64> = played.iter().map(|energy| energy * 10f64.powf(-self.most / 10.0)).collect();
        let leap = 10f64.powf(self.step / 10.0);
        for _ in 0..ROUNDS {
            for first in 0..played.len().saturating_sub(MOMENT) {
                let both: f64 = played[first + 1..first + MOMENT].iter().sum();
                let (leaves, enters) = (first, first + MOMENT);
                let (before, after) = (played[leaves] + both, both + played[enters]);
                // Rows that nobody measured have no energy at all.
                let measured = played[first..=enters].iter().all(|energy| *energy > 0.0);
                if !measured || before.min(after) <= SILENT * MOMENT as f64 {
                    continue;
                }
                if after > leap * before {
                    played[enters] = (leap * before - both).max(least[enters]).min(played[enters]);
                } else if before > leap * after {
                    played[leaves] = (leap * after - both).max(least[leaves]).min(played[leaves]);
                }
            }
        }
        for ((gain, energy), played) in gains.iter_mut().zip(energies).zip(played) {
            if *energy > 0.0 {
                *gain = 10.0 * (played / energy).log10();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest step of momentary loudness, in decibels, of music with these energies and gains.
    fn largest_step(energies: &[f64], gains: &[f64]) -> f64 {
        let played: Vec<f64> =
            energies.iter().zip(gains).map(|(energy, gain)| energy * 10f64.powf(gain / 10.0)).collect();
        let moments: Vec<f64> =
            played.windows(MOMENT).map(|rows| 10.0 * rows.iter().sum::<f64>().log10()).collect();
        moments.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f64::max)
    }

    fn softened(energies: &[f64], by: &Softening) -> Vec<f64> {
        let mut gains = vec![0.0; energies.len()];
        by.soften(energies, &mut gains);
        gains
    }

    #[test]
    fn a_stroke_no_longer_makes_the_loudness_leap() {
        let mut energies = [1.0; 60];
        energies[30] = 12.0;
        assert!(largest_step(&energies, &[0.0; 60]) > 3.5);
        let gains = softened(&energies, &UNDER);
        assert!(largest_step(&energies, &gains) <= UNDER.step + 0.01, "{gains:?}");
        assert!(gains.iter().enumerate().all(|(row, gain)| row == 30 || *gain == 0.0), "{gains:?}");
    }

    #[test]
    fn an_entry_after_a_rest_is_played_into_and_then_as_loud_as_it_was() {
        let mut energies = [1.0; 80];
        energies[20..40].fill(0.05);
        let gains = softened(&energies, &UNDER);
        assert!(largest_step(&energies, &gains) < largest_step(&energies, &[0.0; 80]) - 1.0);
        assert!(gains[40] < -1.0 && gains[48..60].iter().all(|gain| *gain > -0.1), "{gains:?}");
    }

    #[test]
    fn nothing_is_lowered_by_more_than_the_most_or_raised_or_guessed() {
        let mut energies: Vec<f64> =
            (0..400).map(|row| 10f64.powf(f64::from(row * 7919 % 41) / 10.0 - 4.0)).collect();
        energies[200..260].fill(0.0);
        for by in [UNDER, BESIDE] {
            let gains = softened(&energies, &by);
            assert!(gains.iter().all(|gain| (-by.most - 1e-9..=1e-9).contains(gain)), "{gains:?}");
            assert!(gains[200..260].iter().all(|gain| *gain == 0.0));
        }
    }

    #[test]
    fn even_music_is_left_alone() {
        let energies: Vec<f64> = (0..100).map(|row| 1.0 + 0.3 * f64::from(row % 3)).collect();
        assert!(softened(&energies, &UNDER).iter().all(|gain| gain.abs() < 1e-9));
    }
}
