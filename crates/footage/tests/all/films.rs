//! Cuts, motion and feeling of real films, checked by eye against contact sheets.

use footage::{Cut, Look, Profile, Transition};

use crate::film::open;

fn watch(name: &str) -> Option<Profile> {
    let mut film = open(name)?;
    let profile = film.watch();
    println!("{name}: {:?}, {} frames shown\n{profile}", film.looks, film.shown);
    Some(profile)
}

/// Whether the hard cuts are these, in seconds, each within half a frame of 25.
fn cuts_at(profile: &Profile, expected: &[f64]) -> bool {
    let hard: Vec<&Cut> = profile.cuts.iter().filter(|cut| cut.kind == Transition::Hard).collect();
    hard.len() == expected.len()
        && hard.iter().zip(expected).all(|(cut, at)| (cut.at.seconds() - at).abs() < 0.02)
}

#[test]
fn the_street_is_cut_five_times() {
    let Some(profile) = watch("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    assert!(cuts_at(&profile, &[1.2, 3.04, 5.48, 7.48, 9.68]), "{profile}");
    assert!(profile.cuts.iter().all(|cut| cut.weight > 0.5));
    assert_eq!(profile.film_loudness, None);
}

#[test]
fn the_animation_is_cut_three_times_whether_seen_whole_or_by_its_keyframes() {
    const CUTS: [f64; 3] = [11.792, 15.667, 22.958];
    let Some(mut film) = open("animation_bbb_720p24_vp8.webm") else { return };
    let by_keyframes = film.watch();
    assert_eq!(film.looks.first(), Some(&Look::Keyframes));
    assert!(film.shown < 260, "{} frames", film.shown);
    assert!(cuts_at(&by_keyframes, &CUTS), "{by_keyframes}");
    // A smaller picture is worth seeing whole.
    film.looks.clear();
    film.probe.picture.width = 64;
    let whole = film.watch();
    assert_eq!(film.looks, [Look::Whole]);
    assert!(cuts_at(&whole, &CUTS), "{whole}");
    let first = whole.cuts[0];
    assert!(first.kind == Transition::Fade && (first.at.seconds() - 1.12).abs() < 0.25, "{whole}");
    assert!(whole.has_music && whole.speech.is_empty());
    assert!((3..=4).contains(&whole.sections.len()));
    assert!(whole.sections.iter().any(|section| (section.span.start.seconds() - 22.958).abs() < 0.02));
    assert!(whole.feeling.valence > 0.1 && whole.feeling.arousal < 0.1);
}

#[test]
fn keyframes_and_packets_alone_tell_where_the_street_is_cut() {
    let Some(mut film) = open("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    film.probe.picture.width = 8000;
    let profile = film.watch();
    assert_eq!(film.looks.first(), Some(&Look::Keyframes));
    assert!(film.shown < 60, "{} frames", film.shown);
    assert!(cuts_at(&profile, &[1.2, 3.04, 5.48, 7.48, 9.68]), "{profile}");
}

#[test]
fn keyframes_of_one_shot_make_no_cut() {
    for name in [
        "gameplay_myrkur_480x320_60fps.mp4",
        "gopro_max_walk_480p.mp4",
        "phone_city_60fps_mono_dims240.mp4",
        "carpark_12.5fps_silent_track.mp4",
    ] {
        let Some(mut film) = open(name) else { return };
        film.probe.picture.width = 8000;
        let profile = film.watch();
        assert!(profile.cuts.is_empty(), "{name}: {:?}\n{profile}", film.looks);
    }
}

#[test]
fn one_shot_has_no_cut_however_it_moves() {
    for name in [
        "gameplay_myrkur_480x320_60fps.mp4",
        "gopro_karma_drone_480p.mp4",
        "gopro_karma_vp9_opus.webm",
        "gopro_max_walk_480p.mp4",
        "phone_city_60fps_mono_dims240.mp4",
        "carpark_12.5fps_silent_track.mp4",
        "camera_1080p50_pcm.mov",
    ] {
        let Some(profile) = watch(name) else { return };
        assert!(profile.cuts.is_empty(), "{name}: {profile}");
    }
}

#[test]
fn a_dissolve_and_a_cut_in_a_spoken_film() {
    let Some(profile) = watch("nasa_speech_single.mkv") else { return };
    assert_eq!(profile.cuts.len(), 2, "{profile}");
    assert_eq!(profile.cuts[0].kind, Transition::Dissolve);
    assert!((profile.cuts[0].at.seconds() - 5.48).abs() < 0.1);
    assert!((profile.cuts[1].at.seconds() - 8.008).abs() < 0.02);
    assert!(profile.cuts[0].weight < profile.cuts[1].weight);
    let spoken: f64 = profile.speech.iter().map(|span| span.length().seconds()).sum();
    assert!(spoken > 9.0, "{spoken}");
    assert!(profile.feeling.valence < -0.2 && profile.feeling.arousal < -0.2);
}

#[test]
fn a_dark_game_feels_dark_and_not_asleep() {
    let Some(profile) = watch("gameplay_myrkur_480x320_60fps.mp4") else { return };
    assert!(profile.feeling.valence < -0.3 && profile.feeling.reasons.iter().any(|reason| reason == "dark"));
    assert!(profile.feeling.arousal > -0.4 && profile.has_music);
}
