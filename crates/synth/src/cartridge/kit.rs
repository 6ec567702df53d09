//! The drums of the cartridge: our own, played once and kept at sixteen kilohertz.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use score::{Instrument, drum};

use super::brr;
use super::note::Sound;
use super::rate::Rate;
use crate::schedule::Stroke;
use crate::voice;

/// Samples of ours that a drum is kept for: cymbals longer than skins, for memory is dear.
fn length(key: u8) -> usize {
    match key {
        drum::CRASH => 28_800,
        drum::RIDE => 19_200,
        drum::OPEN_HAT => 14_400,
        drum::CLOSED_HAT | drum::RIM | drum::SHAKER | drum::CLAVES | drum::TAMBOURINE => 5400,
        _ => 11_000,
    }
}

/// Samples of ours for which a drum sounds.
pub(super) fn ring(key: u8) -> u64 {
    length(key) as u64
}

/// A drum; the same for every piece, as what a cartridge holds.
pub(super) fn sound(key: u8) -> Sound {
    let mut chance = ChaCha8Rng::seed_from_u64(u64::from(key));
    let stroke = Stroke { at: 0, end: u64::MAX, key, velocity: 127 };
    let mut hit = voice::start(Instrument::StandardKit, stroke, &mut chance);
    let mut frames = vec![[0.0; 2]; length(key)];
    hit.sing(&mut frames);
    let count = frames.len() as f32;
    let whole: Vec<f32> = frames.iter().map(|frame| 0.5 * (frame[0] + frame[1])).collect();
    let mut slower = Vec::new();
    Rate::down().work(&whole, &mut slower);
    // every other sample of 32 kHz, softened by the mean of both; the end fades
    let halved: Vec<f32> = slower.chunks_exact(2).map(|pair| 0.5 * (pair[0] + pair[1])).collect();
    let most = halved.iter().fold(1e-3f32, |most, x| most.max(x.abs()));
    let samples: Vec<f32> = halved
        .iter()
        .enumerate()
        .map(|(at, x)| x * 0.9 / most * (4.0 * (1.0 - 3.0 * at as f32 / count)).clamp(0.0, 1.0))
        .collect();
    // the pitch of a drum is read as 500 Hz of 32 kHz
    let samples = brr::squeezed(&samples, None);
    Sound {
        #[cfg(test)]
        bytes: brr::bytes(samples.len()),
        samples,
        again: None,
        root: 1000.0,
    }
}

/// How loud a drum of full velocity is, beside the others.
pub(super) fn level(key: u8) -> f32 {
    match key {
        35 | drum::KICK => 1.0,
        drum::SNARE | 40 | drum::CLAP => 0.75,
        drum::CRASH => 0.5,
        drum::CLOSED_HAT | 44 | drum::OPEN_HAT | drum::RIDE | drum::SHAKER | drum::TAMBOURINE => 0.32,
        drum::RIM | drum::CLAVES => 0.4,
        _ => 0.6,
    }
}
