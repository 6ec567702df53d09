//! Small scores for the tests, and ways to listen.

#![allow(clippy::unwrap_used, reason = "outside a test function clippy does not see that this is a test")]

use score::{Eq, Finish, Instrument, Note, Part, Role, Score, Strip, TempoMap};
use sound::{Audio, SAMPLE_RATE, Tempo, Time};
use synth::{Font, Performance, Take};

pub(crate) fn seconds(value: f64) -> Time {
    Time::from_seconds(value)
}

pub(crate) fn note(at: f64, length: f64, pitch: u8, velocity: u8) -> Note {
    Note { at: seconds(at), length: seconds(length), pitch, velocity }
}

/// A part on a strip that changes nothing.
pub(crate) fn part(instrument: Instrument, notes: Vec<Note>) -> Part {
    let role = if instrument.is_drums() { Role::Drums } else { Role::Melody };
    Part {
        role,
        instrument,
        notes,
        expression: Vec::new(),
        strip: Strip { eq: Eq::FLAT, ..Strip::default() },
    }
}

pub(crate) fn score(length: f64, parts: Vec<Part>) -> Score {
    Score {
        length: seconds(length),
        key: "A minor".parse().unwrap(),
        tempo: TempoMap::even(Time::ZERO, Tempo::new(120.0)),
        parts,
        authentic: false,
        finish: Finish::default(),
        fade_out: seconds(0.2),
        seed: 11,
    }
}

/// Plays everything in blocks of `block` frames.
pub(crate) fn play(score: &Score, font: Option<&Font>, block: usize) -> Take {
    let mut performance = Performance::new(score, font).with_stems();
    let mut whole = Take { stems: vec![Audio::default(); performance.stem_names().len()], ..Take::default() };
    loop {
        let take = performance.play(block);
        if take.music.frames.is_empty() {
            return whole;
        }
        whole.music.frames.extend(take.music.frames);
        for (all, stem) in whole.stems.iter_mut().zip(take.stems) {
            all.frames.extend(stem.frames);
        }
    }
}

/// Root mean square of a stretch, in seconds.
pub(crate) fn level(audio: &Audio, from: f64, to: f64) -> f32 {
    let index = |s: f64| ((s * f64::from(SAMPLE_RATE)) as usize).min(audio.frames.len());
    let span = &audio.frames[index(from)..index(to)];
    let energy: f32 = span.iter().flatten().map(|v| v * v).sum();
    (energy / (2 * span.len()).max(1) as f32).sqrt()
}

/// Integrated loudness after ITU-R BS.1770.
pub(crate) fn loudness(audio: &Audio) -> f64 {
    let mut meter = ebur128::EbuR128::new(2, SAMPLE_RATE, ebur128::Mode::I).unwrap();
    let samples: Vec<f32> = audio.frames.iter().flatten().copied().collect();
    meter.add_frames_f32(&samples).unwrap();
    meter.loudness_global().unwrap()
}
