//! Time, level and samples: the units every room speaks.

mod audio;
mod level;
mod loudness;
mod progress;
mod side_by_side;
mod time;
mod waveform;

pub use audio::{Audio, Frame, SAMPLE_RATE};
pub use level::Decibels;
pub use loudness::Loudness;
pub use progress::{Cancelled, Portion, Progress, Silent};
pub use side_by_side::side_by_side;
pub use time::{Span, TICKS_PER_SECOND, Tempo, Time};
pub use waveform::{Peak, Waveform, Zoom};
