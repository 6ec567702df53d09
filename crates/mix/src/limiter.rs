//! A true-peak limiter that looks ahead: no wave, not even between samples, gets over the ceiling.

mod envelope;

use sound::{Decibels, Frame};

use crate::true_peak::{AFTER, BLOCK, Detector};
use envelope::{DELAY, Envelope};

/// The gain moves a little within the reach of the interpolation, which this allows for.
const MARGIN: Decibels = Decibels(-0.05);

/// Limits a stereo stream, both channels by the same gain.
///
/// Its delay is made up for: the frames come out in their own place, later.
pub(crate) struct Limiter {
    ceiling: f32,
    detector: Detector,
    envelope: Envelope,
    held: Vec<Frame>,
    given: usize,
    /// Steps of the envelope until the first frame comes out.
    ahead: usize,
}

impl Limiter {
    /// A limiter with this true peak at most.
    pub(crate) fn new(ceiling: Decibels) -> Limiter {
        Limiter {
            ceiling: (ceiling + MARGIN).gain() as f32,
            detector: Detector::new(),
            envelope: Envelope::new(),
            held: Vec::new(),
            given: 0,
            ahead: DELAY,
        }
    }

    /// Takes the next frames and appends those that are ready.
    pub(crate) fn push(&mut self, frames: &[Frame], out: &mut Vec<Frame>) {
        self.held.drain(..self.given);
        self.given = 0;
        self.held.extend_from_slice(frames);
        self.detector.push(frames);
        self.advance(out);
    }

    /// Appends the frames that are still held.
    pub(crate) fn finish(&mut self, out: &mut Vec<Frame>) {
        self.detector.push(&[[0.0; 2]; DELAY + AFTER + BLOCK]);
        self.advance(out);
    }

    /// The deepest reduction so far.
    pub(crate) fn deepest(&self) -> Decibels {
        Decibels::from_gain(self.envelope.lowest())
    }

    fn advance(&mut self, out: &mut Vec<Frame>) {
        while let Some(peaks) = self.detector.next(self.ceiling) {
            if self.envelope.idle() && peaks.iter().all(|peak| *peak <= self.ceiling) {
                self.envelope.skip(BLOCK);
                let late = self.ahead.min(BLOCK);
                self.ahead -= late;
                let until = (self.given + BLOCK - late).min(self.held.len());
                out.extend_from_slice(&self.held[self.given..until]);
                self.given = until;
                continue;
            }
            for peak in peaks {
                let gain = self.envelope.step(f64::from(self.ceiling) / f64::from(peak));
                if self.ahead > 0 {
                    self.ahead -= 1;
                } else if let Some(frame) = self.held.get(self.given) {
                    out.push([frame[0] * gain, frame[1] * gain]);
                    self.given += 1;
                }
            }
        }
    }
}
