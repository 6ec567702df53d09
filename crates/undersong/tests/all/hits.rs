//! Strong cuts fall on beats: cuts as ffmpeg finds them, beats as the exported MIDI file has them.

use std::fs;
use std::path::Path;

use midly::{MetaMessage, MidiMessage, Smf, Timing, TrackEventKind};
use serde_json::Value;

use super::facts::{changes, number, picture};
use super::program::{Room, film};

/// A MIDI file on the clock: when its quarters and its notes begin, in seconds.
pub(super) struct Played {
    pub(super) quarters: Vec<f64>,
    /// When, which channel, which key.
    pub(super) notes: Vec<(f64, u8, u8)>,
}

/// Reads a MIDI file by its tempo map.
pub(super) fn played(file: &Path) -> Played {
    let bytes = fs::read(file).unwrap();
    let song = Smf::parse(&bytes).unwrap();
    let Timing::Metrical(quarter) = song.header.timing else { panic!("no quarters") };
    let quarter = u64::from(quarter.as_int());
    let (mut tempi, mut notes, mut end) = (Vec::new(), Vec::new(), 0);
    for track in &song.tracks {
        let mut tick = 0u64;
        for event in track {
            tick += u64::from(event.delta.as_int());
            match event.kind {
                TrackEventKind::Meta(MetaMessage::Tempo(micros)) => {
                    tempi.push((tick, f64::from(micros.as_int())))
                }
                TrackEventKind::Midi { channel, message: MidiMessage::NoteOn { key, vel } } if vel > 0 => {
                    notes.push((tick, channel.as_int(), key.as_int()));
                }
                _ => {}
            }
        }
        end = end.max(tick);
    }
    tempi.sort_by_key(|tempo| tempo.0);
    assert!(tempi.first().is_some_and(|first| first.0 == 0), "the tempo is known from the start");
    let seconds = |tick: u64| -> f64 {
        let until = tempi.iter().map(|tempo| tempo.0).skip(1).chain([u64::MAX]);
        let stretches = tempi.iter().zip(until);
        let micros = stretches
            .map(|(tempo, until)| tick.min(until).saturating_sub(tempo.0) as f64 / quarter as f64 * tempo.1);
        micros.sum::<f64>() / 1e6
    };
    let quarters = (0..=end / quarter).map(|count| seconds(count * quarter)).collect();
    let mut notes: Vec<_> =
        notes.into_iter().map(|(tick, channel, key)| (seconds(tick), channel, key)).collect();
    notes.sort_by(|a, b| a.0.total_cmp(&b.0));
    Played { quarters, notes }
}

/// How far the nearest of these moments is, in seconds.
fn nearest(moments: impl IntoIterator<Item = f64>, at: f64) -> f64 {
    moments.into_iter().map(|moment| (moment - at).abs()).fold(f64::INFINITY, f64::min)
}

/// Composes for a film and holds each planned hit against the picture and the notes; gives how many there were.
fn hits_land(name: &str, request: &str, seed: &str) -> usize {
    let Some(film) = film(name) else { return usize::MAX };
    let room = Room::new();
    let wanted = ["add", film.to_str().unwrap(), request, "--dry-run", "--midi", "a.mid"];
    let answer = room.run([&wanted[..], &["--seed", seed, "--json"]].concat()).answer();
    assert_eq!(
        room.results(),
        ["a.mid"],
        "a dry run writes notes where they are asked for, and nothing else"
    );
    let frame = one_frame(&film);
    let (cuts, played) = (changes(&film, 0.2), played(&room.file("a.mid")));
    let last = played.notes.last().unwrap().0;
    let hits = answer["cue"]["hits"].as_array().unwrap();
    let landed: Vec<&Value> = hits.iter().filter(|hit| hit["on"] != "none").collect();
    for hit in &landed {
        let at = hit["at_s"].as_f64().unwrap();
        let (cut, beat) = (nearest(cuts.iter().copied(), at), nearest(played.quarters.iter().copied(), at));
        assert!(cut <= frame, "{name}: the hit at {at} is {cut} s from a change of picture {cuts:?}");
        assert!(beat <= frame, "{name}: the hit at {at} is {beat} s from a beat");
        // Behind its last note the music only rings out.
        let note = nearest(played.notes.iter().map(|note| note.0), at);
        assert!(
            note <= frame || at > last,
            "{name}: at the hit at {at} no note begins, the next is {note} s off"
        );
        let said = hit["error_ms"].as_f64().unwrap().abs() / 1000.0;
        assert!((said - beat).abs() < 0.002, "{name}: the report says {said} s off, it is {beat}");
    }
    let warned =
        answer["warnings"].as_array().unwrap().iter().filter(|text| text.as_str().unwrap().contains("beat"));
    assert_eq!(warned.count(), 0, "only moments that somebody asked for are warned of");
    landed.len()
}

/// How long a picture of a film stands, in seconds.
fn one_frame(film: &Path) -> f64 {
    let rate = picture(film)["r_frame_rate"].clone();
    let (over, under) = rate.as_str().unwrap().split_once('/').unwrap();
    number(&under.into()) / number(&over.into()) + 1e-6
}

#[test]
fn cuts_of_a_street_film_fall_on_beats() {
    for (request, seed) in [
        ("add upbeat corporate music that lands on the cuts", "1"),
        ("add chill lo-fi beats", "2"),
        ("add retro chiptune music", "3"),
        ("add epic cinematic music", "4"),
    ] {
        assert!(hits_land("bikes_street_cuts_640x272_noaudio.mp4", request, seed) >= 3, "{request}");
    }
}

#[test]
fn cuts_of_an_animation_fall_on_beats() {
    assert!(
        hits_land("animation_bbb_720p24_vp8.webm", "add warm acoustic music, playful and light", "1") >= 2
    );
}

#[test]
fn wanted_hits_fall_on_beats() {
    let room = Room::new();
    let wanted = ["compose", "--length", "21.7", "--genre", "cinematic", "--hits", "3.21,7.93,15.05"];
    let answer = room.run([&wanted[..], &["--seed", "9", "--midi", "a.mid", "--json"]].concat()).answer();
    let played = played(&room.file("a.mid"));
    let hits = answer["cue"]["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 3);
    for (hit, wanted) in hits.iter().zip([3.21, 7.93, 15.05]) {
        assert!(hit["on"] != "none" && (hit["at_s"].as_f64().unwrap() - wanted).abs() < 1e-6, "{hit}");
        assert!(nearest(played.quarters.iter().copied(), wanted) < 0.033, "{wanted}");
    }
}
