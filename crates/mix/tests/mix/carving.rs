//! Room for the voice: what the cuts and the levelling do to music under talk, measured.

use std::f64::consts::TAU;

use footage::Profile;
use mix::{Measured, Meter, Mixer, Plan, Spectrometer, Spectrum};
use sound::{Frame, SAMPLE_RATE};
use timeline::Duck;

use super::sounds::{bed, film, noise, sine};

fn second(seconds: f64) -> usize {
    (seconds * f64::from(SAMPLE_RATE)) as usize
}

fn spectrum(frames: &[Frame]) -> Spectrum {
    let mut spectrometer = Spectrometer::default();
    frames.chunks(1000).for_each(|piece| spectrometer.add(piece));
    spectrometer.finish()
}

fn measured(frames: &[Frame]) -> Measured {
    let mut meter = Meter::new().with(Spectrometer::default());
    meter.add(frames);
    meter.finish()
}

fn sum(one: &[Frame], other: &[Frame]) -> Vec<Frame> {
    one.iter().zip(other).map(|(a, b)| [a[0] + b[0], a[1] + b[1]]).collect()
}

fn rms_db(frames: &[Frame]) -> f64 {
    let energy: f64 = frames.iter().flatten().map(|s| f64::from(*s).powi(2)).sum();
    10.0 * (energy / (2.0 * frames.len() as f64)).log10()
}

/// The plan for 20 seconds of music under a voice of one tone that talks from 5 to 15 s, with what the music becomes.
fn under_a_voice(voice_hz: f64, music: &[Frame]) -> (Plan, Vec<Frame>) {
    let voice = sine(20.0, voice_hz, 0.14, 0.0);
    under_a_voice_in(&film(20.0, Some(-20.0), &[(5.0, 15.0)]), &voice, music, 100.0)
}

fn under_a_voice_in(
    profile: &Profile,
    voice: &[Frame],
    music: &[Frame],
    level_pct: f64,
) -> (Plan, Vec<Frame>) {
    let bed = bed(0.0, 20.0, level_pct, Duck::Standard);
    let plan = Plan::new(&[(&bed, &measured(music))], profile, &spectrum(voice));
    let (mut mixer, mut out) = (Mixer::new(&plan), Vec::new());
    mixer.mix(&vec![[0.0; 2]; music.len()], &[music], &mut out);
    (plan, out)
}

#[test]
fn a_spectrum_reads_the_level_of_a_tone_in_its_band() {
    for (hz, band) in [(50.0, 0), (100.0, 3), (800.0, 12), (3200.0, 18)] {
        let found = spectrum(&sine(2.0, hz, 0.5, 0.0));
        assert_eq!(found.rows.len(), 40);
        let row = found.rows[20];
        let largest = (0..mix::BANDS).max_by(|a, b| row.middle[*a].total_cmp(&row.middle[*b])).unwrap();
        assert_eq!(largest, band, "{hz} Hz");
        // both channels count, and a K-weighted kilohertz reads 0.69 dB high
        let lufs = -0.691 + 10.0 * f64::from(2.0 * row.whole).log10();
        let gauge = f64::from(measured(&sine(2.0, hz, 0.5, 0.0)).loudness.values[10]);
        assert!((lufs - gauge).abs() < 0.2, "{hz} Hz: {lufs} against {gauge}");
    }
}

#[test]
fn blocks_leave_no_trace_in_the_spectrum() {
    let frames = noise(1.23, 0.5, 8);
    let mut whole = Spectrometer::default();
    whole.add(&frames);
    assert_eq!(whole.finish(), spectrum(&frames));
}

#[test]
fn what_lies_far_from_talk_need_not_be_measured() {
    let voice = sine(60.0, 800.0, 0.14, 0.0);
    let swell = |(at, [left, right]): (usize, Frame)| {
        let gain = 0.6 + 0.4 * (at as f32 / 30_000.0).sin();
        [gain * left, gain * right]
    };
    let music: Vec<Frame> = noise(50.0, 0.3, 5).into_iter().enumerate().map(swell).collect();
    let talk = [(20.0, 22.0), (25.4, 31.0), (48.0, 49.0)];
    let profile = film(60.0, Some(-20.0), &talk);
    let bed = bed(10.0, 60.0, 100.0, Duck::Standard);
    let mixed = |music_meter: Spectrometer, mut film_meter: Spectrometer| {
        let mut meter = Meter::new().with(music_meter);
        meter.add(&music);
        film_meter.add(&voice);
        let plan = Plan::new(&[(&bed, &meter.finish())], &profile, &film_meter.finish());
        let (mut mixer, mut out) = (Mixer::new(&plan), Vec::new());
        mixer.mix(&voice, &[&music], &mut out);
        out
    };
    let whole = mixed(Spectrometer::default(), Spectrometer::default());
    let near = mixed(
        Spectrometer::of_music(&profile.speech, bed.span.start),
        Spectrometer::of_talk(&profile.speech),
    );
    let differs =
        whole.iter().zip(&near).position(|(a, b)| (a[0] - b[0]).abs().max((a[1] - b[1]).abs()) > 1e-6);
    assert_eq!(differs.map(|at| at / second(1.0)), None);
}

