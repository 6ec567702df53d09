//! A climax may stand in a higher key, and the piece comes home.

use score::{Key, Role, Score, SectionKind};
use sound::Span;

use super::piece::{film, piece};

/// Pitch classes that parts of some roles begin between two moments.
fn classes(score: &Score, roles: &[Role], from: f64, until: f64) -> Vec<u8> {
    let parts = score.parts.iter().filter(|part| roles.contains(&part.role));
    let inside = |note: &&score::Note| (from..until).contains(&note.at.seconds());
    parts.flat_map(|part| part.notes.iter().filter(inside)).map(|note| note.pitch % 12).collect()
}

#[test]
fn an_epic_climax_stands_higher_in_some_pieces_and_the_end_is_at_home() {
    let film = film(120.0, &[]);
    let mut lifted = 0;
    for seed in 1..=10 {
        let (cue, score) = piece("epic", seed, &film);
        let Some(section) = cue.sections.iter().find(|section| section.lift > 0) else { continue };
        lifted += 1;
        assert_eq!((section.kind, section.lift), (SectionKind::Climax, 3));
        let key = cue.key_of(section);
        assert_eq!(key.tonic, (cue.key.tonic + 3) % 12);
        // its last bar leads home
        let span =
            Span::new(cue.section_span(section).start, cue.bar_start(section.first_bar + section.bars - 1));
        let heard = classes(
            &score,
            &[Role::Bass, Role::Chords, Role::Pad, Role::Melody],
            span.start.seconds(),
            span.end.seconds(),
        );
        let share = |key: Key| {
            let own = |class: &&u8| key.mode.steps().iter().any(|step| (key.tonic + step) % 12 == **class);
            heard.iter().filter(own).count() as f64 / heard.len() as f64
        };
        assert!(share(key) > share(cue.key), "{seed}: the music is in {} and not in {key}", cue.key);
        let last = classes(&score, &[Role::Bass], cue.bar_start(cue.bars - 1).seconds() - 0.1, 120.0);
        assert!(last.last().is_none_or(|class| *class == cue.key.tonic), "{seed}: {last:?} in {}", cue.key);
    }
    assert!((2..=8).contains(&lifted), "{lifted} of 10 pieces");
}
