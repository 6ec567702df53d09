//! Time, level and samples: the units every room speaks.

mod audio;
mod level;
mod loudness;
mod progress;
mod time;
mod waveform;

pub use audio::{Audio, Frame, SAMPLE_RATE};
pub use level::Decibels;
pub use loudness::Loudness;
pub use progress::{Cancelled, Portion, Progress, Silent};
pub use time::{Span, TICKS_PER_SECOND, Tempo, Time};
pub use waveform::{Peak, Waveform, Zoom};
