//! The limiter's gain: down in time before a peak, held over it, slowly back.
//!
//! Reductions are whole numbers, so running sums never drift and gain comes back to exactly one.

use std::collections::VecDeque;

/// A reduction of one: nothing passes.
const WHOLE: i64 = 1 << 30;
/// Two moving averages of 2.5 ms after one another shape the way down.
const BOX: usize = 120;
/// How far interpolation reaches from a peak on either side.
const REACH: usize = 6;
/// How many samples the gain knows ahead of the frame it is for: 5.1 ms.
pub(super) const DELAY: usize = 2 * BOX - 2 + REACH;
/// A reduction holds until the frames that its peak reaches have passed.
const HOLD: u64 = (DELAY + REACH + 1) as u64;
/// Time constants of the way back, in samples: 40 ms after a single peak, 250 ms where the gain was down for long,
/// as in a bass, whose wave a quick way back would shape. 80 ms of reduction are on the way to long.
const QUICK: i64 = 1920;
const SLOW: i64 = 12_000;
const LONG: i64 = 3840;

/// Turns the gains that single peaks ask for into one smooth gain, [`DELAY`] samples later.
pub(super) struct Envelope {
    at: u64,
    /// Reductions that still hold, each smaller than the one before it, with their samples.
    holding: VecDeque<(u64, i64)>,
    quick: i64,
    slow: i64,
    first: Average,
    second: Average,
    deepest: i64,
}

impl Envelope {
    pub(super) fn new() -> Envelope {
        let average = || Average { ring: vec![0; BOX], next: 0, sum: 0 };
        Envelope {
            at: 0,
            holding: VecDeque::new(),
            quick: 0,
            slow: 0,
            first: average(),
            second: average(),
            deepest: 0,
        }
    }

    /// Whether the gain is one and stays so until a peak asks for less.
    pub(super) fn idle(&self) -> bool {
        self.second.sum + self.first.sum + self.quick + self.slow == 0 && self.holding.is_empty()
    }

    /// Passes over so many samples without a peak; only while idle.
    pub(super) fn skip(&mut self, samples: usize) {
        self.at += samples as u64;
    }

    /// Takes the gain that the next sample's peak asks for, one and more being none; gives the gain of the sample
    /// [`DELAY`] before it.
    pub(super) fn step(&mut self, asked: f64) -> f32 {
        let reduction = if asked < 1.0 { ((1.0 - asked) * WHOLE as f64).ceil() as i64 } else { 0 };
        if reduction > 0 {
            while self.holding.back().is_some_and(|(_, held)| *held <= reduction) {
                self.holding.pop_back();
            }
            self.holding.push_back((self.at, reduction));
        }
        if self.holding.front().is_some_and(|(since, _)| since + HOLD <= self.at) {
            self.holding.pop_front();
        }
        let held = self.holding.front().map_or(0, |(_, held)| *held);
        self.quick = held.max(self.quick - self.quick / QUICK - 1).max(0);
        self.slow = if self.quick > self.slow {
            self.slow + (self.quick - self.slow) / LONG
        } else {
            (self.slow - self.slow / SLOW - 1).max(0)
        };
        self.at += 1;
        let sum = self.first.step(self.quick.max(self.slow));
        let sum = self.second.step(sum);
        self.deepest = self.deepest.max(sum);
        (1.0 - share(sum)) as f32
    }

    /// The lowest gain so far.
    pub(super) fn lowest(&self) -> f64 {
        1.0 - share(self.deepest)
    }
}

fn share(sum: i64) -> f64 {
    sum as f64 / (WHOLE * (BOX * BOX) as i64) as f64
}

/// A moving average, as a sum.
struct Average {
    ring: Vec<i64>,
    next: usize,
    sum: i64,
}

impl Average {
    fn step(&mut self, value: i64) -> i64 {
        let Some(oldest) = self.ring.get_mut(self.next) else {
            return self.sum;
        };
        self.sum += value - *oldest;
        *oldest = value;
        self.next = if self.next + 1 == BOX { 0 } else { self.next + 1 };
        self.sum
    }
}
