//! Authentic chip music has the voices of its console and not one more.

use proptest::prelude::*;
use score::{Brief, Instrument, Part};
use sound::Time;

use super::piece::{film, piece_of};

/// Stretches in which a part sounds; a pulse plays held keys in turn, so a chord is one voice.
fn stretches(part: &Part) -> Vec<(Time, Time)> {
    let mut found: Vec<(Time, Time)> = Vec::new();
    for note in &part.notes {
        match found.last_mut() {
            Some(last) if note.at < last.1 => last.1 = last.1.max(note.at + note.length),
            _ => found.push((note.at, note.at + note.length)),
        }
    }
    found
}

/// The most parts that sound at one moment.
fn at_once(parts: &[&Part]) -> usize {
    let sounding: Vec<Vec<(Time, Time)>> = parts.iter().map(|part| stretches(part)).collect();
    let starts = sounding.iter().flatten().map(|stretch| stretch.0);
    let count = |at: Time| {
        sounding.iter().filter(|part| part.iter().any(|(from, until)| *from <= at && at < *until)).count()
    };
    starts.map(count).max().unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_console_has_five_channels_and_no_more(
        seconds in 1.0f64..120.0,
        seed in 0u64..1000,
        cuts in prop::collection::vec(0.0f64..120.0, 0..10),
    ) {
        let brief =
            Brief { genre: Some("chiptune".to_owned()), authentic: true, seed, ..Brief::default() };
        let (_, score) = piece_of(&brief, &film(seconds, &cuts));
        let on = |wanted: &[Instrument]| -> Vec<&Part> {
            score.parts.iter().filter(|part| wanted.contains(&part.instrument)).collect()
        };
        let pulses = on(&[Instrument::PulseLead, Instrument::PulseEcho, Instrument::PulseChords]);
        prop_assert!(at_once(&pulses) <= 2, "{} pulses", at_once(&pulses));
        for single in [Instrument::TriangleBass, Instrument::NoiseKit] {
            let parts = on(&[single]);
            prop_assert!(parts.len() <= 1, "{single:?}");
        }
        for part in on(&[Instrument::TriangleBass, Instrument::NoiseKit]) {
            for pair in part.notes.windows(2) {
                prop_assert!(pair[0].at + pair[0].length <= pair[1].at, "{pair:?}");
            }
        }
        for part in on(&[Instrument::NoiseKit]) {
            for pair in part.notes.windows(2) {
                prop_assert!(pair[1].at - pair[0].at > Time::from_seconds(0.012), "{pair:?}");
            }
        }
        prop_assert!(score.authentic || score.parts.is_empty());
        for part in &score.parts {
            prop_assert_eq!(part.strip.echo, 0.0);
            for note in &part.notes {
                let end = note.at + note.length;
                for moment in [note.at, end] {
                    let whole = score::picture_start(score::picture_at(moment)) == moment;
                    prop_assert!(whole || moment == score.length, "{note:?}");
                }
                prop_assert!(end <= score.length && note.length > Time::ZERO, "{note:?}");
            }
        }
    }
}

#[test]
fn what_needs_more_than_the_chip_is_not_authentic() {
    for (genre, asked, authentic) in
        [("chiptune", true, true), ("chiptune", false, false), ("jazz", true, false)]
    {
        let brief = Brief { genre: Some(genre.to_owned()), authentic: asked, ..Brief::default() };
        assert_eq!(piece_of(&brief, &film(20.0, &[])).1.authentic, authentic, "{genre}");
    }
}
