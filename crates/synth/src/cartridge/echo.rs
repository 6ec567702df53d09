//! The console's echo: a line of sixteen-millisecond steps, a filter of eight taps, and what it gives back into the line.

use std::collections::VecDeque;

use score::TempoMap;
use sound::{Frame, Time};

use super::RATE;
use super::rate::Rate;

/// Samples of the console in a step of the line, of which there are fifteen at most: 240 ms.
const STEP: usize = 512;
const STEPS: usize = 15;
/// Eight taps in 128ths, a round low-pass: each repeat is darker than the last.
const TAPS: [f32; 8] = [7.0, 16.0, 25.0, 32.0, 25.0, 16.0, 7.0, 0.0];
/// What is given back, in 128ths: 78 of them.
const FEEDBACK: f32 = 78.0 / 128.0;
const LEVEL: f32 = 0.6;
/// What the two changes of rate hold back at most, in frames.
const BEHIND: usize = 48;

/// One side.
struct Side {
    down: Rate,
    up: Rate,
    line: Vec<f32>,
    at: usize,
    past: [f32; TAPS.len()],
    coming: VecDeque<f32>,
    slow: Vec<f32>,
    fast: Vec<f32>,
}

impl Side {
    fn new(steps: usize) -> Side {
        Side {
            down: Rate::down(),
            up: Rate::up(),
            line: vec![0.0; steps * STEP],
            at: 0,
            past: [0.0; TAPS.len()],
            coming: std::iter::repeat_n(0.0, BEHIND).collect(),
            slow: Vec::new(),
            fast: Vec::new(),
        }
    }

    fn sample(&mut self, sent: f32) -> f32 {
        self.down.work(&[sent], &mut self.slow);
        for index in 0..self.slow.len() {
            let back = self.turn(self.slow[index]);
            self.up.work(&[back], &mut self.fast);
        }
        self.slow.clear();
        self.coming.extend(self.fast.drain(..));
        self.coming.pop_front().unwrap_or(0.0)
    }

    /// One sample of the console.
    fn turn(&mut self, sent: f32) -> f32 {
        self.past.rotate_right(1);
        self.past[0] = self.line[self.at];
        let back = self.past.iter().zip(TAPS).map(|(past, tap)| past * tap / 128.0).sum::<f32>();
        // the line lies in memory, with sixteen bits
        self.line[self.at] = crate::wave::rounded((sent + back * FEEDBACK) * 32_768.0) / 32_768.0;
        self.at = (self.at + 1) % self.line.len();
        back
    }
}

/// The echo.
pub(crate) struct Echo([Side; 2]);

impl Echo {
    /// With a line that comes nearest to a sixteenth at the middle of the music: a longer one leaves no room for samples.
    pub(crate) fn new(tempo: &TempoMap, length: Time) -> Echo {
        let seconds = 0.25 * tempo.tempo(length / 2).beat_seconds();
        let steps = ((seconds * RATE / STEP as f64).round() as usize).clamp(4, STEPS);
        Echo([Side::new(steps), Side::new(steps)])
    }

    /// Steps of its line.
    #[cfg(test)]
    pub(super) fn steps(&self) -> usize {
        self.0[0].line.len() / STEP
    }

    /// What comes back for a frame sent; sides stay apart.
    pub(crate) fn sample(&mut self, sent: Frame) -> Frame {
        let [left, right] = &mut self.0;
        [left.sample(sent[0]) * LEVEL, right.sample(sent[1]) * LEVEL]
    }
}
