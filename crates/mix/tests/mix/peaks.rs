//! The limiter, judged by another crate's true-peak meter.

use ebur128::{EbuR128, Mode};
use mix::{Master, Setting};
use sound::{Decibels, Frame};

use super::sounds::{chance, draw, measured, noise, sine, syllables};

fn mastered(frames: &[Frame], gain: f64, ceiling: f64, mut block: impl FnMut() -> usize) -> Vec<Frame> {
    let mut master = Master::new(Setting { gain: Decibels(gain), ceiling: Decibels(ceiling) });
    let (mut out, mut rest) = (Vec::new(), frames);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(block().clamp(1, rest.len()));
        master.push(piece, &mut out);
        rest = after;
    }
    master.finish(&mut out);
    out
}

/// True peak in dBTP as the `ebur128` crate measures it.
fn true_peak(frames: &[Frame]) -> f64 {
    let mut gauge = EbuR128::new(2, 48_000, Mode::TRUE_PEAK).unwrap();
    gauge.add_frames_f32(frames.as_flattened()).unwrap();
    gauge.add_frames_f32(&[0.0; 200]).unwrap();
    20.0 * gauge.true_peak(0).unwrap().max(gauge.true_peak(1).unwrap()).log10()
}

fn square(seconds: f64, hz: f64) -> Vec<Frame> {
    sine(seconds, hz, 1.0, 0.1).into_iter().map(|f| f.map(f32::signum)).collect()
}

/// Silence with clicks and bursts.
fn bursts(seed: u64) -> Vec<Frame> {
    let mut chance = chance(seed);
    let mut frames = noise(2.0, 1.0, seed);
    let mut loud = 0.0f32;
    for (n, frame) in frames.iter_mut().enumerate() {
        if n % 700 == 0 {
            loud = [0.0, 0.1, 1.0, 3.0][(draw(&mut chance) * 3.99) as usize];
        }
        *frame = frame.map(|s| s * loud);
    }
    frames
}

fn cruel() -> Vec<(&'static str, Vec<Frame>)> {
    vec![
        ("noise", noise(2.0, 1.0, 1)),
        ("square at 100 Hz", square(1.0, 100.0)),
        ("square at 997 Hz", square(1.0, 997.0)),
        ("square at 11 kHz", square(1.0, 11_000.0)),
        ("sine between its samples", sine(1.0, 12_000.0, 1.0, std::f64::consts::FRAC_PI_4)),
        ("sine at 30 Hz", sine(1.0, 30.0, 1.0, 0.0)),
        ("sine at 17 kHz", sine(1.0, 17_321.0, 1.0, 0.0)),
        ("syllables", syllables(2.0, 1.0, 2)),
        ("bursts", bursts(3)),
        (
            "one click",
            vec![[0.0; 2]; 999].into_iter().chain([[1.0, -1.0]]).chain(vec![[0.0; 2]; 999]).collect(),
        ),
    ]
}

#[test]
fn nothing_gets_over_the_ceiling() {
    for (name, frames) in cruel() {
        for (gain, ceiling) in [(0.0, -1.0), (6.0, -1.5), (18.0, -1.0), (3.0, -6.0)] {
            let out = mastered(&frames, gain, ceiling, || 4096);
            assert_eq!(out.len(), frames.len(), "{name}");
            let peak = true_peak(&out);
            assert!(peak <= ceiling + 0.005, "{name} at {gain} dB: {peak} dBTP over {ceiling}");
        }
    }
}

#[test]
fn what_stays_below_the_ceiling_passes_bit_for_bit() {
    for (name, frames) in cruel() {
        let gain = -1.1 - true_peak(&frames);
        let softer = frames.iter().map(|f| f.map(|s| s * Decibels(gain).gain() as f32)).collect::<Vec<_>>();
        assert_eq!(mastered(&softer, 0.0, -1.0, || 4096), softer, "{name}");
    }
}

#[test]
fn the_gain_is_exact_again_after_a_peak() {
    let mut frames = sine(6.0, 300.0, 0.25, 0.0);
    frames[20_000] = [1.0; 2];
    let out = mastered(&frames, 0.0, -6.0, || 4096);
    assert_eq!(out[..19_000], frames[..19_000]);
    assert_eq!(out[250_000..], frames[250_000..]);
}

#[test]
fn blocks_leave_no_trace_in_the_master() {
    let frames = bursts(9);
    let whole = mastered(&frames, 3.0, -1.0, || usize::MAX);
    let mut chance = chance(4);
    assert_eq!(whole, mastered(&frames, 3.0, -1.0, || 1 + (draw(&mut chance) * 3000.0) as usize));
    assert_eq!(whole, mastered(&frames, 3.0, -1.0, || 7));
}

#[test]
fn short_and_empty_sounds_keep_their_length() {
    for count in [0, 1, 5, 16, 100, 243, 244, 300] {
        let frames = vec![[1.0; 2]; count];
        assert_eq!(mastered(&frames, 6.0, -1.0, || 64).len(), count);
    }
}

#[test]
fn the_meter_agrees_with_another() {
    for (name, frames) in cruel() {
        let own = measured(&frames).true_peak.0;
        assert!((own - true_peak(&frames)).abs() < 0.01, "{name}: {own} against {}", true_peak(&frames));
    }
}

#[test]
fn a_broken_sample_harms_nothing_else() {
    let mut frames = sine(1.0, 300.0, 0.25, 0.0);
    (frames[1000], frames[2000]) = ([f32::NAN; 2], [f32::INFINITY, 0.0]);
    let out = mastered(&frames, 0.0, -1.0, || 4096);
    assert!(out.iter().flatten().all(|s| s.is_finite()));
    assert_eq!(out[3000..], frames[3000..]);
}
