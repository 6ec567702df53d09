//! What music gets under talk besides being turned down: cuts where it hides the voice, and a steadier level.

use sound::{Decibels, Span, Time};

use crate::carve::{Bell, bells, left};
use crate::duck::stretches;
use crate::levelling::Levelling;
use crate::spectrum::{ROWS_A_SECOND, Row, Spectrum};

/// The treatment of one bed's music, with what it does to the loudness.
#[derive(Debug, Default)]
pub(crate) struct Treatment {
    /// The cuts.
    pub(crate) bells: Vec<Bell>,
    /// The steadier level.
    pub(crate) levelling: Levelling,
    /// What the ear in the middle gets of the energy of each tenth of a second of the music.
    kept: Vec<f64>,
}

impl Treatment {
    /// For this music, which begins at `begins` on the film's clock and gets `gain`, under this talk, which is to stand
    /// `clearance` decibels above it; none where nobody talks or a spectrum is missing.
    pub(crate) fn new(
        (film, speech): (&Spectrum, &[Span]),
        (music, begins, gain): (&Spectrum, Time, Decibels),
        clearance: f64,
    ) -> Treatment {
        let start = begins.seconds();
        let moments = || stretches(speech).into_iter().flat_map(|(from, to)| moments(from, to));
        let pairs = moments().filter_map(|at| Some((film.at(at)?, music.at(at - start)?)));
        if speech.is_empty() || pairs.clone().next().is_none() {
            return Treatment::default();
        }
        let bells = bells(pairs, gain, clearance);
        let left = left(&bells);
        let heard =
            |row: &Row| row.middle.iter().zip(&left).map(|(energy, kept)| f64::from(*energy) * kept).sum();
        let energies: Vec<f64> = music.rows.iter().map(heard).collect();
        let levelling = Levelling::of(&energies);
        let kept = |(index, row): (usize, &Row)| {
            let gain = Decibels(levelling.at((index as f64 + 0.5) / ROWS_A_SECOND)).gain();
            if row.whole > 0.0 { energies[index] / f64::from(row.whole) * gain * gain } else { 1.0 }
        };
        let kept = music.rows.iter().enumerate().map(kept).collect();
        Treatment { bells, levelling, kept }
    }

    /// What the ear in the middle gets of the music's energy at a time in seconds from its start.
    pub(crate) fn kept(&self, seconds: f64) -> f64 {
        let index = (seconds * ROWS_A_SECOND).floor();
        if index >= 0.0 { self.kept.get(index as usize).copied().unwrap_or(1.0) } else { 1.0 }
    }
}

/// The tenths of a second of a stretch.
fn moments(from: f64, to: f64) -> impl Iterator<Item = f64> + Clone {
    let count = ((to - from) * ROWS_A_SECOND).round().max(1.0) as usize;
    (0..count).map(move |n| from + (n as f64 + 0.5) / ROWS_A_SECOND)
}
