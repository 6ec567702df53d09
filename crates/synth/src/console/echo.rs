//! An echo that goes from side to side, a dotted eighth apart.

use score::TempoMap;
use sound::{Frame, Time};

use crate::filter::OnePole;
use crate::wave::RATE;

/// What is left of a repeat in the next, before it grows darker.
const FEEDBACK: f32 = 0.65;
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
        self.lines[1][self.at] = a * FEEDBACK;
        self.at += 1;
        if self.at == self.lines[0].len() {
            self.at = 0;
        }
        back.map(|x| x * LEVEL)
    }
}

#[cfg(test)]
mod tests {
    use sound::Tempo;

    use super::*;
    use crate::meter;

    /// What comes back in three seconds of a tone of 50 ms.
    fn repeats(bpm: f64, hz: f32) -> Vec<Frame> {
        let tempo = TempoMap::even(Time::ZERO, Tempo::new(bpm));
        let mut echo = Echo::new(&tempo, Time::from_seconds(10.0));
        let mut sent = meter::stereo(&meter::sine(hz, 0.05));
        sent.resize(3 * RATE as usize, [0.0; 2]);
        sent.into_iter().map(|frame| echo.sample(frame)).collect()
    }

    /// The level of the nth repeat, from 1, on the side it comes from.
    fn level(frames: &[Frame], n: usize, delay: f32) -> f32 {
        let from = (n as f32 * delay * RATE) as usize;
        meter::rms(&meter::side(&frames[from..from + 2400], (n - 1) % 2))
    }

    #[test]
    fn repeats_come_a_dotted_eighth_apart_from_side_to_side() {
        for (bpm, delay) in [(120.0, 0.375), (90.0, 0.5), (40.0, 0.5625)] {
            let frames = repeats(bpm, 1000.0);
            for side in 0..2 {
                let first = frames.iter().position(|frame| frame[side].abs() > 0.01).unwrap();
                let wanted = (1 + side) as f32 * delay;
                assert!((first as f32 / RATE - wanted).abs() < 0.001, "{bpm}: {first}, not {wanted} s");
            }
            assert!(level(&frames, 1, delay) > 100.0 * meter::rms(&meter::side(&frames[..4800], 0)));
        }
    }

    #[test]
    fn each_repeat_is_softer_by_the_feedback_and_darker() {
        let (middle, high) = (repeats(120.0, 900.0), repeats(120.0, 7000.0));
        for n in 1..5 {
            let fallen = |frames: &[Frame]| level(frames, n + 1, 0.375) / level(frames, n, 0.375);
            let softer = fallen(&middle);
            assert!((softer - FEEDBACK).abs() < 0.06, "repeat {n} falls to {softer}");
            assert!(fallen(&high) < 0.6 * softer, "repeat {n} is not darker");
        }
    }
}
