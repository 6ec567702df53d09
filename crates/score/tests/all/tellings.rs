//! What somebody asks of the form: a climax at a moment, room to breathe, a piece like another.

use footage::Section;
use score::{Brief, SectionKind};
use sound::{Span, Time};

use super::piece::{film, genres, piece_of};

#[test]
fn the_climax_stands_where_it_was_asked_for() {
    let at = Time::from_seconds(37.0);
    for genre in genres() {
        for seed in 1..=3 {
            let brief = Brief { genre: Some(genre.clone()), climax: Some(at), seed, ..Brief::default() };
            let (cue, _) = piece_of(&brief, &film(60.0, &[]));
            let summit = cue.sections.iter().find(|section| section.kind == SectionKind::Climax).unwrap();
            let begins = cue.bar_start(summit.first_bar).distance(at).seconds();
            let bar = cue.bar_span(summit.first_bar).length().seconds();
            assert!(begins <= bar / 2.0 + 0.01, "{genre} {seed}: {begins} s away");
            assert!(cue.sections.iter().all(|section| section.energy <= summit.energy), "{genre} {seed}");
            let met = cue.hits.iter().find(|hit| hit.at == at).unwrap();
            assert!(met.error < Time::from_ratio(1, 30), "{genre} {seed}: {:?}", met.error);
        }
    }
}

#[test]
fn music_that_may_breathe_leaves_talk_alone() {
    let mut talking = film(90.0, &[]);
    let half = Span::new(Time::from_seconds(30.0), Time::from_seconds(55.0));
    talking.speech = vec![half];
    talking.sections = [(0.0, 30.0), (30.0, 55.0), (55.0, 90.0)]
        .map(|(from, until)| Section {
            span: Span::new(Time::from_seconds(from), Time::from_seconds(until)),
            energy: 0.5,
            ..Section::default()
        })
        .to_vec();
    let brief = Brief { genre: Some("cinematic".to_owned()), breathing: true, ..Brief::default() };
    let (cue, score) = piece_of(&brief, &talking);
    let silent: Vec<Span> =
        cue.sections.iter().filter(|s| s.silent).map(|section| cue.section_span(section)).collect();
    assert!(silent.iter().any(|span| span.overlap(half).length().seconds() > 5.0), "{silent:?}");
    for span in &silent {
        let begun = score.parts.iter().flat_map(|part| &part.notes).filter(|note| {
            note.at > span.start + Time::from_seconds(0.3) && note.at < span.end - Time::from_seconds(2.5)
        });
        assert_eq!(begun.count(), 0, "notes begin in {span:?}");
    }
    assert!(!cue.sections.last().unwrap().silent);
}

#[test]
fn a_piece_like_another_has_its_manner_and_another_tune() {
    for genre in genres() {
        let first = Brief { genre: Some(genre.clone()), seed: 5, ..Brief::default() };
        let second = Brief { seed: 6, like: Some(5), ..first.clone() };
        let ((one, played), (other, again)) =
            (piece_of(&first, &film(60.0, &[])), piece_of(&second, &film(60.0, &[])));
        assert_eq!(one.heard_tempo(), other.heard_tempo(), "{genre}");
        assert_eq!(one.key.mode, other.key.mode, "{genre}");
        assert_ne!(one.key.tonic, other.key.tonic, "{genre}");
        let seats = |score: &score::Score| -> Vec<_> {
            score.parts.iter().map(|part| (part.role, part.instrument)).collect()
        };
        assert_eq!(seats(&played), seats(&again), "{genre}");
        let notes =
            |score: &score::Score| score.parts.iter().map(|part| part.notes.clone()).collect::<Vec<_>>();
        assert_ne!(notes(&played), notes(&again), "{genre}");
    }
}
