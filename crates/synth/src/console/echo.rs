//! An echo that goes from side to side, a dotted eighth apart.

use score::TempoMap;
use sound::{Frame, Time};

use crate::filter::OnePole;
use crate::wave::RATE;

const FEEDBACK: f32 = 0.42;
const LEVEL: f32 = 0.5;

/// The echo.
pub(crate) struct Echo {
    lines: [Vec<f32>; 2],
    at: usize,
    low: [OnePole; 2],
    high: [OnePole; 2],
}

impl Echo {
    /// With the time of a dotted eighth at the middle of the music, kept between 80 ms and 0.9 s.
    pub(crate) fn new(tempo: &TempoMap, length: Time) -> Echo {
        let beat = tempo.tempo(length / 2).beat_seconds() as f32;
        let mut seconds = 0.75 * beat;
        while seconds > 0.9 {
            seconds *= 0.5;
        }
        let samples = (seconds.max(0.08) * RATE) as usize;
        Echo {
            lines: [vec![0.0; samples], vec![0.0; samples]],
            at: 0,
            low: [OnePole::new(3800.0); 2],
            high: [OnePole::new(220.0); 2],
        }
    }

    /// What comes back for a frame sent.
    #[inline]
    pub(crate) fn sample(&mut self, sent: Frame) -> Frame {
        let back = [self.lines[0][self.at], self.lines[1][self.at]];
        let [a, b] = [0, 1].map(|side: usize| self.high[side].high(self.low[side].low(back[side])));
        // the middle enters left, and every return changes its side
        self.lines[0][self.at] = 0.7 * (sent[0] + sent[1]) + b * FEEDBACK;
        self.lines[1][self.at] = a;
        self.at = (self.at + 1) % self.lines[0].len();
        [back[0] * LEVEL, back[1] * LEVEL * 0.9]
    }
}
