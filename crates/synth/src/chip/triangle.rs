//! The triangle channel: a staircase of 32 steps without volume.

use super::channel::Edges;
use super::line::Tone;
use super::timer;

/// A triangle of sixteen levels, on or standing still.
pub(super) struct Triangle {
    timer: u32,
    on: bool,
    step: u8,
    left: u64,
}

impl Triangle {
    pub(super) fn new() -> Triangle {
        // stands where the staircase is at its foot, so that the first note does not click
        Triangle { timer: 1000, on: false, step: 15, left: 1 }
    }

    /// The level of the staircase, 0 to 15.
    pub(super) fn level(&self) -> f64 {
        f64::from(if self.step < 16 { 15 - self.step } else { self.step - 16 })
    }

    /// Sets pitch and gate.
    pub(super) fn gate(&mut self, hz: f64, on: bool) {
        self.timer = timer(hz, Self::DIVIDER);
        self.on = on;
    }

    /// Runs and tells the level at every change.
    pub(super) fn run_with(&mut self, from: u64, to: u64, mut change: impl FnMut(u64, f64)) {
        if !self.on {
            return;
        }
        let mut at = from + self.left;
        while at < to {
            self.step = (self.step + 1) & 31;
            change(at, self.level());
            at += u64::from(self.timer + 1);
        }
        self.left = at - to;
    }
}

/// The mixer of triangle and noise, for levels 0 to 15.
pub(super) fn mixed(triangle: f64, noise: f64) -> f64 {
    let sum = triangle / 8227.0 + noise / 12_241.0;
    if sum > 0.0 { 159.79 / (1.0 / sum + 100.0) } else { 0.0 }
}

impl Tone for Triangle {
    const DIVIDER: f64 = 32.0;

    fn set(&mut self, hz: f64, _off_by: i32, volume: u8, _duty: u8) {
        self.gate(hz, volume > 0);
    }

    fn run(&mut self, from: u64, to: u64, edges: &mut Edges) {
        self.run_with(from, to, |at, level| edges.set(at, mixed(level, 0.0)));
    }
}
