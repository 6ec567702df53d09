//! Where the music gives way, how far and how fast.

use mix::{Lane, Plan, Spectrum};
use sound::{Decibels, Time};
use timeline::Duck;

use super::sounds::{bed, chance, draw, film, steady};

fn lane(speech: &[(f64, f64)], music_lufs: f64, level: f64, duck: Duck) -> Lane {
    let film = film(60.0, Some(-20.0), speech);
    Plan::new(&[(&bed(0.0, 60.0, level, duck), &steady(60.0, music_lufs))], &film, &Spectrum::default())
        .lanes
        .remove(0)
}

/// The least the music gives way.
const LEAST: f64 = 1.0;
/// How far music at 35 percent, 9.1 LU under the talk, goes down for 14.
const DOWN: f64 = 14.0 - 9.118_639_112;

fn gain(lane: &Lane, seconds: f64) -> f64 {
    lane.duck_at(Time::from_seconds(seconds)).0
}

#[test]
fn the_plan_reads_as_text() {
    let film = film(30.0, Some(-20.0), &[(5.0, 9.0)]);
    let plan = Plan::new(
        &[(&bed(0.0, 30.0, 35.0, Duck::Standard), &steady(30.0, -17.0))],
        &film,
        &Spectrum::default(),
    );
    let text = "\
100% is -20.0 LUFS (the film's own)
bed 1  0.000s-30.000s  music -17.0 LUFS, level 35% = -12.1 dB, fades 0.000s and 0.000s
  talk stands 14.0 LU above the music, nine tenths of it 14.0 LU or more
        4.750s    0.0 dB
        5.000s   -4.9 dB
        9.500s   -4.9 dB
       10.700s    0.0 dB
";
    assert_eq!(plan.to_string(), text);
}

#[test]
fn music_is_down_with_the_word_and_comes_back_slowly() {
    let lane = lane(&[(10.0, 14.0)], -20.0, 35.0, Duck::Standard);
    assert_eq!(gain(&lane, 9.7), 0.0);
    assert!((gain(&lane, 10.0) + DOWN).abs() < 1e-6);
    assert!((gain(&lane, 14.4) + DOWN).abs() < 1e-6);
    assert!((gain(&lane, 15.1) + DOWN / 2.0).abs() < 0.1);
    assert_eq!(gain(&lane, 17.0), 0.0);
}

#[test]
fn loud_music_goes_down_until_the_talk_stands_clear() {
    for duck in Duck::ALL.into_iter().filter(|duck| *duck != Duck::Off) {
        let clearance = duck.clearance().unwrap();
        let lane = lane(&[(10.0, 14.0)], -20.0, 100.0, duck);
        assert_eq!(lane.deepest(), Decibels(-clearance));
        assert!(lane.clearance.unwrap().mean >= clearance - 1e-6);
    }
    assert_eq!(lane(&[(10.0, 14.0)], -20.0, 200.0, Duck::Accessible).deepest(), Decibels(-24.0));
}

#[test]
fn soft_music_gives_way_a_little_all_the_same() {
    let lane = lane(&[(10.0, 14.0)], -20.0, 10.0, Duck::Standard);
    assert_eq!(lane.deepest(), Decibels(-LEAST));
}

#[test]
fn only_the_loud_part_of_the_music_asks_for_more() {
    let film = film(60.0, Some(-20.0), &[(4.0, 24.0), (30.0, 50.0)]);
    let mut music = steady(60.0, -26.0);
    music.loudness.values[300..].fill(-16.0);
    let plan = Plan::new(&[(&bed(0.0, 60.0, 100.0, Duck::Standard), &music)], &film, &Spectrum::default());
    let lane = &plan.lanes[0];
    assert_eq!(lane.music_gain, Decibels(6.0));
    assert!((gain(lane, 15.0) + 14.0).abs() < 1e-6, "{plan}");
    assert!((gain(lane, 45.0) + 24.0).abs() < 1e-6, "{plan}");
}

#[test]
fn no_pumping_in_pauses() {
    for pause in [0.1, 0.5, 0.79, 1.0, 2.0] {
        let lane = lane(&[(10.0, 14.0), (14.0 + pause, 20.0)], -20.0, 35.0, Duck::Standard);
        assert_eq!(lane.ducking.len(), 4, "{pause}");
        assert!((0..100).all(|i| (gain(&lane, 10.0 + f64::from(i) / 10.0) + DOWN).abs() < 1e-6), "{pause}");
    }
    let apart = lane(&[(10.0, 14.0), (19.0, 24.0)], -20.0, 35.0, Duck::Standard);
    assert_eq!(gain(&apart, 17.5), 0.0);
}

