//! Another take of a player or a section changes that and nothing else.

use score::{Brief, CueSheet, Note, Part, Role, Score, Take, Taken};
use sound::{Span, Time};

use super::piece::{film, piece_of};

fn written(genre: &str, takes: &[Take]) -> (CueSheet, Score) {
    let mut brief = Brief { genre: Some(genre.to_owned()), seed: 3, ..Brief::default() };
    takes.iter().for_each(|take| brief.retake(*take));
    piece_of(&brief, &film(60.0, &[]))
}

fn notes(score: &Score, wanted: impl Fn(&Part, &Note) -> bool) -> Vec<(Role, Note)> {
    let of = |part: &Part| {
        part.notes.iter().filter(|note| wanted(part, note)).map(|note| (part.role, *note)).collect::<Vec<_>>()
    };
    score.parts.iter().flat_map(of).collect()
}

#[test]
fn another_take_of_a_player_changes_that_player_alone() {
    for genre in ["lofi", "rock", "cinematic", "jazz"] {
        let (_, first) = written(genre, &[]);
        for role in [Role::Drums, Role::Melody, Role::Bass] {
            let (_, second) = written(genre, &[Take { of: Taken::Role(role), seed: 99 }]);
            let others = |score: &Score| notes(score, |part, _| part.role != role);
            let own = |score: &Score| notes(score, |part, _| part.role == role);
            assert_eq!(others(&first), others(&second), "{genre} {role:?}");
            assert!(own(&first).is_empty() || own(&first) != own(&second), "{genre} {role:?}");
        }
    }
}

#[test]
fn another_take_of_a_section_changes_that_section_alone() {
    for genre in ["lofi", "rock", "cinematic", "jazz"] {
        let (cue, first) = written(genre, &[]);
        let middle = cue.sections.len() / 2;
        let section = &cue.sections[middle];
        let early = Time::from_seconds(0.03);
        let [start, end] =
            [section.first_bar, section.first_bar + section.bars].map(|bar| cue.bar_start(bar) - early);
        let span = Span::new(start, end);
        let (_, second) = written(genre, &[Take { of: Taken::Section(middle), seed: 99 }]);
        let others = |score: &Score| notes(score, |_, note| !span.contains(note.at));
        let own = |score: &Score| notes(score, |_, note| span.contains(note.at));
        assert_eq!(others(&first), others(&second), "{genre}");
        assert_ne!(own(&first), own(&second), "{genre}");
        let (_, nowhere) = written(genre, &[Take { of: Taken::Section(99), seed: 5 }]);
        assert_eq!(nowhere, first, "{genre}");
    }
}
