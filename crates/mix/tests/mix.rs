//! The mix room against sounds made for the purpose.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

#[path = "mix/carving.rs"]
mod carving;
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