#[test]
fn what_is_wide_is_not_in_the_middle() {
    let wide: Vec<Frame> = sine(1.0, 800.0, 0.5, 0.0).into_iter().map(|[l, r]| [l, -r]).collect();
    let row = spectrum(&wide).rows[10];
    assert!(row.whole > 0.05 && row.middle.iter().sum::<f32>() < 1e-6);
}

#[test]
fn music_is_cut_where_it_hides_the_voice_and_nowhere_else() {
    let music = sum(&sine(20.0, 125.0, 0.1, 0.0), &sine(20.0, 1600.0, 0.1, 0.0));
    for (voice_hz, near, far) in [(125.0, 125.0, 1600.0), (1600.0, 1600.0, 125.0)] {
        let (plan, out) = under_a_voice(voice_hz, &music);
        let cut = |hz: f64| {
            tone_db(&out[second(3.0)..second(4.0)], hz) - tone_db(&out[second(9.0)..second(10.0)], hz)
        };
        assert!(cut(far) > 8.0, "{}: {plan}", cut(far));
        assert!(cut(far) > cut(near) + 2.0, "{} and {}: {plan}", cut(far), cut(near));
    }
}

/// How loud a tone of `hz` is in a whole second of sound.
fn tone_db(frames: &[Frame], hz: f64) -> f64 {
    let [mut real, mut imaginary] = [0.0; 2];
    for (n, [left, _]) in frames.iter().enumerate() {
        let (sine, cosine) = (TAU * hz * n as f64 / f64::from(SAMPLE_RATE)).sin_cos();
        real += f64::from(*left) * cosine;
        imaginary += f64::from(*left) * sine;
    }
    10.0 * (real * real + imaginary * imaginary).log10()
}

#[test]
fn what_was_planned_is_what_is_heard() {
    // In the middles of bands, and below 7 kHz: what lies above every voice is not planned for.
    let high = sum(&sine(20.0, 1600.0, 0.05, 0.0), &sine(20.0, 3200.0, 0.03, 0.0));
    let music = sum(&sine(20.0, 126.0, 0.2, 0.0), &sum(&sine(20.0, 400.0, 0.05, 0.0), &high));
    let (plan, out) = under_a_voice(800.0, &music);
    let clearance = plan.lanes[0].clearance.unwrap();
    let fold = |frames: &[Frame]| -> Vec<Frame> {
        frames.iter().map(|[left, right]| [0.5 * (left + right); 2]).collect()
    };
    let music = measured(&fold(&out[second(7.0)..second(13.0)])).lufs.unwrap();
    assert!((-20.0 - music - clearance.mean).abs() < 0.5, "{clearance:?} planned, music at {music}");
    assert!(clearance.mean >= 14.0 - 0.01, "{clearance:?}");
}

#[test]
fn soft_words_ask_for_softer_music() {
    let music = sum(&sine(20.0, 125.0, 0.2, 0.0), &noise(20.0, 0.1, 4));
    let even = film(20.0, Some(-20.0), &[(5.0, 15.0)]);
    let mut uneven = even.clone();
    // As loud on average, but every fifth second 8 LU softer.
    for (n, lufs) in uneven.loudness.values.iter_mut().enumerate() {
        let second = n as f64 * uneven.loudness.step.seconds();
        *lufs += if second.floor() % 5.0 == 2.0 { -8.0 } else { 2.0 };
    }
    let voice = noise(20.0, 0.2, 9);
    let [(even, _), (uneven, _)] = [even, uneven].map(|film| under_a_voice_in(&film, &voice, &music, 100.0));
    let mean = |plan: &Plan| plan.lanes[0].clearance.unwrap().mean;
    assert!(mean(&uneven) > mean(&even) + 0.5, "{uneven}, {even}");
}

#[test]
fn music_without_talk_is_left_alone() {
    let music = sum(&sine(20.0, 125.0, 0.2, 0.0), &noise(20.0, 0.1, 4));
    let (plan, out) = under_a_voice(800.0, &music);
    let gain = plan.lanes[0].music_gain.gain() as f32;
    for at in [second(1.0), second(4.0), second(19.0)] {
        assert!((out[at][0] - gain * music[at][0]).abs() < 1e-6, "at {at}");
    }
}

#[test]
fn under_talk_a_loud_note_and_a_rest_come_nearer_to_each_other() {
    let mut music = noise(20.0, 0.1, 6);
    for (n, frame) in music.iter_mut().enumerate() {
        let loud = (n / second(1.0)).is_multiple_of(2);
        *frame = frame.map(|sample| if loud { sample * 2.0 } else { sample });
    }
    let (_, out) = under_a_voice(800.0, &music);
    let step = |frames: &[Frame], at: f64| {
        let part = |from: f64| rms_db(&frames[second(from + 0.3)..second(from + 0.7)]);
        (part(at) - part(at + 1.0)).abs()
    };
    assert!((step(&out, 2.0) - 6.0).abs() < 0.3, "nobody talks: {}", step(&out, 2.0));
    assert!((1.0..4.0).contains(&step(&out, 8.0)), "somebody talks: {}", step(&out, 8.0));
}
