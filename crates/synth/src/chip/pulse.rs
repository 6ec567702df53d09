//! The pulse channel.

use super::channel::Edges;
use super::line::Tone;
use super::timer;

// One bit of every eighth of the period; 75 % is 25 % upside down and sounds the same.
const DUTY: [u8; 4] = [0b0000_0010, 0b0000_0110, 0b0001_1110, 0b1111_1001];

/// A pulse wave of 4-bit volume and one of four widths.
pub(super) struct Pulse {
    timer: u32,
    duty: usize,
    volume: u8,
    step: u8,
    left: u64,
}

impl Pulse {
    pub(super) fn new() -> Pulse {
        Pulse { timer: 253, duty: 2, volume: 0, step: 0, left: 1 }
    }

    fn output(&self) -> f64 {
        // timers below 8 are silenced by the chip
        let high = DUTY[self.duty & 3] >> self.step & 1 == 1 && self.timer >= 8;
        let level = if high { f64::from(self.volume) } else { 0.0 };
        // the mixer of the two pulses; this channel alone
        if level > 0.0 { 95.88 / (8128.0 / level + 100.0) } else { 0.0 }
    }
}

impl Tone for Pulse {
    const DIVIDER: f64 = 16.0;

    fn set(&mut self, hz: f64, off_by: i32, volume: u8, duty: u8) {
        let timer = timer(hz, Self::DIVIDER);
        // high up a single step is a quarter tone, and no longer a shimmer
        let off_by = if timer > 150 { off_by } else { 0 };
        self.timer = timer.saturating_add_signed(off_by).min(2047);
        self.volume = volume.min(15);
        self.duty = usize::from(duty);
    }

    fn run(&mut self, from: u64, to: u64, edges: &mut Edges) {
        edges.set(from, self.output());
        if self.volume == 0 {
            // silent: the sequencer may as well stand still
            return;
        }
        let mut at = from + self.left;
        while at < to {
            self.step = (self.step + 1) & 7;
            edges.set(at, self.output());
            at += 2 * u64::from(self.timer + 1);
        }
        self.left = at - to;
    }
}
