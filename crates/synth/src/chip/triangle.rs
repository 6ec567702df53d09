//! The triangle channel: a staircase of 32 steps without volume.

use super::edges::Edges;
use super::line::Tone;
use super::mixer;
use super::timer;
use super::voice::Sounding;

/// Clocks of one period for a timer of zero.
const DIVIDER: f64 = 32.0;

/// A triangle of sixteen levels, on or standing still.
pub(super) struct Triangle {
    /// 11 bits.
    pub(super) timer: u16,
    /// Whether it runs.
    pub(super) on: bool,
    step: u8,
    left: u64,
}

impl Triangle {
    pub(super) fn new() -> Triangle {
        Triangle { timer: 1000, on: false, step: 0, left: 1 }
    }

    /// The level of the staircase, 0 to 15.
    pub(super) fn level(&self) -> u8 {
        if self.step < 16 { 15 - self.step } else { self.step - 16 }
    }

    /// Runs and tells the level at every change; the timer goes on while the staircase stands.
    pub(super) fn run_with(&mut self, from: u64, to: u64, mut change: impl FnMut(u64, u8)) {
        let period = u64::from(self.timer) + 1;
        let mut at = from + self.left;
        if !self.on && at < to {
            at += (to - at).div_ceil(period) * period;
        }
        while at < to {
            self.step = (self.step + 1) & 31;
            change(at, self.level());
            at += period;
        }
        self.left = at - to;
    }
}

/// The timer of the triangle for a frequency in Hz, 11 bits.
pub(super) fn triangle_timer(hz: f64) -> u16 {
    timer(hz, DIVIDER)
}

impl Tone for Triangle {
    fn set(&mut self, wanted: Sounding) {
        self.timer = triangle_timer(wanted.hz());
        self.on = wanted.volume > 0;
    }

    fn run(&mut self, from: u64, to: u64, edges: &mut Edges) {
        self.run_with(from, to, |at, level| edges.set(at, mixer::triangle_and_noise(level, 0)));
    }
}
