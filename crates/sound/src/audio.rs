//! Samples: everything inside the program is 48 kHz stereo in 32-bit float.

use crate::Time;

/// Samples a second, everywhere inside the program.
pub const SAMPLE_RATE: u32 = 48_000;

/// One moment of stereo sound, left and right; full scale is -1 to 1, more is allowed until the limiter.
pub type Frame = [f32; 2];

/// A block of stereo sound at [`SAMPLE_RATE`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Audio {
    /// The frames in time order.
    pub frames: Vec<Frame>,
}

impl Audio {
    /// So many frames of silence.
    pub fn silence(frames: usize) -> Audio {
        Audio { frames: vec![[0.0; 2]; frames] }
    }

    /// How long it lasts.
    pub fn length(&self) -> Time {
        Time::from_samples(self.frames.len() as i64, SAMPLE_RATE)
    }

    /// The largest absolute sample value.
    pub fn peak(&self) -> f32 {
        self.frames.iter().flatten().fold(0.0, |peak, s| peak.max(s.abs()))
    }
}
