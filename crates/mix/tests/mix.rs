//! The mix room against sounds made for the purpose.

#[path = "mix/ducking.rs"]
mod ducking;
#[path = "mix/loudness.rs"]
mod loudness;
#[path = "mix/peaks.rs"]
mod peaks;
#[path = "mix/sounds.rs"]
mod sounds;
#[path = "mix/summing.rs"]
mod summing;
