//! Players hear one another: nobody doubles the tune, two chairs of one role complement each other, accents stay accents.

use std::collections::HashSet;

use score::{Brief, Note, Part, Role, SectionKind};
use sound::Time;

use super::piece::{film, genres, piece, piece_of};

/// Steps of 20 ms: fine enough to tell strokes apart, coarse enough for players who are a little off.
fn moments(part: &Part) -> HashSet<i64> {
    part.notes.iter().map(|note| (note.at.seconds() * 50.0).round() as i64).collect()
}

fn sounding(notes: &[Note], at: Time) -> impl Iterator<Item = &Note> {
    notes.iter().filter(move |note| note.at <= at && at < note.at + note.length)
}

#[test]
fn two_chairs_of_one_role_do_not_play_the_same() {
    let (mut shared, mut all) = (0, 0);
    for genre in genres() {
        for seed in 1..=4 {
            let score = piece(&genre, seed, &film(90.0, &[])).1;
            let chords: Vec<&Part> = score.parts.iter().filter(|part| part.role == Role::Chords).collect();
            let [first, second] = chords[..] else { continue };
            let (first, second) = (moments(first), moments(second));
            shared += second.intersection(&first).count();
            all += second.len();
        }
    }
    let share = shared as f64 / all as f64;
    println!("strokes of the second chair that are also the first's: {share:.2}");
    assert!(share < 0.6, "{share:.2}");
}

#[test]
fn the_counter_line_is_no_shadow_of_the_tune() {
    let (mut doubled, mut all) = (0, 0);
    for genre in genres() {
        for seed in 1..=4 {
            let score = piece(&genre, seed, &film(90.0, &[])).1;
            let of = |role: Role| score.parts.iter().find(|part| part.role == role);
            let (Some(tune), Some(counter)) = (of(Role::Melody), of(Role::Counter)) else { continue };
            for note in &counter.notes {
                let middle = note.at + note.length / 2;
                for sung in sounding(&tune.notes, middle) {
                    all += 1;
                    doubled += usize::from((i16::from(sung.pitch) - i16::from(note.pitch)) % 12 == 0);
                }
            }
        }
    }
    let share = doubled as f64 / all.max(1) as f64;
    println!("tones of the counter-line that double the tune: {share:.3} of {all}");
    assert!(all > 500 && share < 0.09, "{share:.3} of {all}");
}

#[test]
fn no_accent_is_cut_off() {
    for genre in genres() {
        let score = piece(&genre, 3, &film(90.0, &[])).1;
        let notes: Vec<u8> =
            score.parts.iter().flat_map(|part| &part.notes).map(|note| note.velocity).collect();
        let most = notes.iter().filter(|velocity| **velocity == 127).count();
        assert!(most * 200 <= notes.len(), "{genre}: {most} of {} as loud as can be", notes.len());
    }
}

#[test]
fn half_a_minute_has_a_summit() {
    for genre in genres() {
        for length in [24.0, 30.0, 45.0] {
            let cue = piece(&genre, 2, &film(length, &[])).0;
            let summit = cue.sections.iter().find(|section| section.kind == SectionKind::Climax);
            let others = cue.sections.iter().filter(|section| section.kind != SectionKind::Climax);
            let highest = others.map(|section| section.energy).fold(0.0, f64::max);
            if let Some(summit) = summit {
                assert!(summit.energy > highest + 0.1, "{genre}, {length} s: {:?}", cue.sections);
                assert!(summit.energy >= 0.7, "{genre}, {length} s: {:.2}", summit.energy);
            }
        }
    }
}

#[test]
fn a_tempo_that_was_named_is_kept() {
    for (genre, bpm, length) in
        [("house", 128.0, 20.0), ("lofi", 90.0, 13.0), ("rock", 140.0, 20.0), ("jazz", 120.0, 47.0)]
    {
        let brief =
            Brief { genre: Some(genre.to_owned()), tempo_bpm: Some(bpm), seed: 1, ..Brief::default() };
        for cuts in [&[][..], &[3.3, 7.1, 9.9, 12.4]] {
            let heard = piece_of(&brief, &film(length, cuts)).0.heard_tempo().bpm();
            assert!((heard / bpm - 1.0).abs() <= 0.0101, "{genre}: {bpm} became {heard}");
        }
    }
}

#[test]
fn a_loop_has_whole_phrases_where_the_tempo_allows() {
    for genre in ["house", "reggae", "chiptune", "lofi"] {
        for seed in 1..=3 {
            let brief = Brief { genre: Some(genre.to_owned()), looping: true, seed, ..Brief::default() };
            let cue = piece_of(&brief, &film(60.0, &[])).0;
            assert!(cue.bars.is_multiple_of(4), "{genre} {seed}: {} bars", cue.bars);
        }
    }
}

#[test]
fn who_takes_after_the_piece_of_its_own_seed_has_another_tune() {
    let brief = Brief { genre: Some("chiptune".to_owned()), seed: 1, ..Brief::default() };
    let like = Brief { like: Some(1), ..brief.clone() };
    let tune = |brief: &Brief| {
        let score = piece_of(brief, &film(30.0, &[])).1;
        let melody = score.parts.into_iter().find(|part| part.role == Role::Melody).unwrap();
        melody.notes.iter().map(|note| (note.at, note.length)).collect::<Vec<_>>()
    };
    assert_ne!(tune(&brief), tune(&like));
}
