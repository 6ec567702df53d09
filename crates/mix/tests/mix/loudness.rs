//! Loudness: the meter against other figures, the solver against its goals, the one correction.

use std::convert::Infallible;

use ebur128::{EbuR128, Mode};
use mix::{ALONE, Goal, Master, Measured, Outcome, Plan, Setting, Solved, Spectrum, solve};
use sound::{Decibels, Frame};
use timeline::{Duck, Target};

use super::sounds::{bed, film, measured, noise, sine, steady, syllables};

fn through(frames: &[Frame], setting: Setting) -> Measured {
    let mut master = Master::new(setting);
    let mut out = Vec::new();
    for piece in frames.chunks(4096) {
        master.push(piece, &mut out);
    }
    master.finish(&mut out);
    measured(&out)
}

fn solved(frames: &[Frame], goal: &Goal) -> Solved {
    let run = |setting| Ok::<_, Infallible>(through(frames, setting).lufs);
    match solve(goal, &measured(frames), run) {
        Ok(solved) => solved,
    }
}

#[test]
fn a_tone_at_full_scale_reads_as_the_recommendation_says() {
    // ITU-R BS.1770-4: 997 Hz at 0 dBFS in one channel is -3.01 LKFS; in both it is 3.01 higher.
    let tone = measured(&sine(5.0, 997.0, 1.0, 0.0));
    assert!((tone.lufs.unwrap() - 0.0).abs() < 0.02, "{tone:?}");
    assert_eq!(tone.loudness.values.len(), 50);
}

#[test]
fn blocks_leave_no_trace_in_the_meter() {
    let frames = syllables(3.21, 0.9, 1);
    let mut meter = mix::Meter::new();
    frames.chunks(333).for_each(|piece| meter.add(piece));
    assert_eq!(meter.finish(), measured(&frames));
    let mut gauge = EbuR128::new(2, 48_000, Mode::I).unwrap();
    gauge.add_frames_f32(frames.as_flattened()).unwrap();
    assert!((measured(&frames).lufs.unwrap() - gauge.loudness_global().unwrap()).abs() < 1e-3);
}

#[test]
fn silence_has_no_loudness_and_a_sting_has_one() {
    assert_eq!(measured(&[]).lufs, None);
    assert_eq!(measured(&[[0.0; 2]; 48_000]).lufs, None);
    assert_eq!(measured(&[[0.0; 2]; 48_000]).true_peak, Decibels::SILENCE);
    let sting = measured(&noise(0.2, 0.5, 1)).lufs.unwrap();
    assert!((sting - measured(&noise(2.0, 0.5, 1)).lufs.unwrap()).abs() < 0.3, "{sting}");
}

#[test]
fn clipped_waves_are_counted() {
    let clipped: Vec<Frame> =
        sine(0.1, 100.0, 2.0, 0.0).into_iter().map(|f| f.map(|s| s.clamp(-1.0, 1.0))).collect();
    assert_eq!(measured(&clipped).clipped_runs, 2 * 20);
    assert_eq!(measured(&sine(0.1, 100.0, 0.99, 0.0)).clipped_runs, 0);
}

/// Steady noise with short transients high above it, as drums under an actor are.
fn drummed(seconds: f64) -> Vec<Frame> {
    let mut frames = noise(seconds, 0.12, 4);
    for (n, frame) in frames.iter_mut().enumerate() {
        let since = (n % 20_000) as f32 / 48_000.0;
        *frame = frame.map(|s| s * (1.0 + 7.0 * (-since / 0.004).exp()));
    }
    frames
}

#[test]
fn loudness_is_reached_through_the_limiter() {
    let mut passes = Vec::new();
    for (name, frames) in [
        ("noise", noise(6.0, 0.3, 1)),
        ("syllables", syllables(6.0, 1.0, 3)),
        ("drums", drummed(6.0)),
        ("tone", sine(6.0, 440.0, 0.02, 0.0)),
    ] {
        for lufs in [-24.0, -16.0, -14.0, -11.0, -9.5] {
            let goal = Goal { lufs: Some(lufs), true_peak: Decibels(-1.0) };
            let solved = solved(&frames, &goal);
            let out = through(&frames, solved.setting);
            let off = out.lufs.unwrap() - lufs;
            let text = format!("{name} to {lufs}: {solved:?}, off {off}");
            assert!(out.true_peak <= solved.setting.ceiling, "{text}");
            assert!(solved.outcome == Outcome::Reached && off.abs() <= 0.03, "{text}");
            assert_eq!(goal.correct(&solved, &out), None, "{text}");
            passes.push(solved.passes);
        }
    }
    assert!(passes.contains(&0) && passes.iter().any(|p| *p > 0) && passes.iter().all(|p| *p <= 4));
}

