//! From a second to two hours: as long as the film, with a form that fits.

use score::SectionKind;

use super::piece::{film, piece};

#[test]
fn every_length_has_a_form() {
    for (seconds, least, most) in
        [(1.0, 1, 1), (5.0, 1, 1), (30.0, 3, 6), (180.0, 6, 16), (1200.0, 30, 110), (7200.0, 180, 700)]
    {
        for genre in ["cinematic", "chiptune", "ambient"] {
            let film = film(seconds, &[]);
            let (cue, score) = piece(genre, 4, &film);
            assert_eq!(score.length, film.length);
            let count = cue.sections.len();
            assert!((least..=most).contains(&count), "{genre} of {seconds} s: {count} sections");
            assert_eq!(cue.sections.iter().map(|section| section.bars).sum::<usize>(), cue.bars);
            if count > 2 {
                assert_eq!(cue.sections[0].kind, SectionKind::Intro);
                assert_eq!(cue.sections[count - 1].kind, SectionKind::Outro);
                assert!(cue.sections.iter().any(|section| section.kind == SectionKind::Climax));
            }
        }
    }
}

#[test]
fn a_long_piece_has_new_themes_and_remembers_the_first() {
    let (cue, _) = piece("cinematic", 2, &film(900.0, &[]));
    let half = cue.sections.len() / 2;
    let later = &cue.sections[half..];
    let early: Vec<usize> = cue.sections[..half / 2].iter().map(|section| section.theme).collect();
    assert!(later.iter().any(|section| !early.contains(&section.theme)), "nothing new: {early:?}");
    assert!(later.iter().any(|section| section.theme == 0), "the first theme never returns");
}
