//! The waves of the cartridge: added up from sines, with an attack that is brighter than the loop it leads to.
//!
//! Every partial makes a whole number of turns in the loop, so that it closes; a choir of detuned players is a bunch of such
//! partials side by side.

use std::f32::consts::TAU;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::RATE;
use super::brr;
use super::note::Sound;
use crate::chance::Noise;

/// What a wave is made of.
#[derive(Clone, Copy)]
pub(super) struct Wave {
    /// Samples of a period, and periods of the loop.
    pub(super) period: usize,
    pub(super) periods: usize,
    /// Samples before the loop, whole blocks.
    pub(super) attack: usize,
    /// The level of a harmonic, from 1.
    pub(super) level: fn(f32) -> f32,
    /// How much louder a harmonic is at the very start, in parts of its level for every one above the first.
    pub(super) bright: f32,
    /// How far the players are out of tune, in turns of the loop for the first harmonic.
    pub(super) spread: f32,
    /// Noise of breath or bow: in the loop, and at the start.
    pub(super) breath: (f32, f32),
    /// The highest harmonic.
    pub(super) harmonics: usize,
}

/// A sine of the loop.
struct Line {
    turns: usize,
    level: f32,
    phase: f32,
    /// How much louder it begins.
    bright: f32,
}

/// Lines to either side of a harmonic.
const BESIDE: isize = 3;

fn lines(wave: &Wave, chance: &mut Noise) -> Vec<Line> {
    let mut lines = Vec::new();
    for harmonic in 1..=wave.harmonics {
        let level = (wave.level)(harmonic as f32);
        let bright = wave.bright * (harmonic - 1) as f32;
        let spread = wave.spread * (harmonic as f32).sqrt();
        let beside = if wave.spread > 0.0 { BESIDE } else { 0 };
        let weight =
            |off: isize| if spread > 0.0 { (-0.5 * (off as f32 / spread).powi(2)).exp() } else { 1.0 };
        let energy: f32 = (-beside..=beside).map(|off| weight(off).powi(2)).sum();
        for off in -beside..=beside {
            let turns = (harmonic * wave.periods).saturating_add_signed(off);
            let level = level * weight(off) / energy.sqrt();
            lines.push(Line { turns, level, phase: chance.share(), bright });
        }
    }
    lines
}

/// Breath that closes with the loop: a sine on every fourth turn, from the first harmonic up.
fn breath(wave: &Wave, chance: &mut Noise) -> Vec<Line> {
    if wave.breath.0 <= 0.0 {
        return Vec::new();
    }
    let most = wave.periods * wave.period * 3 / 8;
    let turns = (wave.periods..most).step_by(4);
    let level = wave.breath.0 * (2.0 / turns.len() as f32).sqrt();
    turns.map(|turns| Line { turns, level, phase: chance.share(), bright: 0.0 }).collect()
}

/// Taps of the filter behind the four bits.
const TAPS: usize = 128;

/// Takes from samples what is above `corner`, in turns a sample, without moving them. The loop from `again` on, which comes
/// twice, closes.
fn softened(samples: &[f32], again: usize, corner: f32) -> Vec<f32> {
    let taps: Vec<f32> = (0..TAPS)
        .map(|tap| {
            let angle = TAU * corner * (tap as f32 + 0.5);
            let place = std::f32::consts::PI * (tap as f32 + 0.5) / TAPS as f32;
            angle.sin() / angle * (0.42 + 0.5 * place.cos() + 0.08 * (2.0 * place).cos())
        })
        .collect();
    let sum = 2.0 * taps.iter().sum::<f32>();
    let count = samples.len() as isize;
    let lap = count - again as isize;
    let at = |index: isize| match index {
        ..0 => 0.0,
        _ if index < count => samples[index as usize],
        _ => samples[(again as isize + (index - again as isize) % lap) as usize],
    };
    // a pair of taps for every distance, half a sample off
    let weigh = |(tap, weight): (usize, &f32), index: isize| {
        weight * (at(index + 1 + tap as isize) + at(index - tap as isize))
    };
    (0..count)
        .map(|index| taps.iter().enumerate().map(|pair| weigh(pair, index)).sum::<f32>() / sum)
        .collect()
}

/// A wave as the console has it after its four bits, for keys up to `top` Hz.
///
/// What the four bits leave above half the console's rate at that key is taken out: a console folds it back.
pub(super) fn sound(wave: &Wave, top: f32, seed: u64) -> Sound {
    let mut chance = Noise::new(&mut ChaCha8Rng::seed_from_u64(seed));
    let length = wave.period * wave.periods;
    let mut parts = lines(wave, &mut chance);
    parts.extend(breath(wave, &mut chance));
    let mut samples = vec![0.0f32; wave.attack + length];
    // to a thousandth where the loop begins
    let fall = if wave.attack > 0 { (-6.9 / wave.attack as f32).exp() } else { 0.0 };
    for line in &parts {
        let mut more = if wave.attack > 0 { line.bright } else { 0.0 };
        for (at, sample) in samples.iter_mut().enumerate() {
            let turn = (at * line.turns % length) as f32 / length as f32;
            *sample += line.level * (1.0 + more) * (TAU * (turn + line.phase)).sin();
            more = if at < wave.attack { more * fall } else { 0.0 };
        }
    }
    let mut noise = wave.breath.1;
    for sample in &mut samples[..wave.attack] {
        *sample += noise * chance.sample();
        noise *= fall;
    }
    let most = samples.iter().fold(1e-6f32, |most, x| most.max(x.abs()));
    samples.iter_mut().for_each(|x| *x *= 0.9 / most);
    let squeezed = brr::squeezed(&samples, Some(wave.attack));
    let twice = [&squeezed[..], &squeezed[wave.attack..]].concat();
    let again = wave.attack + length;
    let (needed, room) =
        (wave.harmonics as f32 / wave.period as f32, RATE as f32 / 2.0 / (top * wave.period as f32));
    let samples = if room < 0.5 { softened(&twice, again, 0.5 * (needed + room)) } else { twice };
    Sound {
        samples,
        again: Some(again),
        root: RATE / wave.period as f64,
        #[cfg(test)]
        bytes: brr::bytes(squeezed.len()),
    }
}