#[test]
fn a_target_is_a_goal() {
    assert_eq!(Goal::new(Target::Youtube).lufs, Some(-14.0));
    assert_eq!(Goal::new(Target::Keep).lufs, None, "the film's own sound stays as it was");
}

#[test]
fn nothing_is_run_where_no_peak_touches_the_ceiling() {
    let goal = Goal { lufs: Some(-24.0), true_peak: Decibels(-1.0) };
    assert_eq!(solved(&noise(3.0, 0.5, 1), &goal).passes, 0);
}

#[test]
fn what_cannot_be_reached_cleanly_is_said() {
    let loud = Goal { lufs: Some(-14.0), true_peak: Decibels(-1.0) };
    let silent = solved(&[[0.0; 2]; 48_000], &loud);
    assert_eq!((silent.outcome, silent.setting.gain), (Outcome::Silent, Decibels::UNITY));

    let soft = solved(&noise(3.0, 0.001, 1), &loud);
    assert_eq!((soft.outcome, soft.setting.gain), (Outcome::TooSoft, Decibels(30.0)));

    // Soft noise with a burst of full scale in each second: all its loudness is in the bursts.
    let mut frames = noise(6.0, 0.003, 1);
    for (n, frame) in frames.iter_mut().enumerate().filter(|(n, _)| n % 48_000 < 100) {
        *frame = frame.map(|s| s * 300.0 * if n % 2 == 0 { 1.0 } else { 0.9 });
    }
    let crest = solved(&frames, &loud);
    assert_eq!(crest.outcome, Outcome::TooDynamic, "{crest:?}");
    let out = through(&frames, crest.setting);
    assert!((out.lufs.unwrap() - crest.aim.unwrap()).abs() < 1e-9, "{crest:?} gave {out}");
    let lost = measured(&frames).lufs.unwrap() + crest.setting.gain.0 - out.lufs.unwrap();
    assert!((2.5..=4.0).contains(&lost), "{lost} in {crest:?}");
}

#[test]
fn a_codec_that_moved_the_figures_is_corrected_once() {
    let goal = Goal { lufs: Some(-14.0), true_peak: Decibels(-1.0) };
    let solved = solved(&noise(3.0, 0.3, 1), &goal);
    let mut decoded = through(&noise(3.0, 0.3, 1), solved.setting);
    assert_eq!(goal.correct(&solved, &decoded), None);
    decoded.lufs = decoded.lufs.map(|lufs| lufs - 0.3);
    decoded.true_peak = Decibels(-0.6);
    let setting = goal.correct(&solved, &decoded).unwrap();
    assert!((setting.gain.0 - solved.setting.gain.0 - 0.3).abs() < 0.06);
    assert!((setting.ceiling.0 - (solved.setting.ceiling.0 - 0.5)).abs() < 1e-9);
}

#[test]
fn another_meter_reads_a_peak_below_the_target_too() {
    let goal = Goal::new(Target::Youtube);
    let room = Target::TRUE_PEAK - goal.true_peak;
    // ffmpeg prints tenths: -1.04 dBTP would read as -1.0.
    assert!((0.05..=0.2).contains(&room.0), "{room:?}");
}

#[test]
fn music_alone_is_heard_well() {
    let plan = Plan::new(
        &[(&bed(0.0, 9.0, 35.0, Duck::Standard), &steady(9.0, -18.0))],
        &film(9.0, None, &[]),
        &Spectrum::default(),
    );
    assert_eq!((plan.reference, plan.film_heard), (ALONE, false));
    assert!((-18.0 + plan.lanes[0].music_gain.0 + 23.1).abs() < 0.1);
}
