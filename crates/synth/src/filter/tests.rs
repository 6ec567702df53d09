//! Filters by what they let through.

use super::*;
use crate::meter;

/// Gain in dB of a filter for a sine of `hz`, once it has settled.
fn gain_at(hz: f32, mut filter: impl FnMut(f32) -> f32) -> f32 {
    let heard: Vec<f32> = meter::sine(hz, 1.0).iter().map(|&x| filter(x)).collect();
    meter::db(meter::rms(&heard[24_000..]) / std::f32::consts::FRAC_1_SQRT_2)
}

#[track_caller]
fn near(found: f32, wanted: f32, by: f32) {
    assert!((found - wanted).abs() < by, "{found:.2} dB, not {wanted}");
}

/// The same of a biquad.
fn biquad_at(filter: Biquad, hz: f32) -> f32 {
    let mut filter = filter;
    gain_at(hz, |x| filter.sample(x))
}

#[test]
fn shelves_lift_their_side_only() {
    near(biquad_at(Biquad::low_shelf(300.0, 4.0), 40.0), 4.0, 0.3);
    near(biquad_at(Biquad::low_shelf(300.0, 4.0), 6000.0), 0.0, 0.3);
    near(biquad_at(Biquad::high_shelf(3000.0, -6.0), 16_000.0), -6.0, 0.4);
    near(biquad_at(Biquad::high_shelf(3000.0, -6.0), 200.0), 0.0, 0.3);
}

#[test]
fn a_bell_lifts_its_middle_and_nothing_three_octaves_away() {
    let bell = Biquad::bell(500.0, 1.0, -6.0);
    near(biquad_at(bell, 500.0), -6.0, 0.1);
    near(biquad_at(bell, 62.5), 0.0, 0.3);
    near(biquad_at(bell, 4000.0), 0.0, 0.3);
}

#[test]
fn a_low_pass_falls_twelve_decibels_an_octave_and_may_have_a_peak() {
    for (hz, wanted) in [(100.0, 0.0), (1000.0, -3.0), (2000.0, -12.4), (4000.0, -24.5)] {
        near(biquad_at(Biquad::low_pass(1000.0, 0.707), hz), wanted, 0.3);
    }
    near(biquad_at(Biquad::low_pass(1000.0, 4.0), 1000.0), 12.0, 0.3);
    near(biquad_at(Biquad::OPEN, 1000.0), 0.0, 0.01);
}

#[test]
fn a_low_cut_falls_twelve_decibels_an_octave() {
    for (hz, wanted) in [(800.0, 0.0), (100.0, -3.0), (50.0, -12.3), (25.0, -24.1)] {
        near(biquad_at(Biquad::low_cut(100.0), hz), wanted, 0.3);
    }
}

#[test]
fn a_pair_is_the_filter_of_each_side() {
    let mut alone = [Biquad::bell(700.0, 1.2, 5.0); 2];
    let mut pair = Pair::new(alone[0]);
    for i in 0..1000 {
        let x = [(i as f32 * 0.11).sin(), if i % 97 == 0 { 1.0 } else { 0.0 }];
        assert_eq!(pair.frame(x), [alone[0].sample(x[0]), alone[1].sample(x[1])], "{i}");
    }
}

#[test]
fn one_pole_falls_six_decibels_an_octave() {
    let mut filter = OnePole::new(300.0);
    near(gain_at(300.0, |x| filter.low(x)), -3.0, 0.2);
    near(gain_at(2400.0, |x| filter.low(x)), -18.0, 0.4);
    near(gain_at(37.5, |x| filter.high(x)), -18.0, 0.4);
}

#[test]
fn the_low_pass_falls_twelve_decibels_an_octave() {
    let mut filter = Svf::new(500.0, 0.707);
    near(gain_at(500.0, |x| filter.low(x)), -3.0, 0.3);
    near(gain_at(2000.0, |x| filter.low(x)), -24.0, 1.0);
    near(gain_at(60.0, |x| filter.low(x)), 0.0, 0.1);
}
