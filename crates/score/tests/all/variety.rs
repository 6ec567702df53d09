//! Another seed is another piece: other keys, tempi, line-ups and tunes.

use std::collections::HashSet;

use score::{Role, Score};

use super::piece::{film, genres, piece};

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
    let film = film(120.0, &[]);
    let mut alike = Vec::new();
    for genre in genres() {
        let pieces: Vec<_> = (1..=SEEDS).map(|seed| piece(&genre, seed, &film)).collect();
        let count =
            |what: &dyn Fn(usize) -> String| (0..pieces.len()).map(what).collect::<HashSet<_>>().len();
        let keys = count(&|index| pieces[index].0.key.to_string());
        let tempi = count(&|index| format!("{:.0}", pieces[index].0.heard_tempo().bpm()));
        let line_ups = count(&|index| {
            let parts = pieces[index].1.parts.iter();
            parts.map(|part| format!("{} {}, ", part.role.name(), part.instrument.name())).collect()
        });
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
