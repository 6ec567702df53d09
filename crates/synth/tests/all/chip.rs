//! The sound chip keeps to what the chip could do.

use score::Instrument;
use sound::Audio;

use crate::stand::{level, note, part, play, score};

/// Frequency of a steady tone by its rising edges through zero.
fn pitch(audio: &Audio, from: usize, to: usize) -> f64 {
    let values: Vec<f32> = audio.frames[from..to].iter().map(|f| f[0]).collect();
    let mut crossings = Vec::new();
    for (i, pair) in values.windows(2).enumerate() {
        if pair[0] < 0.0 && pair[1] >= 0.0 {
            crossings.push(i as f64 + f64::from(pair[0] / (pair[0] - pair[1])));
        }
    }
    let turns = (crossings.len() - 1) as f64;
    turns * 48_000.0 / (crossings[crossings.len() - 1] - crossings[0])
}

#[test]
fn high_notes_are_as_far_off_as_on_the_console() {
    let take =
        play(&score(1.0, vec![part(Instrument::PulseLead, vec![note(0.0, 0.9, 93, 110)])]), None, 48_000);
    let heard = pitch(&take.stems[0], 4000, 12_000);
    let timer = (1_789_773.0 / (16.0 * 1760.0) - 1.0_f64).round();
    let grid = 1_789_773.0 / (16.0 * (timer + 1.0));
    assert!((heard / grid - 1.0).abs() < 5e-4, "{heard} against {grid}");
}

#[test]
fn a_wave_is_as_far_off_as_on_the_handheld() {
    let take =
        play(&score(1.0, vec![part(Instrument::WaveBass, vec![note(0.0, 0.9, 60, 110)])]), None, 48_000);
    let heard = pitch(&take.stems[0], 8000, 40_000);
    // 261.63 Hz lies between two steps of the timer, 7 cents apart
    let grid = 65_536.0 / (65_536.0 / 261.63_f64).round();
    assert!((heard / grid - 1.0).abs() < 5e-4, "{heard} against {grid}");
}

#[test]
fn a_wave_has_four_volumes() {
    let at = |velocity| {
        let notes = vec![note(0.1, 0.5, 48, velocity)];
        level(&play(&score(1.0, vec![part(Instrument::WaveBass, notes)]), None, 48_000).stems[0], 0.2, 0.5)
    };
    let [soft, half, full] = [at(12), at(40), at(120)];
    // shifted samples lose bits, so that a softer wave is also coarser
    assert!(
        (1.9..2.3).contains(&(half / soft)) && (1.9..2.3).contains(&(full / half)),
        "{soft} {half} {full}"
    );
    assert_eq!((at(15), at(45), at(70)), (soft, half, full));
    assert_eq!(at(1), soft, "a note that is struck sounds");
}

#[test]
fn the_triangle_has_no_volume() {
    let at = |velocity| {
        let notes = vec![note(0.1, 0.8, 45, velocity)];
        level(
            &play(&score(1.0, vec![part(Instrument::TriangleBass, notes)]), None, 48_000).stems[0],
            0.2,
            0.8,
        )
    };
    assert_eq!(at(40), at(120));
}

#[test]
fn a_chord_on_one_pulse_is_an_arpeggio() {
    let chord = [60, 64, 67].map(|key| note(0.1, 1.0, key, 100)).to_vec();
    let take = play(&score(1.3, vec![part(Instrument::PulseChords, chord)]), None, 48_000);
    // two pictures a key: 33 ms, so each stretch of 28 ms inside one holds one pitch of the chord
    let heard: Vec<i32> = (0..6)
        .map(|i| {
            let start = 4800 + 9600 + i * 1589 + 120;
            (69.0 + 12.0 * (pitch(&take.stems[0], start, start + 1340) / 440.0).log2()).round() as i32
        })
        .collect();
    for key in [60, 64, 67] {
        assert!(heard.contains(&key), "{key} is not in {heard:?}");
    }
}
