//! What the finished sound must measure, and whether it does.

use serde::Serialize;
use sound::Decibels;
use timeline::Target;

use crate::master::{Setting, Solved};
use crate::meter::Measured;

/// Loudness and true peak that the finished, decoded sound is to have.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Goal {
    /// Integrated loudness in LUFS; `None` leaves it as the mix has it.
    pub lufs: Option<f64>,
    /// True peak at most.
    pub true_peak: Decibels,
}

/// What a finished sound measures against its goal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// Measured minus wanted loudness in LU; 0 where no loudness was wanted or nothing is to be heard.
    pub loudness_off: f64,
    /// How far the true peak lies above the allowed one; zero or below is right.
    pub peak_over: Decibels,
}

impl Goal {
    /// Loudness is right within this many LU.
    pub const TOLERANCE: f64 = 0.1;
    /// A lossy codec moves peaks; the limiter stays this far below the goal at first.
    pub const CODEC_HEADROOM: Decibels = Decibels(0.5);
    /// Meters differ by less than this, as each oversamples in its own way; what we measure stays so far below the target.
    const METER_HEADROOM: Decibels = Decibels(0.1);
    /// What a correction of the ceiling adds to the excess that was measured.
    const CORRECTION_HEADROOM: Decibels = Decibels(0.1);

    /// The goal that a target means; where none is named, the film's own sound stays as loud as it was.
    pub fn new(target: Target) -> Goal {
        Goal { lufs: target.lufs(), true_peak: Target::TRUE_PEAK - Goal::METER_HEADROOM }
    }

    /// The ceiling that the limiter starts with.
    pub fn ceiling(&self) -> Decibels {
        self.true_peak - Goal::CODEC_HEADROOM
    }

    /// How a finished sound measures against the loudness that could be reached.
    pub fn verdict(&self, solved: &Solved, decoded: &Measured) -> Verdict {
        Verdict {
            loudness_off: decoded.lufs.zip(solved.aim).map_or(0.0, |(is, aim)| is - aim),
            peak_over: decoded.true_peak - self.true_peak,
        }
    }

    /// The setting for the one correction that is made when the decoded sound is not right; `None` when it is.
    ///
    /// Loudness is corrected by static gain, a peak that the codec raised by a lower ceiling.
    pub fn correct(&self, solved: &Solved, decoded: &Measured) -> Option<Setting> {
        let verdict = self.verdict(solved, decoded);
        if verdict.is_right() {
            return None;
        }
        let mut setting = solved.setting;
        setting.gain = setting.gain - Decibels(verdict.loudness_off);
        if verdict.peak_over > Decibels::UNITY {
            setting.ceiling = setting.ceiling - verdict.peak_over - Goal::CORRECTION_HEADROOM;
        }
        Some(setting)
    }
}

impl Verdict {
    /// Whether loudness and true peak are both right.
    pub fn is_right(&self) -> bool {
        self.loudness_off.abs() <= Goal::TOLERANCE && self.peak_over <= Decibels::UNITY
    }
}
