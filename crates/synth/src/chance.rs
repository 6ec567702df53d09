//! Chance: streams of numbers that depend on nothing but the seed.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A generator for one purpose of one score; `stream` keeps purposes apart.
pub(crate) fn stream(seed: u64, stream: u64) -> ChaCha8Rng {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    chance.set_stream(stream);
    chance
}

/// White noise, fast enough to be drawn at every sample; its start comes from a seeded generator.
#[derive(Clone, Debug)]
pub(crate) struct Noise(u32);

impl Noise {
    /// Noise that starts where `chance` says.
    pub(crate) fn new(chance: &mut ChaCha8Rng) -> Noise {
        Noise(chance.next_u32() | 1)
    }

    /// The next value, -1 to 1, evenly spread.
    pub(crate) fn sample(&mut self) -> f32 {
        // xorshift32, Marsaglia 2003
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as i32 as f32 * (1.0 / 2_147_483_648.0)
    }

    /// The next value, 0 to 1.
    pub(crate) fn share(&mut self) -> f32 {
        self.sample() * 0.5 + 0.5
    }
}
