//! Finds the gain that brings a mix to its loudness through the limiter.

use std::fmt;

use serde::Serialize;
use sound::Decibels;

use super::Setting;
use crate::goal::Goal;
use crate::meter::Measured;

/// From so near, in LU, the last step is foretold to a few hundredths and needs no pass of its own.
const NEAR: f64 = 0.15;
/// Passes through the limiter at most.
const PASSES: usize = 4;
/// More gain than this would lift noise, in decibels.
const MOST_GAIN: f64 = 30.0;
/// The limiter may take so many LU off the loudness; beyond that it is heard as crushing.
const MOST_LOST: f64 = 4.0;
/// The loss is not searched for more closely than this, in LU.
const LOSS_NEAR: f64 = 0.3;

/// Whether the loudness can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is.
    Reached,
    /// There is nothing to be heard, so nothing was changed.
    Silent,
    /// The mix is so soft that more gain would only lift its noise (30 dB at most).
    TooSoft,
    /// Single peaks stand so high that the limiter would crush the rest (4 LU lost at most).
    TooDynamic,
}

impl fmt::Display for Outcome {
    /// A clause that says how it went.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Outcome::Reached => "the loudness is reached",
            Outcome::Silent => "nothing is to be heard, so the level was left alone",
            Outcome::TooSoft => "the sound is so soft that more gain would only lift its noise",
            Outcome::TooDynamic => "single peaks stand so high that more loudness would crush the rest",
        })
    }
}

/// The master's setting for a goal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Solved {
    /// What to give the master.
    pub setting: Setting,
    /// The loudness that it leads to, in LUFS; `None` in silence.
    pub lufs: Option<f64>,
    /// The loudness to hold the finished sound against, in LUFS: the goal, or what could be reached of it.
    pub aim: Option<f64>,
    /// Whether the goal is reached.
    pub outcome: Outcome,
    /// Passes through the limiter that it took.
    pub passes: usize,
}

/// Finds the setting that brings a mix to its goal.
///
/// `run` sends the whole mix through a [`super::Master`] of this setting and gives the loudness that comes out
/// (`None` in silence); it is called four times at most, and not at all where nothing touches the ceiling.
///
/// # Errors
/// The first error of `run`.
pub fn solve<E>(
    goal: &Goal,
    mix: &Measured,
    mut run: impl FnMut(Setting) -> Result<Option<f64>, E>,
) -> Result<Solved, E> {
    let ceiling = goal.ceiling();
    let Some(own) = mix.lufs else {
        let setting = Setting { gain: Decibels::UNITY, ceiling };
        return Ok(Solved { setting, lufs: None, aim: None, outcome: Outcome::Silent, passes: 0 });
    };
    let wanted = goal.lufs.unwrap_or(own);
    let gain = (wanted - own).min(MOST_GAIN);
    let touch = ceiling.0 - mix.true_peak.0;
    let (mut best, mut passes) = (Try { gain, lufs: own + gain }, 0);
    if gain > touch {
        let mut search = Search { own, wanted: own + gain, touch, tries: Vec::new() };
        while let Some(gain) = search.next() {
            let setting = Setting { gain: Decibels(gain), ceiling };
            let lufs = run(setting)?.unwrap_or(own);
            search.tries.push(Try { gain, lufs });
        }
        passes = search.tries.len();
        best = search.best().unwrap_or(best);
    }
    let outcome = if (best.lufs - wanted).abs() <= Goal::TOLERANCE {
        Outcome::Reached
    } else if wanted - own > MOST_GAIN {
        Outcome::TooSoft
    } else {
        Outcome::TooDynamic
    };
    let aim = if outcome == Outcome::Reached { wanted } else { best.lufs };
    let setting = Setting { gain: Decibels(best.gain), ceiling };
    Ok(Solved { setting, lufs: Some(best.lufs), aim: Some(aim), outcome, passes })
}

/// One pass: the gain that went in and the loudness that came out.
#[derive(Clone, Copy, Debug)]
struct Try {
    gain: f64,
    lufs: f64,
}

/// Loudness against gain rises one to one until the peaks touch the ceiling, and ever less from there.
struct Search {
    own: f64,
    wanted: f64,
    /// The gain at which the highest peak touches the ceiling.
    touch: f64,
    tries: Vec<Try>,
}

impl Search {
    /// The gain to try next; `None` when the last was near enough or there were enough.
    fn next(&self) -> Option<f64> {
        let Some(last) = self.tries.last().copied() else {
            return Some(self.wanted - self.own);
        };
        let loss = self.loss(last);
        let crushed = self.crushed();
        let full = crushed.is_some() && loss > MOST_LOST - LOSS_NEAR && last.lufs < self.wanted;
        let near = (last.lufs - self.wanted).abs() <= NEAR || full;
        if self.tries.len() >= PASSES || (near && loss <= MOST_LOST) {
            return None;
        }
        if loss > MOST_LOST {
            // It grows about with the square of the drive, and where it does not, a chord errs to the safe side.
            let share = (MOST_LOST - LOSS_NEAR / 2.0) / loss;
            let share = if self.tries.len() == 1 { share.sqrt() } else { share };
            return Some(self.touch + (last.gain - self.touch) * share);
        }
        let next = last.gain + (self.wanted - last.lufs) / self.slope(last);
        let most = crushed.map_or(MOST_GAIN, |gain| 0.5 * (last.gain + gain));
        Some(next.min(most).min(MOST_GAIN))
    }

    /// How much louder it gets for one decibel more.
    fn slope(&self, last: Try) -> f64 {
        let slope = |from: Try| (last.lufs - from.lufs) / (last.gain - from.gain);
        let slope = match self.tries.len().checked_sub(2).and_then(|before| self.tries.get(before)) {
            Some(before) => slope(*before),
            // Of a loss that grows with the square, the tangent falls twice as fast as the chord.
            None => 2.0 * slope(Try { gain: self.touch, lufs: self.own + self.touch }) - 1.0,
        };
        if slope.is_finite() { slope.clamp(0.3, 1.0) } else { 1.0 }
    }

    fn loss(&self, attempt: Try) -> f64 {
        self.own + attempt.gain - attempt.lufs
    }

    /// The least gain that took too much.
    fn crushed(&self) -> Option<f64> {
        let over = self.tries.iter().filter(|attempt| self.loss(**attempt) > MOST_LOST);
        over.map(|attempt| attempt.gain).min_by(f64::total_cmp)
    }

    /// The last try with the small step that is left; otherwise the one nearest to what is wanted that does not
    /// crush, and where all do, the one that crushes least.
    fn best(&self) -> Option<Try> {
        let last = self.tries.last().copied()?;
        let missing = self.wanted - last.lufs;
        if missing.abs() <= NEAR && self.loss(last) <= MOST_LOST {
            return Some(Try { gain: last.gain + missing / self.slope(last), lufs: self.wanted });
        }
        let off = |attempt: &Try| (attempt.lufs - self.wanted).abs();
        let clean = self.tries.iter().filter(|attempt| self.loss(**attempt) <= MOST_LOST);
        let nearest = clean.min_by(|a, b| off(a).total_cmp(&off(b)));
        nearest.or_else(|| self.tries.iter().min_by(|a, b| a.gain.total_cmp(&b.gain))).copied()
    }
}
