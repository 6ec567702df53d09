//! The end of the music: how the whole fades to nothing.

use score::Score;
use sound::{Frame, SAMPLE_RATE};

/// The last 10 ms, in frames.
const CLOSING: u64 = 480;

/// The end of the music.
pub(crate) struct Fade {
    length: u64,
    fade: u64,
}

impl Fade {
    pub(crate) fn new(score: &Score) -> Fade {
        let length = score.length.samples(SAMPLE_RATE).max(0) as u64;
        // what ends does not end in a step; a loop does not end
        let wanted = score.fade_out.samples(SAMPLE_RATE).max(0) as u64;
        let fade = if wanted == 0 { 0 } else { wanted.clamp(CLOSING.min(length), length.max(1)) };
        Fade { length, fade }
    }

    /// Frames of the whole music.
    pub(crate) fn frames(&self) -> u64 {
        self.length
    }

    /// The gain of a frame: half a cosine from one to nothing.
    pub(crate) fn at(&self, frame: u64) -> f32 {
        let left = self.length.saturating_sub(frame + 1);
        if left >= self.fade {
            return 1.0;
        }
        let share = left as f64 / self.fade as f64;
        (0.5 - 0.5 * (std::f64::consts::PI * share).cos()) as f32
    }

    /// The gains of the next `count` frames.
    pub(crate) fn gains(&self, start: u64, count: usize) -> Vec<f32> {
        (start..start + count as u64).map(|frame| self.at(frame)).collect()
    }

    /// What has memory is brought to nothing in its last 10 ms.
    pub(crate) fn close(&self, start: u64, music: &mut [Frame]) {
        if self.fade == 0 {
            return;
        }
        for (at, frame) in (start..).zip(music) {
            let left = self.length.saturating_sub(at + 1);
            if left < CLOSING {
                *frame = frame.map(|v| v * (left as f32 / CLOSING as f32));
            }
        }
    }
}
