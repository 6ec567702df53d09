//! Lays the music under the film's own sound.
//!
//! ```text
//! film, music -> Meter -> Measured \
//! Profile, Beds ------------------> Plan -> Mixer -> Master -> the finished sound -> Meter -> Verdict
//! ```

mod clearance;
mod duck;
mod goal;
mod level;
mod limiter;
mod master;
mod meter;
mod mixer;
mod plan;
mod spots;
mod true_peak;

pub use clearance::Clearance;
pub use duck::Keyframe;
pub use goal::{Goal, Verdict};
pub use level::ALONE;
pub use master::{Limited, Master, Outcome, Setting, Solved, solve};
pub use meter::{Measured, Meter};
pub use mixer::Mixer;
pub use plan::{Lane, Plan};
pub use spots::{Peaks, Spots};
