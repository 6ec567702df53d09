//! What is said of stills that leave no doubt what is in them.

use footage::{Picture, Probe, Profile, Still, Watcher};
use sound::Time;

use crate::any::check;

/// Frames a second.
const RATE: i64 = 25;

/// The profile of a film of so many frames, each as the function says.
fn shown(frames: i64, still: impl Fn(i64) -> Vec<u8>) -> Profile {
    let probe = Probe {
        container: "mp4".to_owned(),
        length: Time::from_ratio(frames, RATE),
        picture: Picture {
            stream: 0,
            codec: "h264".to_owned(),
            width: 64,
            height: 36,
            frame_rate: (RATE as u32, 1),
            pixel_format: "yuv420p".to_owned(),
            variable_rate: false,
            interlaced: false,
        },
        sound: None,
    };
    let mut watcher = Watcher::patient(&probe, &[]);
    while watcher.next_look().is_some() {
        for frame in 0..frames {
            watcher.see(Still { at: Time::from_ratio(frame, RATE), rgb: still(frame) });
        }
    }
    let profile = watcher.finish();
    check(&profile);
    profile
}

/// One colour all over.
fn flat(colour: [u8; 3]) -> Vec<u8> {
    colour.into_iter().cycle().take(Still::BYTES).collect()
}

/// A dark picture with something in it.
fn night(_: i64) -> Vec<u8> {
    (0..Still::BYTES).map(|byte| 5 + (byte % 192 / 6) as u8).collect()
}

#[test]
fn black_blank_and_very_short_films_claim_no_mood() {
    let films = [
        ("black", shown(100, |_| flat([0; 3]))),
        ("white", shown(100, |_| flat([255; 3]))),
        ("grey", shown(100, |_| flat([90; 3]))),
        ("one frame", shown(1, night)),
        ("eight frames", shown(8, night)),
        ("a glimpse in the black", shown(100, |i| if i < 10 { night(i) } else { flat([0; 3]) })),
    ];
    for (name, film) in films {
        let feelings = film.sections.iter().map(|section| &section.feeling).chain([&film.feeling]);
        assert!(feelings.into_iter().all(|feeling| feeling.confidence < 0.15), "{name}: {film}");
    }
    let night = shown(100, night).feeling;
    assert!(night.confidence > 0.4 && night.word() == "sad", "{night}");
}

#[test]
fn a_section_has_the_colours_of_its_own_shots_alone() {
    // Colours are taken once a second: the last red ones 0.48 s before the cut.
    let film = shown(500, |frame| {
        let colour = if frame < 237 { [200, 20, 20] } else { [20, 60, 220] };
        let shade = |byte: usize| (byte / 3 % 64 / 4) as u8;
        (0..Still::BYTES).map(|byte| colour[byte % 3] + shade(byte)).collect()
    });
    let [first, second] = &film.sections[..] else { panic!("{film}") };
    assert_eq!(first.span.end, Time::from_ratio(237, RATE), "{film}");
    assert!(first.colours.palette.iter().all(|[red, _, blue]| red > blue), "{film}");
    assert!(second.colours.palette.iter().all(|[red, _, blue]| blue > red), "{film}");
    assert!(film.colours.palette.iter().any(|[red, _, blue]| red > blue));
}
