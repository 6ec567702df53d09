//! Runs a channel in the chip's own time and hands out its sound at our rate, band-limited.

use sound::{Frame, SAMPLE_RATE};

use super::edges::{Edges, SLICE};
use super::{CLOCK, FRAME};
use crate::player::Player;
use crate::schedule::{Expression, Stroke};

/// What makes sound in a channel and what drives it.
pub(super) trait Driver: Send {
    /// Its clock in Hz.
    const CLOCK: f64 = CLOCK;
    /// Clocks between two steps of its macros.
    const FRAME: u64 = FRAME;
    /// A key goes down.
    fn on(&mut self, note: Stroke);
    /// A key is let go.
    fn off(&mut self, note: Stroke);
    /// The next step of the macros; `expression` is 0 to 1.
    fn step(&mut self, expression: f32);
    /// Runs from one clock of the slice to another.
    fn run(&mut self, from: u64, to: u64, edges: &mut Edges);
}

/// A part on a channel.
pub(super) struct Channel<D> {
    driver: D,
    edges: Edges,
    notes: Vec<Stroke>,
    next: usize,
    held: Vec<Stroke>,
    expression: Expression,
    gain: f32,
    clock: u64,
    step_at: u64,
}

impl<D: Driver> Channel<D> {
    pub(super) fn new(driver: D, notes: Vec<Stroke>, expression: Expression, gain: f32) -> Channel<D> {
        Channel {
            driver,
            edges: Edges::new(D::CLOCK),
            notes,
            next: 0,
            held: Vec::new(),
            expression,
            gain,
            clock: 0,
            step_at: 0,
        }
    }

    fn clock_of(sample: u64) -> u64 {
        (sample as f64 * D::CLOCK / f64::from(SAMPLE_RATE)) as u64
    }

    /// Lets go and strikes what is due; a struck key starts a new picture, so that music is not late by half of one.
    fn keys(&mut self) {
        let clock = self.clock;
        let driver = &mut self.driver;
        self.held.retain(|note| {
            let over = Self::clock_of(note.end) <= clock;
            if over {
                driver.off(*note);
            }
            !over
        });
        while let Some(&note) = self.notes.get(self.next).filter(|note| Self::clock_of(note.at) <= clock) {
            self.driver.on(note);
            self.held.push(note);
            self.next += 1;
            self.step_at = clock;
        }
        if self.step_at <= clock {
            let sample = (clock as f64 / D::CLOCK * f64::from(SAMPLE_RATE)) as u64;
            self.driver.step(self.expression.at(sample));
            self.step_at = clock + D::FRAME;
        }
    }

    fn run(&mut self, clocks: u64) {
        let (start, end) = (self.clock, self.clock + clocks);
        while self.clock < end {
            self.keys();
            let on = self.notes.get(self.next).map_or(end, |note| Self::clock_of(note.at));
            let off = self.held.iter().map(|note| Self::clock_of(note.end)).min().unwrap_or(end);
            let border = on.min(off).min(self.step_at).clamp(self.clock + 1, end);
            self.driver.run(self.clock - start, border - start, &mut self.edges);
            self.clock = border;
        }
    }
}

impl<D: Driver> Player for Channel<D> {
    fn play(&mut self, out: &mut [Frame]) {
        for slice in out.chunks_mut(SLICE) {
            let clocks = self.edges.clocks(slice.len());
            self.run(clocks);
            self.edges.read(clocks, slice.len(), self.gain, |at, value| {
                slice[at][0] += value;
                slice[at][1] += value;
            });
        }
    }
}
