//! Instruments play what they can, every note begins and ends inside the music, parts agree with each other.

use std::collections::HashMap;

use proptest::prelude::*;
use score::{BEATS_PER_BAR, Role, Score, drum};
use sound::Time;

use super::piece::{film, genres, piece};

/// Bass and kick agree where at least this share of the kicks in a piece meets a note of the bass.
const AGREE: f64 = 0.5;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn every_note_can_be_played_and_ends(
        seconds in prop_oneof![0.05f64..6.0, 6.0f64..150.0],
        seed in 0u64..1000,
        genre in 0usize..1000,
        cuts in prop::collection::vec(0.0f64..150.0, 0..12),
    ) {
        let genres = genres();
        let genre = &genres[genre % genres.len()];
        let (cue, score) = piece(genre, seed, &film(seconds, &cuts));
        for part in &score.parts {
            let name = part.instrument.name();
            let mut sounding: HashMap<u8, Time> = HashMap::new();
            for note in &part.notes {
                prop_assert!(note.at >= Time::ZERO && note.length > Time::ZERO, "{genre}: {name} {note:?}");
                prop_assert!(note.at + note.length <= score.length, "{genre}: {name} hangs: {note:?}");
                if !part.instrument.is_drums() {
                    let register = part.instrument.register();
                    prop_assert!(register.contains(&note.pitch), "{genre}: {name} plays {}", note.pitch);
                    // A key that is struck again was let go before.
                    let free = sounding.insert(note.pitch, note.at + note.length);
                    prop_assert!(free.is_none_or(|end| end <= note.at), "{genre}: {name} {note:?} until {free:?}");
                }
            }
        }
        for section in &cue.sections {
            let beat = cue.tempo.beat(cue.bar_start(section.first_bar)).round() as i64;
            prop_assert_eq!(beat.rem_euclid(BEATS_PER_BAR), 0, "{} bar {}", genre, section.first_bar);
        }
    }
}

/// Share of the kicks that meet a note of the bass while the bass plays; `None` without both.
fn agreement(score: &Score) -> Option<f64> {
    let part = |role: Role| score.parts.iter().find(|part| part.role == role);
    let (bass, drums) = (part(Role::Bass)?, part(Role::Drums)?);
    let close = Time::from_seconds(0.03);
    let (first, last) = (bass.notes.first()?.at, bass.notes.last()?.at);
    let kicks: Vec<Time> = drums
        .notes
        .iter()
        .filter(|note| note.pitch == drum::KICK && note.at >= first && note.at <= last)
        .map(|note| note.at)
        .collect();
    let met = kicks.iter().filter(|at| bass.notes.iter().any(|note| note.at.distance(**at) <= close)).count();
    (kicks.len() > 8).then(|| met as f64 / kicks.len() as f64)
}

#[test]
fn bass_and_kick_agree() {
    for genre in genres() {
        let shares: Vec<f64> =
            (0..6).filter_map(|seed| agreement(&piece(&genre, seed, &film(60.0, &[])).1)).collect();
        if shares.is_empty() {
            continue;
        }
        let mean = shares.iter().sum::<f64>() / shares.len() as f64;
        println!("{genre}: {mean:.2}");
        assert!(mean >= AGREE, "{genre}: {shares:.2?}");
    }
}