#[test]
fn music_follows_loud_and_soft_phrases_but_never_comes_up_in_a_pause() {
    let talk = [(10.0, 13.5), (14.3, 17.5), (18.4, 22.0), (22.9, 26.0)];
    let mut film = film(60.0, Some(-20.0), &talk);
    for ((start, end), lufs) in talk.into_iter().zip([-22.0, -16.0, -24.0, -18.0]) {
        film.loudness.values[(start * 10.0) as usize..(end * 10.0) as usize + 2].fill(lufs);
    }
    let bed = bed(0.0, 60.0, 100.0, Duck::Standard);
    let plan = Plan::new(&[(&bed, &steady(60.0, -20.0))], &film, &Spectrum::default());
    let lane = &plan.lanes[0];
    assert!(gain(lane, 17.4) > gain(lane, 13.4) + 3.0, "{plan}");
    assert!(gain(lane, 21.9) < gain(lane, 17.4) - 3.0, "{plan}");
    for pause in talk.windows(2) {
        let mut at = pause[0].1;
        while at < pause[1].0 {
            assert!(gain(lane, at + 0.05) <= gain(lane, at) + 1e-9, "{at}: {plan}");
            at += 0.05;
        }
    }
}

#[test]
fn nothing_gives_way_when_told_not_to_or_when_nobody_talks() {
    assert!(lane(&[(10.0, 14.0)], -20.0, 100.0, Duck::Off).ducking.is_empty());
    let silent = lane(&[], -20.0, 100.0, Duck::Strong);
    assert!(silent.ducking.is_empty() && silent.clearance.is_none());
}

#[test]
fn talk_over_the_borders_is_cut_at_them() {
    let film = film(20.0, Some(-20.0), &[(0.0, 3.0), (18.0, 20.0)]);
    let plan = Plan::new(
        &[(&bed(1.0, 19.0, 35.0, Duck::Standard), &steady(18.0, -20.0))],
        &film,
        &Spectrum::default(),
    );
    let (first, last) = (plan.lanes[0].ducking[0], *plan.lanes[0].ducking.last().unwrap());
    assert_eq!((first.at, last.at), (Time::from_seconds(1.0), Time::from_seconds(19.0)));
    assert!([first, last].iter().all(|k| k.gain.0 <= -LEAST), "{plan}");
}

#[test]
fn any_talk_gives_an_orderly_curve() {
    let mut chance = chance(7);
    for _ in 0..300 {
        let length = 1.0 + 89.0 * draw(&mut chance);
        let mut speech = Vec::new();
        let mut at = 3.0 * draw(&mut chance);
        while at < length {
            let end = (at + 0.1 + 12.0 * draw(&mut chance).powi(2)).min(length);
            speech.push((at, end));
            at = end + 6.0 * draw(&mut chance).powi(2);
        }
        let film = film(length, Some(-30.0 + 15.0 * draw(&mut chance)), &speech);
        let mut music = steady(length, -18.0);
        let mut level = -20.0f32;
        for value in &mut music.loudness.values {
            level = (level + 2.0 * draw(&mut chance) as f32 - 1.0).clamp(-40.0, -6.0);
            *value = level;
        }
        let start = 0.3 * length * draw(&mut chance);
        let duck = Duck::ALL[1 + (draw(&mut chance) * 3.99) as usize];
        let bed = bed(start, length, 200.0 * draw(&mut chance), duck);
        let lane = Plan::new(&[(&bed, &music)], &film, &Spectrum::default()).lanes.remove(0);
        orderly(&lane, &speech);
    }
}

/// Sorted, within the span, never above unity nor below the deepest, gentle, and down under every word.
fn orderly(lane: &Lane, speech: &[(f64, f64)]) {
    for pair in lane.ducking.windows(2) {
        let seconds = (pair[1].at - pair[0].at).seconds();
        assert!(seconds > 0.0, "{lane}");
        let slope = (pair[1].gain.0 - pair[0].gain.0) / seconds;
        assert!((-24.1 / 0.25..=24.1 / 1.2).contains(&slope), "{slope} dB/s in {lane}");
    }
    for k in &lane.ducking {
        assert!(lane.span.start <= k.at && k.at <= lane.span.end, "{lane}");
        assert!((-24.0..=0.0).contains(&k.gain.0), "{lane}");
    }
    for (start, end) in speech {
        let mut at = start.max(lane.span.start.seconds());
        while at < *end {
            assert!(gain(lane, at) <= -LEAST + 1e-3, "{at} in {lane}");
            at += 0.05;
        }
    }
}
