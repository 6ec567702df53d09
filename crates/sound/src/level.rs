//! Level as decibels, with silence as a value of its own.

use std::fmt;
use std::ops::{Add, Neg, Sub};

use serde::{Deserialize, Serialize};

/// A level or a change of level; 0 dB is unity gain, -infinity is silence.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decibels(pub f64);

impl Decibels {
    /// No change.
    pub const UNITY: Decibels = Decibels(0.0);
    /// Nothing to be heard.
    pub const SILENCE: Decibels = Decibels(f64::NEG_INFINITY);

    /// The level of a linear amplitude factor; zero and below are silence.
    pub fn from_gain(gain: f64) -> Decibels {
        if gain > 0.0 { Decibels(20.0 * gain.log10()) } else { Decibels::SILENCE }
    }

    /// The linear amplitude factor.
    pub fn gain(self) -> f64 {
        10f64.powf(self.0 / 20.0)
    }
}

impl Add for Decibels {
    type Output = Decibels;
    fn add(self, other: Decibels) -> Decibels {
        Decibels(self.0 + other.0)
    }
}

impl Sub for Decibels {
    type Output = Decibels;
    fn sub(self, other: Decibels) -> Decibels {
        Decibels(self.0 - other.0)
    }
}

impl Neg for Decibels {
    type Output = Decibels;
    fn neg(self) -> Decibels {
        Decibels(-self.0)
    }
}

impl fmt::Display for Decibels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} dB", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_a_gain_of_nothing() {
        assert_eq!(Decibels::SILENCE.gain(), 0.0);
        assert_eq!(Decibels::from_gain(0.0), Decibels::SILENCE);
        assert!((Decibels::from_gain(0.5).0 + 6.0206).abs() < 1e-4);
    }
}
