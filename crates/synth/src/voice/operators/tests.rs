//! Four operators against what their mathematics says.

use super::*;

const STILL: Slopes = Slopes { attack: 0.001, decay: 9.0, sustain: 1.0, fade: f32::INFINITY, release: 0.1 };

/// The middle second of a note at key 81 (880 Hz), full velocity.
fn sung(program: &'static Program) -> Vec<f32> {
    let mut voice = Fm4::new(program, Stroke { at: 0, end: 96_000, key: 81, velocity: 127 });
    let mut out = vec![[0.0; 2]; 60_000];
    voice.sing(&mut out);
    out[12_000..].iter().map(|frame| frame[0]).collect()
}

/// The size of a partial in Hz, of a whole second.
fn partial(values: &[f32], hz: f64) -> f64 {
    let (mut re, mut im) = (0.0, 0.0);
    for (at, value) in values.iter().enumerate() {
        let angle = std::f64::consts::TAU * hz * at as f64 / 48_000.0;
        re += f64::from(*value) * angle.cos();
        im += f64::from(*value) * angle.sin();
    }
    2.0 * (re * re + im * im).sqrt() / values.len() as f64
}

const fn still(multiple: f32, under: f32) -> Operator {
    Operator { multiple, detune: 0.0, under, slopes: STILL }
}

const fn of(algorithm: usize, operators: [Operator; 4]) -> Program {
    let (vibrato, scoop) = ((0.0, 6.0, 0.0), (0.0, 0.9));
    Program { algorithm, feedback: 0, operators, vibrato, scoop, quicken: 1.0, touch: 0.0 }
}

const OFF: f32 = 200.0;

#[test]
fn sidebands_are_bessel_functions() {
    // two periods of four turned by 36.12 dB less are an index of 0.393 radians: J0 is 0.962, J1 0.193, J2 0.019
    static PAIR: Program = of(4, [still(1.0, 36.12), still(3.0, 0.0), still(1.0, OFF), still(1.0, OFF)]);
    let values = sung(&PAIR);
    let carrier = partial(&values, 2640.0);
    assert!((carrier - 0.5 * 0.962).abs() < 2e-3, "{carrier}");
    for (hz, bessel) in [(1760.0, 0.193), (3520.0, 0.193), (880.0, 0.019), (4400.0, 0.019)] {
        let ratio = partial(&values, hz) / (2.0 * carrier) * 2.0 * 0.962;
        assert!((ratio - bessel).abs() < 3e-3, "{hz}: {ratio}");
    }
}

#[test]
fn four_side_by_side_only_add_up() {
    static ORGAN: Program = of(7, [still(1.0, 0.0), still(2.0, 0.0), still(4.0, 0.0), still(8.0, 0.0)]);
    let values = sung(&ORGAN);
    for hz in [880.0, 1760.0, 3520.0, 7040.0] {
        assert!((partial(&values, hz) - 0.25).abs() < 2e-3, "{hz}");
    }
    assert!(partial(&values, 2640.0) < 1e-3);
}

#[test]
fn feedback_makes_a_sine_a_saw() {
    static FED: Program = Program {
        feedback: 3,
        ..of(7, [still(1.0, 0.0), still(1.0, OFF), still(1.0, OFF), still(1.0, OFF)])
    };
    let values = sung(&FED);
    let falls: Vec<f64> = (1..6).map(|harmonic| partial(&values, 880.0 * f64::from(harmonic))).collect();
    assert!(falls.windows(2).all(|pair| pair[1] < pair[0] && pair[1] > 0.3 * pair[0]), "{falls:?}");
}

#[test]
fn what_no_sideband_explains_is_45_db_below() {
    // every instrument but the bass at the top of its keys; what is out of tune and what slides is left out
    for instrument in [
        score::Instrument::FmLead,
        score::Instrument::FmBrass,
        score::Instrument::FmKeys,
        score::Instrument::FmBell,
    ] {
        let key = *instrument.register().end();
        let mut voice = Fm4::new(program(instrument), Stroke { at: 0, end: 96_000, key, velocity: 127 });
        let hz = f64::from(key_hz(f32::from(key)));
        voice.scooped = 0.0;
        for (own, written) in voice.operators.iter_mut().zip(&program(instrument).operators) {
            own.step = hz as f32 * written.multiple / (RATE * FINER as f32);
        }
        let mut out = vec![[0.0; 2]; 6048];
        voice.sing(&mut out);
        let values: Vec<f32> = out[4000..].iter().map(|frame| frame[0]).collect();
        let (mut on, mut off) = (0.0, 0.0);
        let bin = 48_000.0 / values.len() as f64;
        for at in 4..values.len() / 2 {
            let power = windowed(&values, at as f64 * bin).powi(2);
            // operators at half multiples make partials at halves
            let distance = (at as f64 * bin / (hz / 2.0)).fract();
            let near = distance.min(1.0 - distance) * hz / 2.0 < 6.0 * bin;
            *(if near { &mut on } else { &mut off }) += power;
        }
        let below = 10.0 * f64::log10(off / on);
        println!("{instrument:?} {below:.1} dB");
        assert!(below < -45.0, "{instrument:?}: {below:.1} dB");
    }
}

fn windowed(values: &[f32], hz: f64) -> f64 {
    let count = values.len() as f64;
    let (mut re, mut im) = (0.0, 0.0);
    for (at, value) in values.iter().enumerate() {
        let place = std::f64::consts::TAU * at as f64 / count;
        let window = 0.42 - 0.5 * place.cos() + 0.08 * (2.0 * place).cos();
        let angle = std::f64::consts::TAU * hz * at as f64 / 48_000.0;
        re += f64::from(*value) * window * angle.cos();
        im += f64::from(*value) * window * angle.sin();
    }
    re.hypot(im)
}
