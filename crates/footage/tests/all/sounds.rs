//! What is speech and what is music, in real and in made sounds.

use std::path::Path;

use footage::{Picture, Probe, Profile, Watcher};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sound::{Frame, SAMPLE_RATE, Time};

use crate::film::{open, sound_of};

/// What is heard in a film without pictures.
fn hear(frames: &[Frame]) -> Profile {
    let probe = Probe {
        container: "mp4".to_owned(),
        length: Time::from_samples(frames.len() as i64, SAMPLE_RATE),
        picture: Picture {
            stream: 0,
            codec: "h264".to_owned(),
            width: 64,
            height: 36,
            frame_rate: (25, 1),
            pixel_format: "yuv420p".to_owned(),
            variable_rate: false,
            interlaced: false,
        },
        sound: None,
    };
    let mut watcher = Watcher::new(&probe, &[]);
    frames.chunks(997).for_each(|block| watcher.hear(block));
    watcher.finish()
}

fn of_seconds(seconds: usize, mut wave: impl FnMut(f64) -> f64) -> Vec<Frame> {
    (0..seconds * 48_000).map(|i| [wave(i as f64 / 48e3) as f32; 2]).collect()
}

/// A tune in square waves, eight notes a second, as a console would play it.
fn tune() -> Vec<Frame> {
    let notes = [0, 4, 7, 12, 7, 4, 2, 5, 9, 14, 9, 5, -1, 2, 7, 11];
    of_seconds(8, |t| {
        let note = f64::from(notes[(t * 8.0) as usize % notes.len()]);
        let phase = t * 440.0 * 2f64.powf(note / 12.0);
        let fade = (1.0 - (t * 8.0).fract()).powf(0.5);
        if phase.fract() < 0.25 { 0.2 * fade } else { -0.07 * fade }
    })
}

fn noise(seconds: usize, level: f64) -> Vec<Frame> {
    let mut chance = ChaCha8Rng::seed_from_u64(1);
    of_seconds(seconds, |_| level * (f64::from(chance.next_u32()) / f64::from(u32::MAX) * 2.0 - 1.0))
}

#[test]
fn a_speech_is_heard_where_it_is_spoken() {
    if open("speech_jfk_11s.flac").is_none() {
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/media/speech_jfk_11s.flac");
    let speech = sound_of(&path);
    let profile = hear(&speech);
    let starts: Vec<f64> = profile.speech.iter().map(|span| span.start.seconds()).collect();
    assert_eq!(starts.len(), 4, "{profile}");
    // "And so, my fellow Americans / ask not / what your country can do for you / ask what you can do ..."
    for (start, spoken) in starts.iter().zip([0.3, 3.3, 5.4, 8.2]) {
        assert!((start - spoken).abs() < 0.2, "{starts:?}");
    }
    assert!(!profile.has_music);
    assert!(profile.speech_loudness > profile.film_loudness.map(|l| l - 0.5));
    // Faint speech is speech, and so is speech over noise 20 dB below it.
    let faint: Vec<Frame> = speech.iter().map(|frame| frame.map(|s| s * 0.03)).collect();
    assert_eq!(hear(&faint).speech.len(), 4);
    let hiss = noise(12, 0.03);
    let noisy: Vec<Frame> = speech.iter().zip(&hiss).map(|(s, n)| [s[0] + n[0], s[1] + n[1]]).collect();
    let spoken: f64 = hear(&noisy).speech.iter().map(|span| span.length().seconds()).sum();
    assert!(spoken > 5.5, "{spoken}");
}

#[test]
fn what_is_not_spoken_is_not_speech() {
    let cases = [
        ("silence", of_seconds(5, |_| 0.0)),
        ("noise", noise(5, 0.1)),
        ("hum", of_seconds(5, |t| 0.3 * (t * 50.0 * std::f64::consts::TAU).sin())),
        ("tone", of_seconds(5, |t| 0.3 * (t * 440.0 * std::f64::consts::TAU).sin())),
        ("engine", of_seconds(6, |t| 0.2 * ((t * (80.0 + 15.0 * t)).fract() - 0.5))),
        ("tune", tune()),
    ];
    for (name, frames) in cases {
        let profile = hear(&frames);
        assert!(profile.speech.is_empty(), "{name}: {profile}");
        assert_eq!(profile.has_music, name == "tune", "{name}: {profile}");
    }
}

#[test]
fn rotors_and_streets_are_neither_speech_nor_music() {
    for name in ["gopro_karma_drone_480p.mp4", "gopro_max_walk_480p.mp4", "phone_city_60fps_mono_dims240.mp4"]
    {
        let Some(mut film) = open(name) else { return };
        let profile = film.watch();
        assert!(profile.speech.is_empty() && !profile.has_music, "{name}: {profile}");
        assert!(profile.film_loudness.is_some());
    }
}

#[test]
fn silence_has_no_loudness() {
    let profile = hear(&of_seconds(2, |_| 0.0));
    assert_eq!(profile.film_loudness, None);
    assert!(profile.loudness.values.iter().all(|loudness| *loudness == -70.0));
}
