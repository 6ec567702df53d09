//! Unity sums, fades, and blocks that leave no trace.

use footage::Profile;
use mix::{Measured, Meter, Mixer, Plan, Spectrometer, Spectrum};
use sound::{Frame, SAMPLE_RATE, Span, Time};
use timeline::{Bed, Duck};

use super::sounds::{bed, chance, draw, film, measured, noise, sine};

/// The mix of a film and the music of its beds in blocks of the sizes that `block` gives.
fn mixed(plan: &Plan, film: &[Frame], music: &[&[Frame]], mut block: impl FnMut() -> usize) -> Vec<Frame> {
    let mut mixer = Mixer::new(plan);
    let (mut out, mut at, mut read) = (Vec::new(), 0, vec![0; music.len()]);
    while at < film.len() {
        let count = block().clamp(1, film.len() - at);
        let next: Vec<&[Frame]> = music
            .iter()
            .enumerate()
            .map(|(lane, frames)| {
                let until = (read[lane] + mixer.wanted(lane, count)).min(frames.len());
                let piece = &frames[read[lane]..until];
                read[lane] = until;
                piece
            })
            .collect();
        mixer.mix(&film[at..at + count], &next, &mut out);
        at += count;
    }
    out
}

fn plan(beds: &[Bed], music: &[Frame], film: &Profile) -> Plan {
    let measured = measured(music);
    Plan::new(&beds.iter().map(|bed| (bed, &measured)).collect::<Vec<_>>(), film, &Spectrum::default())
}

fn measured_with_spectrum(frames: &[Frame]) -> Measured {
    let mut meter = Meter::new().with(Spectrometer::default());
    meter.add(frames);
    meter.finish()
}

fn second(seconds: f64) -> usize {
    (seconds * f64::from(SAMPLE_RATE)) as usize
}

#[test]
fn a_film_without_music_passes_bit_for_bit() {
    let (own, profile) = (noise(2.0, 0.9, 1), film(2.0, Some(-10.0), &[]));
    assert_eq!(mixed(&plan(&[], &[], &profile), &own, &[], || 1000), own);
    let mute = plan(&[bed(0.0, 2.0, 0.0, Duck::Standard)], &own, &profile);
    assert_eq!(mixed(&mute, &own, &[&own], || 1000), own);
}

#[test]
fn music_sits_at_its_level_and_only_within_its_span() {
    let music = sine(4.0, 440.0, 0.5, 0.0);
    let plan = plan(&[bed(1.0, 4.0, 50.0, Duck::Standard)], &music, &film(6.0, Some(-20.0), &[]));
    let out = mixed(&plan, &vec![[0.0; 2]; second(6.0)], &[&music], || 4096);
    assert_eq!(out.len(), second(6.0));
    assert!(out[..second(1.0)].iter().chain(&out[second(4.0)..]).all(|frame| *frame == [0.0; 2]));
    let lufs = measured(&out[second(1.0)..second(4.0)]).lufs.unwrap();
    assert!((lufs + 26.02).abs() < 0.1, "{lufs}");
}

#[test]
fn music_that_ends_early_is_followed_by_silence() {
    let music = sine(1.0, 440.0, 0.5, 0.0);
    let plan = plan(&[bed(0.0, 4.0, 50.0, Duck::Off)], &music, &film(4.0, Some(-20.0), &[]));
    let out = mixed(&plan, &vec![[0.0; 2]; second(4.0)], &[&music], || 4096);
    assert_eq!(out.len(), second(4.0));
    assert!(out[second(1.0)..].iter().all(|frame| *frame == [0.0; 2]));
}

#[test]
fn fades_are_smooth_and_a_cut_does_not_click() {
    let music = vec![[0.5f32; 2]; second(4.0)];
    let mut faded = bed(1.0, 3.0, 100.0, Duck::Off);
    let step = |bed: Bed| {
        let mut plan = plan(&[bed], &noise(4.0, 0.5, 3), &film(4.0, Some(-20.0), &[]));
        plan.lanes[0].music_gain = sound::Decibels::UNITY;
        let out = mixed(&plan, &vec![[0.0; 2]; second(4.0)], &[&music], || 480);
        out.windows(2).map(|w| (w[1][0] - w[0][0]).abs()).fold(0.0, f32::max)
    };
    assert!(step(faded.clone()) < 0.02);
    (faded.fade_in, faded.fade_out) = (Time::from_seconds(0.5), Time::from_seconds(1.0));
    assert!(step(faded) < 1e-4);
}

#[test]
fn a_stretch_of_music_has_its_own_level_and_goes_there_smoothly() {
    let music = vec![[0.25f32; 2]; second(8.0)];
    let mut ridden = bed(0.0, 8.0, 100.0, Duck::Off);
    let ride = |start, end, level_pct| timeline::Ride { span: Span::seconds(start, end), level_pct };
    ridden.rides = vec![ride(2.0, 4.0, 200.0), ride(4.0, 6.0, 0.0)];
    let plan = plan(&[ridden], &noise(8.0, 0.5, 3), &film(8.0, Some(-20.0), &[]));
    let out = mixed(&plan, &vec![[0.0; 2]; second(8.0)], &[&music], || 480);
    let at = |seconds: f64| out[second(seconds)][0];
    let usual = at(1.0);
    for (seconds, share) in [(1.7, 1.0), (3.0, 2.0), (3.7, 2.0), (5.0, 0.0), (7.0, 1.0)] {
        assert!((at(seconds) - share * usual).abs() < 0.01 * usual, "{seconds}: {} {usual}", at(seconds));
    }
    // From full level to silence in half a second and no faster.
    let steps = out[second(0.1)..second(7.9)].windows(2).map(|pair| (pair[1][0] - pair[0][0]).abs());
    let most = f64::from(2.0 * usual) * std::f64::consts::FRAC_PI_2 / (0.5 * 48_000.0);
    assert!(f64::from(steps.fold(0.0, f32::max)) < 1.1 * most);
}

#[test]
fn blocks_leave_no_trace() {
    let (own, one, two) = (noise(8.0, 0.3, 1), noise(5.0, 0.5, 2), sine(8.0, 700.0, 0.4, 0.3));
    let mut second = bed(0.013, 7.777, 80.0, Duck::Strong);
    second.fade_out = Time::from_seconds(0.7);
    let beds = [bed(1.234, 6.1, 35.0, Duck::Standard), second];
    let mut spectrometer = Spectrometer::default();
    spectrometer.add(&own);
    let profile = film(8.0, Some(-20.0), &[(0.5, 2.0), (5.5, 7.0)]);
    let heard = measured_with_spectrum(&one);
    let plan = Plan::new(&beds.each_ref().map(|bed| (bed, &heard)), &profile, &spectrometer.finish());
    assert!(
        plan.lanes.iter().any(|lane| !lane.carve.is_empty() && !lane.levelling.gains.is_empty()),
        "{plan}"
    );
    let music: [&[Frame]; 2] = [&one, &two];
    let whole = mixed(&plan, &own, &music, || usize::MAX);
    let mut chance = chance(5);
    assert_eq!(whole, mixed(&plan, &own, &music, || 1 + (draw(&mut chance) * 5000.0) as usize));
    assert_eq!(whole, mixed(&plan, &own, &music, || 37));
}
