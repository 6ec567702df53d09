//! Lays the music under the film's own sound.
//!
//! ```text
//! film, music -> Meter -> Measured \
//! Profile, Beds ------------------> Plan -> Mixer -> Master -> the finished sound -> Meter -> Verdict
//! ```

mod carve;
mod clearance;
mod duck;
mod goal;
mod level;
mod levelling;
mod limiter;
mod master;
mod meter;
mod mixer;
mod plan;
mod softening;
mod spectrum;
mod spots;
mod treatment;
mod true_peak;

pub use carve::Bell;
pub use clearance::Clearance;
pub use duck::Keyframe;
pub use goal::{Goal, Verdict};
pub use level::ALONE;
pub use levelling::Levelling;
pub use master::{Limited, Master, Outcome, Setting, Solved, solve};
pub use meter::{Measured, Meter};
pub use mixer::Mixer;
pub use plan::{Lane, Plan, Stretch};
pub use spectrum::{BANDS, Row, Spectrometer, Spectrum};
pub use spots::{Peaks, Spots};
