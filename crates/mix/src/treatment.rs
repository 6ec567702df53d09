//! What music gets under talk besides being turned down: cuts where it hides the voice, and a steadier level.

use sound::{Decibels, Span, Time};

use crate::carve::{Bell, Over, bells, left};
use crate::duck::stretches;
use crate::levelling::Levelling;
use crate::spectrum::{ROWS_A_SECOND, Row, Spectrum};

/// A meter's curve has a value each tenth of a second.
const ROWS_A_TENTH: usize = 2;

/// The treatment of one bed's music, with what it does to the loudness.
#[derive(Debug, Default)]
pub(crate) struct Treatment {
    /// The cuts.
    pub(crate) bells: Vec<Bell>,
    /// The steadier level.
    pub(crate) levelling: Levelling,
    /// What the ear in the middle gets of the energy of each tenth of a second of the music.
    kept: Vec<f64>,
    /// By how much it lowers the music under talk, in decibels.
    pub(crate) taken: f64,
}

impl Treatment {
    /// For this music, which begins at `begins` on the film's clock, under this talk, which stands `over` it and is to
    /// stand `clearance` decibels above it.
    pub(crate) fn new(
        (music, begins): (&Spectrum, Time),
        speech: &[Span],
        over: &Over,
        clearance: f64,
    ) -> Treatment {
        let start = begins.seconds();
        let bells = bells(over, clearance);
        let left = left(&bells);
        let heard = |row: &Row| row.voiced().zip(&left).map(|(energy, kept)| f64::from(*energy) * kept).sum();
        let energies: Vec<f64> = music.rows.iter().map(heard).collect();
        let whole: Vec<f64> =
            music.rows.iter().map(|row| row.voiced().copied().map(f64::from).sum()).collect();
        let levelling = Levelling::of(&energies, &whole);
        let played = |(index, energy): (usize, &f64)| {
            let gain = Decibels(levelling.at((index as f64 + 0.5) / ROWS_A_SECOND, 1.0)).gain();
            energy * gain * gain
        };
        let played: Vec<f64> = energies.iter().enumerate().map(played).collect();
        let kept = |(rows, played): (&[Row], &[f64])| {
            let whole: f64 = rows.iter().map(|row| f64::from(row.whole)).sum();
            if whole > 0.0 { played.iter().sum::<f64>() / whole } else { 1.0 }
        };
        let kept = music.rows.chunks(ROWS_A_TENTH).zip(played.chunks(ROWS_A_TENTH)).map(kept).collect();
        let mut sums = [0.0; 2];
        let talked = stretches(speech).into_iter().flat_map(|(from, to)| moments(from, to));
        for index in talked.map(|at| ((at - start) * ROWS_A_SECOND).floor() as usize) {
            if let (Some(whole), Some(played)) = (whole.get(index), played.get(index)) {
                sums = [sums[0] + whole, sums[1] + played];
            }
        }
        let taken = if sums[1] > 0.0 { 10.0 * (sums[0] / sums[1]).log10() } else { 0.0 };
        Treatment { bells, levelling, kept, taken }
    }

    /// What the ear in the middle gets of the music's energy at a time in seconds from its start.
    pub(crate) fn kept(&self, seconds: f64) -> f64 {
        let index = (seconds * ROWS_A_SECOND / ROWS_A_TENTH as f64).floor();
        if index >= 0.0 { self.kept.get(index as usize).copied().unwrap_or(1.0) } else { 1.0 }
    }
}

/// The middles of the rows of a stretch, in seconds.
pub(crate) fn moments(from: f64, to: f64) -> impl Iterator<Item = f64> + Clone {
    let count = ((to - from) * ROWS_A_SECOND).round().max(1.0) as usize;
    (0..count).map(move |n| from + (n as f64 + 0.5) / ROWS_A_SECOND)
}
