//! A genre is known by its rhythm alone and by its harmony alone, whoever plays.
//!
//! A piece that was not heard before is held beside pieces of every genre; the nearest should be of its own. Told are
//! neither instruments nor tempo: for rhythm, where in the bar each role strikes; for harmony, which pitch classes
//! stand above the bass and where the bass goes, both as seen from the tonic.

use std::collections::HashMap;

use score::{CueSheet, Part, Role, Score};

use super::piece::{film, genres, piece};

/// Seeds that are known, and seeds that are to be told.
const KNOWN: std::ops::RangeInclusive<u64> = 1..=6;
const NEW: std::ops::RangeInclusive<u64> = 11..=14;

type Trait = HashMap<(usize, usize), f64>;

/// Shares that add up to 1 for each kind of observation.
fn shares(seen: Trait) -> Trait {
    let mut sums: HashMap<usize, f64> = HashMap::new();
    for ((kind, _), weight) in &seen {
        *sums.entry(*kind).or_default() += weight;
    }
    seen.into_iter().map(|((kind, what), weight)| ((kind, what), weight / sums[&kind])).collect()
}

fn apart(one: &Trait, other: &Trait) -> f64 {
    let share = |of: &Trait, what: &(usize, usize)| of.get(what).copied().unwrap_or(0.0);
    let own: f64 = one.iter().map(|(what, weight)| (weight - share(other, what)).abs()).sum();
    let others: f64 =
        other.iter().filter(|(what, _)| !one.contains_key(what)).map(|(_, weight)| weight).sum();
    own + others
}

/// Where in the bar each role strikes; of the drums, each group of pieces.
fn rhythm((cue, score): &(CueSheet, Score)) -> Trait {
    let mut seen = Trait::new();
    for part in &score.parts {
        for note in &part.notes {
            let group = match (part.role, note.pitch) {
                (Role::Effects | Role::Melody | Role::Counter, _) => continue,
                (Role::Drums, 35 | 36) => 0,
                (Role::Drums, 37..=40) => 1,
                (Role::Drums, 42 | 44 | 46 | 51 | 54 | 70) => 2,
                (Role::Drums, _) => 3,
                (Role::Bass, _) => 4,
                (Role::Chords, _) => 5,
                (Role::Arpeggio, _) => 6,
                (Role::Pad, _) => 7,
            };
            let step = (cue.tempo.beat(note.at) * 4.0).round().rem_euclid(16.0) as usize;
            *seen.entry((group, step)).or_default() += f64::from(note.velocity);
        }
    }
    shares(seen)
}

/// What stands above the bass, and where the bass goes.
fn harmony((cue, score): &(CueSheet, Score)) -> Trait {
    let mut seen = Trait::new();
    let role = |wanted: Role| score.parts.iter().find(|part| part.role == wanted);
    let backing: Vec<&Part> =
        score.parts.iter().filter(|p| matches!(p.role, Role::Chords | Role::Pad | Role::Arpeggio)).collect();
    let mut before = None;
    for beat in 0..cue.tempo.beat(cue.length) as i64 {
        let at = cue.tempo.time(beat as f64 + 0.5);
        let sounds = |part: &&Part| {
            let on = |note: &&score::Note| note.at <= at && at < note.at + note.length;
            part.notes.iter().filter(on).map(|note| note.pitch).collect::<Vec<u8>>()
        };
        let low = role(Role::Bass).iter().flat_map(&sounds).min();
        let tones: Vec<u8> = backing.iter().flat_map(&sounds).collect();
        let Some(bass) = low.or(tones.iter().min().copied()) else { continue };
        let from_tonic = |pitch: u8| usize::from((pitch + 12 - cue.key.tonic) % 12);
        for tone in &tones {
            let above = usize::from((tone + 120 - bass) % 12);
            *seen.entry((0, above)).or_default() += 1.0;
            *seen.entry((1, from_tonic(bass) * 12 + above)).or_default() += 1.0;
        }
        let now = from_tonic(bass);
        if let Some(last) = before.filter(|last| *last != now) {
            *seen.entry((2, last * 12 + now)).or_default() += 1.0;
        }
        before = Some(now);
    }
    shares(seen)
}

/// Share of new pieces whose nearest known piece is of their own genre, and those that were taken for others.
fn told(traits: impl Fn(&(CueSheet, Score)) -> Trait) -> (f64, Vec<String>) {
    let film = film(60.0, &[]);
    let of = |seed: u64| {
        let pieces = genres().into_iter().map(move |genre| (genre.clone(), seed));
        pieces.map(|(genre, seed)| (traits(&piece(&genre, seed, &film)), genre)).collect::<Vec<_>>()
    };
    let known: Vec<(Trait, String)> = KNOWN.flat_map(of).collect();
    let new: Vec<(Trait, String)> = NEW.flat_map(of).collect();
    let nearest = |seen: &Trait| {
        known.iter().min_by(|a, b| apart(&a.0, seen).total_cmp(&apart(&b.0, seen))).unwrap().1.clone()
    };
    let mistaken: Vec<String> = new
        .iter()
        .map(|(seen, genre)| (genre, nearest(seen)))
        .filter(|(genre, nearest)| *genre != nearest)
        .map(|(genre, nearest)| format!("{genre} for {nearest}"))
        .collect();
    (1.0 - mistaken.len() as f64 / new.len() as f64, mistaken)
}

#[test]
fn a_genre_is_known_by_its_rhythm_alone() {
    let (share, mistaken) = told(rhythm);
    println!("by rhythm alone {share:.3}, mistaken: {mistaken:?}");
    assert!(share >= 0.8, "{share:.3} {mistaken:?}");
}

#[test]
fn a_genre_is_known_by_its_harmony_alone() {
    let (share, mistaken) = told(harmony);
    println!("by harmony alone {share:.3}, mistaken: {mistaken:?}");
    assert!(share >= 0.5, "{share:.3} {mistaken:?}");
}
