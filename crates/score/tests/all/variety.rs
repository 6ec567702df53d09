//! Another seed is another piece: other keys, tempi, line-ups and tunes.

use std::collections::HashSet;

use score::{CueSheet, Role, Score};

use super::piece::{film, genres, piece, plan};

const SEEDS: u64 = 20;
/// Most that two tunes of a brief share of their intervals in fours of notes, on average over pairs.
const SHARED: f64 = 0.1;

/// The intervals between four notes in a row, everywhere in the tune.
fn turns(score: &Score) -> HashSet<[i16; 3]> {
    let tune = score.parts.iter().find(|part| part.role == Role::Melody);
    let pitches: Vec<i16> = tune.map_or(&[][..], |part| &part.notes).iter().map(|n| n.pitch.into()).collect();
    pitches.windows(4).map(|four| [four[1] - four[0], four[2] - four[1], four[3] - four[2]]).collect()
}

#[test]
fn twenty_seeds_have_their_own_keys_tempi_and_players() {
    let (long, short) = (film(120.0, &[]), film(60.0, &[]));
    let mut alike = Vec::new();
    for genre in genres() {
        let cues: Vec<CueSheet> = (1..=SEEDS).map(|seed| plan(&genre, seed, &long)).collect();
        let pieces = (1..=SEEDS).map(|seed| piece(&genre, seed, &short).1);
        let keys = cues.iter().map(|cue| cue.key.to_string()).collect::<HashSet<_>>().len();
        let tempi =
            cues.iter().map(|cue| cue.heard_tempo().bpm().round() as i64).collect::<HashSet<_>>().len();
        let players = |score: Score| {
            let chairs = score.parts.into_iter().map(|part| (part.role, part.instrument));
            chairs
                .map(|(role, instrument)| format!("{} {}", role.name(), instrument.name()))
                .collect::<Vec<_>>()
        };
        let line_ups = pieces.map(players).collect::<HashSet<_>>().len();
        let told = format!("{genre}: {keys} keys, {tempi} tempi, {line_ups} line-ups");
        println!("{told}");
        if keys < 4 || tempi < 6 || line_ups < 5 {
            alike.push(told);
        }
    }
    assert!(alike.is_empty(), "{alike:#?}");
}

#[test]
fn two_seeds_sing_two_tunes() {
    let film = film(60.0, &[]);
    let mut alike = Vec::new();
    for genre in genres() {
        let tunes: Vec<_> = (1..=SEEDS)
            .map(|seed| turns(&piece(&genre, seed, &film).1))
            .filter(|turns| turns.len() > 4)
            .collect();
        let pairs = tunes.iter().enumerate().flat_map(|(index, one)| {
            tunes[index + 1..]
                .iter()
                .map(move |other| one.intersection(other).count() as f64 / one.union(other).count() as f64)
        });
        let (sum, number) = pairs.fold((0.0, 0), |(sum, number), share| (sum + share, number + 1));
        let shared = sum / f64::from(number.max(1));
        let told = format!("{genre}: tunes share {shared:.3}");
        println!("{told}");
        if shared > SHARED {
            alike.push(told);
        }
    }
    assert!(alike.is_empty(), "{alike:#?}");
}
