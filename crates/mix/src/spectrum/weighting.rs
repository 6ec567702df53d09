//! The K-weighting of ITU-R BS.1770-4: what a frequency counts for when loudness is measured.

use std::f64::consts::TAU;

use sound::SAMPLE_RATE;

/// Numerator and denominator of a filter of second order.
type Section = [[f64; 3]; 2];

/// The head as a sphere (table 1) and the weakness of the ear for lows (table 2), at 48 kHz.
const SECTIONS: [Section; 2] = [
    [
        [1.535_124_859_586_97, -2.691_696_189_406_38, 1.198_392_810_852_85],
        [1.0, -1.690_659_293_182_41, 0.732_480_774_215_85],
    ],
    [[1.0, -2.0, 1.0], [1.0, -1.990_047_454_833_98, 0.990_072_250_366_21]],
];

/// Gain in energy at a frequency in Hz.
pub(super) fn k_weighting(hz: f64) -> f64 {
    let turn = TAU * hz / f64::from(SAMPLE_RATE);
    SECTIONS.iter().map(|[over, under]| energy(over, turn) / energy(under, turn)).product()
}

fn energy(taps: &[f64; 3], turn: f64) -> f64 {
    let sum = |wave: fn(f64) -> f64| (0..3).map(|n| taps[n] * wave(n as f64 * turn)).sum::<f64>();
    sum(f64::cos).powi(2) + sum(f64::sin).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lows_count_little_and_highs_more() {
        let db = |hz| 10.0 * k_weighting(hz).log10();
        assert!((db(997.0) - 0.691).abs() < 0.01, "{}", db(997.0));
        assert!(db(30.0) < -8.0 && (db(10_000.0) - 4.0).abs() < 0.1);
    }
}
