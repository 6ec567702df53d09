//! What must hold for every score.

use footage::{Curve, Cut, Feeling, Profile, Section};
use proptest::prelude::*;
use sound::{Span, Time};

use crate::{Brief, Library, Score, choose, compose, spot};

/// A film of which nothing is known.
pub(crate) fn empty_film() -> Profile {
    film(10.0, &[], None)
}

fn film(seconds: f64, cuts: &[f64], speech: Option<(f64, f64)>) -> Profile {
    let length = Time::from_seconds(seconds);
    let mut cuts: Vec<Cut> = cuts
        .iter()
        .filter(|at| **at > 0.0 && **at < seconds)
        .map(|at| Cut::hard(Time::from_seconds(*at), 0.8))
        .collect();
    cuts.sort_by_key(|cut| cut.at);
    Profile {
        length,
        cuts,
        sections: vec![Section {
            span: Span::new(Time::ZERO, length),
            energy: 0.5,
            feeling: Feeling::default(),
            ..Section::default()
        }],
        motion: Curve::default(),
        brightness: Curve::default(),
        loudness: Curve::default(),
        energy: Curve::default(),
        speech: speech.map(|(a, b)| Span::seconds(a, b.min(seconds))).into_iter().collect(),
        film_loudness: None,
        speech_loudness: None,
        has_music: false,
        feeling: Feeling::default(),
        ..Profile::default()
    }
}

fn written(genre: &str, seed: u64, profile: &Profile) -> Score {
    let library = Library::built_in().unwrap();
    let brief = Brief { genre: Some(genre.to_owned()), seed, ..Brief::default() };
    let (genre, mood) = choose(&brief, profile, &library).unwrap();
    let cue = spot(&brief, genre, mood, profile, Span::new(Time::ZERO, profile.length));
    compose(&cue, &brief, genre)
}

#[test]
fn a_seed_repeats_itself_and_another_writes_other_notes() {
    let profile = film(30.0, &[4.2, 11.0, 19.4], None);
    for genre in ["lofi", "chiptune", "cinematic", "corporate", "ambient"] {
        assert_eq!(written(genre, 1, &profile), written(genre, 1, &profile));
        assert_ne!(written(genre, 1, &profile).parts, written(genre, 2, &profile).parts);
    }
}

#[test]
fn the_tune_rests_while_somebody_talks() {
    let profile = film(40.0, &[], Some((12.0, 28.0)));
    for seed in 0..5 {
        let score = written("lofi", seed, &profile);
        let tune = score.parts.iter().find(|part| part.role == crate::Role::Melody);
        let notes = tune.map_or(&[][..], |part| &part.notes);
        let talk = Span::seconds(14.0, 26.0);
        assert!(!notes.iter().any(|note| talk.contains(note.at)), "seed {seed}");
    }
}

#[test]
fn somebody_holds_chords_under_talk_and_nobody_crashes_into_it() {
    let talk = Span::seconds(9.0, 31.0);
    let profile = film(40.0, &[], Some((9.0, 31.0)));
    for (genre, seed) in
        ["lofi", "corporate"].into_iter().flat_map(|genre| (0..6).map(move |seed| (genre, seed)))
    {
        let score = written(genre, seed, &profile);
        let harmony = |role| matches!(role, crate::Role::Pad | crate::Role::Chords);
        let notes = || score.parts.iter().filter(|part| harmony(part.role)).flat_map(|part| &part.notes);
        for tenth in 95..305 {
            let at = Time::from_seconds(f64::from(tenth) / 10.0);
            // A held chord lets go shortly before the next.
            let near = Span::new(at - Time::from_seconds(0.2), at + Time::from_seconds(0.2));
            let held =
                notes().any(|note| !Span::new(note.at, note.at + note.length).overlap(near).is_empty());
            assert!(held, "{genre} {seed} rests at {at}");
        }
        let effects = score.parts.iter().filter(|part| part.role == crate::Role::Effects);
        assert!(!effects.flat_map(|part| &part.notes).any(|note| talk.contains(note.at)), "{genre} {seed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_film_gets_music_that_fits(
        seconds in prop_oneof![0.05f64..6.0, 6.0f64..200.0],
        seed in 0u64..1000,
        genre in 0usize..5,
        cuts in prop::collection::vec(0.0f64..200.0, 0..12),
    ) {
        let profile = film(seconds, &cuts, None);
        let id = ["lofi", "chiptune", "cinematic", "corporate", "ambient"][genre];
        let score = written(id, seed, &profile);
        prop_assert!(!score.parts.is_empty(), "silence for {seconds} s");
        for part in &score.parts {
            prop_assert!(part.notes.is_sorted_by_key(|note| note.at));
            for note in &part.notes {
                prop_assert!(note.at >= Time::ZERO && note.length > Time::ZERO);
                prop_assert!(note.at + note.length <= score.length);
                prop_assert!((1..=127).contains(&note.velocity) && note.pitch < 128);
            }
        }
    }
}
