//! What a room is built of: rings that hold a sound back, and all-passes made of them.

use super::BLOCK;

/// One side of a block.
pub(super) type Run = [f32; BLOCK];

/// Samples in the order in which they were heard, the oldest at `at`.
pub(super) struct Ring {
    samples: Vec<f32>,
    at: usize,
}

impl Ring {
    pub(super) fn new(length: usize) -> Ring {
        Ring { samples: vec![0.0; length.max(1)], at: 0 }
    }

    /// Copies what was heard `behind` samples ago and after it.
    pub(super) fn read(&self, behind: usize, run: &mut [f32]) {
        let length = self.samples.len();
        let from = (self.at + length - behind) % length;
        let straight = run.len().min(length - from);
        let (now, later) = run.split_at_mut(straight);
        now.copy_from_slice(&self.samples[from..from + straight]);
        later.copy_from_slice(&self.samples[..later.len()]);
    }

    /// Copies the oldest samples.
    pub(super) fn oldest(&self, run: &mut [f32]) {
        self.read(self.samples.len(), run);
    }

    /// Hears these samples, no more than it holds, in place of the oldest.
    pub(super) fn write(&mut self, run: &[f32]) {
        let length = self.samples.len();
        let (now, later) = run.split_at(run.len().min(length - self.at));
        self.samples[self.at..self.at + now.len()].copy_from_slice(now);
        self.samples[..later.len()].copy_from_slice(later);
        self.at = (self.at + run.len()) % length;
    }
}

/// Spreads a sound in time and keeps its colour (an all-pass of Schroeder's).
pub(super) struct Diffuser {
    line: Ring,
}

impl Diffuser {
    pub(super) fn new(length: usize) -> Diffuser {
        Diffuser { line: Ring::new(length) }
    }

    pub(super) fn work(&mut self, run: &mut [f32]) {
        let mut back: Run = [0.0; BLOCK];
        let back = &mut back[..run.len()];
        self.line.oldest(back);
        let mut fed: Run = [0.0; BLOCK];
        let fed = &mut fed[..run.len()];
        for ((x, back), fed) in run.iter_mut().zip(back).zip(fed.iter_mut()) {
            *fed = *x - 0.62 * *back;
            *x = *back + 0.62 * *fed;
        }
        self.line.write(fed);
    }
}
