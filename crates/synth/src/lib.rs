//! Plays a score: notes in, sound out, the same bytes for the same score.

mod cartridge;
mod chance;
mod chip;
mod console;
mod ensemble;
mod envelope;
mod fade;
mod filter;
mod finish;
mod font;
#[cfg(test)]
mod meter;
mod nsf;
mod performance;
mod player;
mod sampler;
mod schedule;
mod trim;
mod voice;
mod wave;

pub use chip::{NoiseState, PulseState, RegisterLog, Registers, TriangleState, played};
pub use font::{Font, FontError};
pub use nsf::{NsfError, nsf};
pub use performance::{Performance, Take, needs_font};
