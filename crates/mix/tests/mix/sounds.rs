//! Sounds, films and beds to test with.

use std::f64::consts::TAU;

use footage::{Curve, Feeling, Profile};
use mix::{Measured, Meter};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sound::{Frame, SAMPLE_RATE, Span, Time};
use timeline::{Bed, Duck, Music};

pub(crate) fn chance(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// A number from 0 to 1.
pub(crate) fn draw(chance: &mut ChaCha8Rng) -> f64 {
    f64::from(chance.next_u32()) / f64::from(u32::MAX)
}

pub(crate) fn noise(seconds: f64, peak: f64, seed: u64) -> Vec<Frame> {
    let mut chance = chance(seed);
    let mut sample = move || (peak * (2.0 * draw(&mut chance) - 1.0)) as f32;
    (0..(seconds * f64::from(SAMPLE_RATE)) as usize).map(|_| [sample(), sample()]).collect()
}

pub(crate) fn sine(seconds: f64, hz: f64, peak: f64, phase: f64) -> Vec<Frame> {
    let wave = |n: usize| (peak * (TAU * hz * n as f64 / f64::from(SAMPLE_RATE) + phase).sin()) as f32;
    (0..(seconds * f64::from(SAMPLE_RATE)) as usize).map(|n| [wave(n); 2]).collect()
}

/// Noise in syllables with loud onsets, as far from its loudness to its peaks as speech is.
pub(crate) fn syllables(seconds: f64, peak: f64, seed: u64) -> Vec<Frame> {
    let mut frames = noise(seconds, peak, seed);
    for (n, frame) in frames.iter_mut().enumerate() {
        let since = (n % 12_000) as f64 / f64::from(SAMPLE_RATE);
        let shape = ((-since / 0.05).exp() + 0.15 * (-since / 0.2).exp()) as f32 / 1.15;
        *frame = frame.map(|sample| sample * shape);
    }
    frames
}

pub(crate) fn measured(frames: &[Frame]) -> Measured {
    let mut meter = Meter::new();
    meter.add(frames);
    meter.finish()
}

/// What music of one loudness measures.
pub(crate) fn steady(seconds: f64, lufs: f64) -> Measured {
    let mut measured = measured(&[]);
    measured.length = Time::from_seconds(seconds);
    measured.lufs = Some(lufs);
    measured.loudness.values = vec![lufs as f32; (seconds * 10.0) as usize];
    measured
}

/// A film whose talk is as loud as the whole.
pub(crate) fn film(seconds: f64, lufs: Option<f64>, speech: &[(f64, f64)]) -> Profile {
    let curve = |value: f64| Curve {
        step: Time::from_ratio(1, 10),
        values: vec![value as f32; (seconds * 10.0) as usize],
    };
    Profile {
        length: Time::from_seconds(seconds),
        cuts: Vec::new(),
        sections: Vec::new(),
        motion: Curve::default(),
        brightness: Curve::default(),
        loudness: curve(lufs.unwrap_or(-70.0)),
        energy: Curve::default(),
        speech: speech.iter().map(|(start, end)| Span::seconds(*start, *end)).collect(),
        film_loudness: lufs,
        speech_loudness: lufs.filter(|_| !speech.is_empty()),
        has_music: false,
        feeling: Feeling::default(),
        ..Profile::default()
    }
}

pub(crate) fn bed(start: f64, end: f64, level_pct: f64, duck: Duck) -> Bed {
    Bed {
        id: 1,
        name: "Lo-fi".into(),
        music: Music::Composed(Box::default()),
        span: Span::seconds(start, end),
        level_pct,
        duck,
        fade_in: Time::ZERO,
        fade_out: Time::ZERO,
        rides: Vec::new(),
        locked: false,
    }
}
