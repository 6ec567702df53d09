//! Speech and music told from everything else: real recordings, spoken text, own music, and mixtures made here.
//!
//! What is printed between `BEGIN` and `END` becomes docs/hearing.md (scripts/hearing.sh).

mod material;
mod score;

use material::{Material, labelled, recording, under};
use score::{Row, table};

/// Levels of the speech over what is under it, in dB.
const LEVELS: [f64; 3] = [20.0, 14.0, 8.0];

#[test]
fn speech_is_told_from_music_noise_and_silence() {
    let Some(material) = Material::gather() else { return };
    let mut rows =
        vec![Row::of("labelled films", material.films()), Row::of("spoken text", material.spoken())];
    for level in LEVELS {
        let over = |beds: &[Vec<_>]| {
            material
                .voices()
                .into_iter()
                .flat_map(|(voice, truth)| {
                    beds.iter().map(|bed| under(&voice, &truth, bed, level)).collect::<Vec<_>>()
                })
                .collect()
        };
        rows.push(Row::of(&format!("{level:.0} dB over music"), over(&material.music)));
        rows.push(Row::of(&format!("{level:.0} dB over noise"), over(&material.noise)));
    }
    let silent = |sounds: &[Vec<_>]| sounds.iter().map(|sound| (sound.clone(), Vec::new())).collect();
    rows.push(Row::of("music alone", silent(&material.music)));
    rows.push(Row::of("noise, rotors, streets, silence", silent(&material.noise)));
    println!("\nBEGIN speech\n{}END", table(&rows));
    for row in &rows {
        // At 8 dB over music, where a film is badly mixed, short phrases are lost and pauses filled; the table says how many.
        let (least, most) = if row.name == "8 dB over music" { (0.85, 0.1) } else { (0.95, 0.03) };
        assert!(row.found() >= least, "{}: {:.3} found", row.name, row.found());
        assert!(row.wrong() <= most, "{}: {:.3} wrong", row.name, row.wrong());
    }
}

#[test]
fn borders_of_the_labelled_speech_are_within_150_ms() {
    let Some(sound) = recording("speech_jfk_11s.flac") else { return };
    let truth = labelled("speech_jfk_11s.flac");
    let found = material::listen(&sound).speech;
    assert_eq!(found.len(), truth.len(), "{found:?}");
    let mut worst: f64 = 0.0;
    for (found, truth) in found.iter().zip(&truth) {
        worst = worst.max((found.start.seconds() - truth.start.seconds()).abs());
        worst = worst.max((found.end.seconds() - truth.end.seconds()).abs());
    }
    println!(
        "\nBEGIN borders\nThe borders of the labelled clip are met within {:.0} ms.\nEND",
        worst * 1000.0
    );
    assert!(worst <= 0.15, "{worst} s off: {found:?}");
}

#[test]
fn films_with_music_are_told_from_those_without() {
    let Some(material) = Material::gather() else { return };
    let mut lines = String::from("| sound | music | heard | right |\n|---|---|---|---|\n");
    let (mut right, mut all) = (0, 0);
    let own = material.cues.iter().map(|(name, cue)| (name.clone(), true, cue.clone()));
    for (name, has, sound) in material::music_labels().into_iter().chain(own) {
        let heard = material::listen(&sound);
        let seconds = heard.music.iter().map(|span| span.length()).sum::<sound::Time>().seconds();
        let (yes, mark) =
            (if has { "yes" } else { "no" }, if has == heard.has_music { "yes" } else { "**no**" });
        lines += &format!("| {name} | {yes} | {seconds:.1} s of {:.1} | {mark} |\n", heard.length.seconds());
        right += usize::from(has == heard.has_music);
        all += 1;
    }
    println!("\nBEGIN music\n{lines}\n{right} of {all} are right.\nEND");
    assert!(right * 10 >= all * 9, "{right} of {all}\n{lines}");
}
