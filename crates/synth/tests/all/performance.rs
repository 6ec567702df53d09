//! Length, ending, determinism, stems.

use score::{Finish, Instrument, Role, Room, Score, Strip, drum};
use sound::Decibels;
use synth::{Performance, needs_font};

use crate::stand::{level, note, part, play, score, seconds};

fn band() -> Score {
    let tune =
        (0..16).map(|i| note(f64::from(i) * 0.25, 0.24, 60 + (i * 5 % 12) as u8, 70 + i as u8)).collect();
    let pad = vec![note(0.0, 2.0, 57, 80), note(0.0, 2.0, 60, 80), note(2.0, 2.0, 64, 80)];
    let bass = (0..8).map(|i| note(f64::from(i) * 0.5, 0.4, 33, 90)).collect();
    let mut drums = Vec::new();
    for i in 0..8 {
        let at = f64::from(i) * 0.5;
        drums.push(note(at, 0.1, if i % 2 == 0 { drum::KICK } else { drum::SNARE }, 95));
        drums.push(note(at + 0.25, 0.1, drum::CLOSED_HAT, 60));
    }
    let mut parts = vec![
        part(Instrument::SteelGuitar, tune),
        part(Instrument::WarmPad, pad),
        part(Instrument::FingerBass, bass),
        part(Instrument::StandardKit, drums),
    ];
    parts[0].strip = Strip {
        level: Decibels(-3.0),
        pan: -0.4,
        reverb: 0.3,
        echo: 0.2,
        chorus: 0.4,
        bits: Some(10),
        ..Strip::default()
    };
    parts[1].expression = vec![(seconds(0.0), 0.3), (seconds(3.0), 1.0)];
    parts[2].role = Role::Bass;
    let mut score = score(4.333, parts);
    score.finish = Finish {
        echo: score::Repeats::Cartridge,
        room: Room::Plate,
        wow: 0.4,
        lowpass_hz: Some(9000.0),
        vinyl: 0.5,
        saturation: 0.4,
        pump: 0.5,
        glue: 0.6,
        width_db: 1.0,
    };
    score
}

#[test]
fn the_block_size_changes_no_byte() {
    let score = band();
    let whole = play(&score, None, usize::MAX);
    for block in [48_000, 1000, 64, 7777] {
        assert!(play(&score, None, block) == whole, "blocks of {block} differ");
    }
}

#[test]
fn the_music_is_exactly_as_long_as_asked_and_ends_in_nothing() {
    let score = band();
    let take = play(&score, None, 48_000);
    assert_eq!(take.music.frames.len(), 207_984);
    assert_eq!(take.music.frames.last(), Some(&[0.0, 0.0]));
    assert!(level(&take.music, 4.32, 4.333) < 0.003);
    assert!(level(&take.music, 1.0, 3.0) > 0.02);
    for stem in &take.stems {
        assert_eq!(stem.frames.len(), take.music.frames.len());
        assert_eq!(stem.frames.last(), Some(&[0.0, 0.0]));
    }
}

#[test]
fn stems_have_names_and_another_seed_another_crackle() {
    let mut score = band();
    let performance = Performance::new(&score, None);
    assert_eq!(
        performance.stem_names(),
        ["melody-steel-guitar", "melody-warm-pad", "bass-finger-bass", "drums-standard-kit", "room", "vinyl"]
    );
    let before = play(&score, None, 48_000);
    score.seed += 1;
    let after = play(&score, None, 48_000);
    assert_ne!(before.stems[5], after.stems[5]);
    assert!(needs_font(&score));
}

#[test]
fn the_kick_pushes_the_pad_down_and_not_the_drums() {
    let mut score = band();
    score.parts[1].expression.clear();
    score.finish.pump = 1.0;
    let pumped = play(&score, None, 48_000);
    score.finish.pump = 0.0;
    let plain = play(&score, None, 48_000);
    assert!(level(&pumped.stems[1], 1.01, 1.08) < 0.6 * level(&plain.stems[1], 1.01, 1.08));
    assert_eq!(pumped.stems[3], plain.stems[3]);
}

#[test]
fn hardly_anything_is_left_of_a_score_without_length_or_parts() {
    assert!(play(&score(0.0, Vec::new()), None, 100).music.frames.is_empty());
    let short = play(&score(0.004, vec![part(Instrument::Piano, vec![note(0.0, 9.0, 60, 127)])]), None, 100);
    assert_eq!(short.music.frames.len(), 192);
    let silent = play(&score(0.5, Vec::new()), None, 100);
    assert_eq!(silent.music.peak(), 0.0);
}
