//! Chance, drawn from the brief's seed alone.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of chance. Streams of other names are independent, so a new decision in one room changes no other.
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream `name` of a seed.
    pub(crate) fn new(seed: u64, name: &str) -> Chance {
        // FNV-1a spreads the name over the bits; the cipher does the rest.
        let spread = name
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
        Chance(ChaCha8Rng::seed_from_u64(seed ^ spread))
    }

    /// From 0 up to but not including 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Whether something of this probability happens.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number below `bound`, which must not be zero; 0 if it is.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.unit() * bound as f64) as usize
    }

    /// One of the items; `None` of none.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// One of the items, more often the heavier ones; `None` of none.
    pub(crate) fn weighted<'a, T>(&mut self, items: &'a [T], weight: impl Fn(&T) -> f64) -> Option<&'a T> {
        let total: f64 = items.iter().map(|item| weight(item).max(0.0)).sum();
        let mut left = self.unit() * total;
        items.iter().find(|item| {
            left -= weight(item).max(0.0);
            left < 0.0
        })
    }

    /// Normal with mean 0 and deviation 1, cut off at 2.5: players are late or early, never lost.
    pub(crate) fn normal(&mut self) -> f64 {
        let (u, v) = (self.unit().max(1e-12), self.unit());
        ((-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()).clamp(-2.5, 2.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_itself_and_streams_differ() {
        let draw = |seed, name| Chance::new(seed, name).unit();
        assert_eq!(draw(7, "melody"), draw(7, "melody"));
        assert_ne!(draw(7, "melody"), draw(8, "melody"));
        assert_ne!(draw(7, "melody"), draw(7, "bass"));
    }
}
