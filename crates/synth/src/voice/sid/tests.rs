//! Sync and ring modulation, held to the spectra that theory gives.

use super::*;
use crate::meter;

const HELD: Adsr = Adsr { attack: 0.001, decay: 1.0, sustain: 1.0, release: 0.1 };

/// A fifth of a second of a steady pair.
fn sung(pair: &'static Pair, key: u8) -> Vec<f32> {
    let mut voice = Sid::new(pair, Stroke { at: 0, end: 96_000, key, velocity: 127 });
    let mut out = vec![[0.0; 2]; 14_400];
    voice.sing(&mut out);
    meter::side(&out[4800..], 0)
}

const fn steady(bond: Bond, ratio: f32) -> Pair {
    let still = (0.0, 5.0, 0.0);
    Pair {
        bond,
        ratio: (ratio, ratio, 1.0),
        corner: 18_000.0,
        quality: 0.707,
        envelope: HELD,
        vibrato: still,
    }
}

/// What lies away from the multiples of `hz`, in dB under the rest.
fn off(samples: &[f32], hz: f32) -> f32 {
    let (mut on, mut off) = (0.0, 0.0);
    for bin in 10..4000 {
        let at = bin as f32 * 5.0;
        let near = (at - hz * (at / hz).round()).abs() < 28.0;
        *(if near { &mut on } else { &mut off }) += meter::partial(samples, at).powi(2);
    }
    10.0 * (off / on).log10()
}

#[test]
fn a_synchronised_saw_has_the_pitch_of_the_key_and_the_colour_of_its_own() {
    static TORN: Pair = steady(Bond::Sync, 3.37);
    for key in [57, 88] {
        let samples = sung(&TORN, key);
        let hz = key_hz(f32::from(key));
        let alias = off(&samples, hz);
        println!("sync {key}: {alias:.1} dB off the harmonics");
        assert!(alias < -45.0, "{key}: {alias:.1}");
    }
    let samples = sung(&TORN, 57);
    let level = |harmonic: f32| meter::partial(&samples, 220.0 * harmonic);
    let loudest = (2..12).max_by(|a, b| level(*a as f32).total_cmp(&level(*b as f32))).unwrap();
    assert!((3..=4).contains(&loudest), "the formant lies at 3.37, not at {loudest}");
}

#[test]
fn ring_modulation_makes_sums_and_differences() {
    static BELL: Pair = steady(Bond::Ring, 2.5);
    let samples = sung(&BELL, 69);
    let level = |multiple: f32| meter::partial(&samples, 440.0 * multiple);
    // triangle (1, 1/9, ...) times square (1, 1/3, ...) at 2.5: 1.5 and 3.5, then 6.5 and 8.5 a third as strong
    let first = level(3.5);
    for (multiple, wanted) in [(1.5, 1.0), (6.5, 1.0 / 3.0), (8.5, 1.0 / 3.0), (5.5, 1.0 / 9.0)] {
        let ratio = level(multiple) / first;
        assert!((ratio / wanted - 1.0).abs() < 0.15, "{multiple}: {ratio}, not {wanted}");
    }
    assert!(level(1.0) < 0.01 * first, "the triangle by itself is gone");
    // of the other what the triangle's fifth harmonic brings back
    assert!(level(2.5) < 0.06 * first, "{}", level(2.5) / first);
    for key in [69, 91] {
        let alias = off(&sung(&BELL, key), key_hz(f32::from(key)) / 2.0);
        println!("ring {key}: {alias:.1} dB off the lines");
        assert!(alias < -45.0, "{key}: {alias:.1}");
    }
}
