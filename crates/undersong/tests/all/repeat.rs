//! Music as long as the film to the sample; the same seed gives the same bytes, another seed other notes.

use std::fs;

use super::facts::probe;
use super::hits::played;
use super::program::{Room, Told, film};

/// Frames in a WAV file, by its size and header as ffprobe reads it.
fn frames(room: &Room, name: &str) -> u64 {
    let told = probe(&room.file(name), &["-show_entries", "stream=duration_ts,sample_rate,channels"]);
    let stream = &told["streams"][0];
    assert_eq!((&stream["sample_rate"], &stream["channels"]), (&"48000".into(), &2.into()));
    stream["duration_ts"].as_u64().unwrap()
}

#[test]
fn music_is_exact_to_the_sample() {
    let room = Room::new();
    for (length, wanted) in [("7.3", 350_400), ("0.1", 4_800), ("0:12.00002", 576_001), ("1", 48_000)] {
        let wanted_music = ["compose", "--length", length, "--genre", "chiptune", "-o", "a.wav"];
        room.run(wanted_music).text();
        if !super::program::has("ffprobe") {
            return;
        }
        assert_eq!(frames(&room, "a.wav"), wanted, "{length}");
    }
    for (name, wanted) in [("bikes_street_cuts_640x272_noaudio.mp4", 480_000), ("odd/made_0.2s.mp4", 9_610)] {
        let Some(film) = film(name) else { return };
        room.run(["add", film.to_str().unwrap(), "add chiptune", "-o", "b.mp4", "--wav", "b.wav"]).text();
        // 6 frames of 1001/30000 s are 9609.6 samples.
        assert_eq!(frames(&room, "b.wav"), wanted, "{name}");
    }
}

#[test]
fn a_seed_repeats_everything() {
    let Some(film) = film("odd/phone_720p_rot270_speech.mp4") else { return };
    let (rooms, names) =
        ([Room::new(), Room::new(), Room::new()], ["a.mid", "a.wav", "a.mp4", "a.otio", "a.json"]);
    for (room, seed) in rooms.iter().zip(["5", "5", "6"]) {
        let wanted = ["add", film.to_str().unwrap(), "add lo-fi music", "--seed", seed, "-o", "a.mp4"];
        let files =
            ["--midi", "a.mid", "--wav", "a.wav", "--otio", "a.otio", "--project", "a.json", "--stems", "s"];
        room.run([&wanted[..], &files].concat()).text();
    }
    let read = |room: &Room, name: &str| fs::read(room.file(name)).unwrap();
    for name in names {
        assert!(read(&rooms[0], name) == read(&rooms[1], name), "{name} differs with the same seed");
    }
    for stem in fs::read_dir(rooms[0].file("s")).unwrap() {
        let name = format!("s/{}", stem.unwrap().file_name().to_str().unwrap());
        assert!(read(&rooms[0], &name) == read(&rooms[1], &name), "{name} differs with the same seed");
    }
    let notes = |room: &Room| played(&room.file("a.mid")).notes;
    assert_ne!(notes(&rooms[0]), notes(&rooms[2]), "another seed gives other notes");
}

#[test]
fn asking_again_gives_the_same_without_a_seed() {
    let Some(film) = film("odd/sar_2by3.mp4") else { return };
    let room = Room::new();
    let seed = |request: &str| {
        let wanted = ["add", film.to_str().unwrap(), request, "--dry-run", "--json"];
        room.run(wanted).answer()["cue"]["seed"].clone()
    };
    assert_eq!(seed("add calm music"), seed("add calm music"));
    assert_ne!(seed("add calm music"), seed("add happy music"));
}

#[test]
fn seeds_reach_keys_and_notes_of_every_genre() {
    let room = Room::new();
    for genre in ["lofi", "chiptune", "cinematic", "corporate", "ambient"] {
        let keys: std::collections::BTreeSet<String> = (1..=6)
            .map(|seed: u32| {
                let wanted =
                    ["compose", "--length", "20", "--genre", genre, "--seed", &seed.to_string(), "--json"];
                room.run(wanted).answer()["cue"]["key"].as_str().unwrap().to_owned()
            })
            .collect();
        assert!(keys.len() >= 3, "{genre}: {keys:?}");
    }
}

#[test]
fn a_film_that_is_remembered_is_not_watched_again_and_sounds_the_same() {
    let Some(film) = film("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let room = Room::new();
    let add = |name: &str, memory: Option<&str>| {
        let mut command = room.undersong();
        memory.map(|memory| command.env("UNDERSONG_CACHE", memory));
        command.args(["add", film.to_str().unwrap(), "add chiptune", "--seed", "5", "-o", name, "--json"]);
        Told::of(command.output().unwrap()).answer()
    };
    let first = add("first.mp4", None);
    let remembered = room.remembered();
    assert_eq!(remembered.len(), 1, "{remembered:?}");
    let (second, unremembered) = (add("second.mp4", None), add("third.mp4", Some("none")));
    assert_eq!(room.remembered(), remembered);
    assert_eq!((&first["watch"], &first["cue"]), (&second["watch"], &second["cue"]));
    assert_eq!(first["watch"], unremembered["watch"]);
    let read = |name: &str| fs::read(room.file(name)).unwrap();
    assert!(read("first.mp4") == read("second.mp4") && read("first.mp4") == read("third.mp4"));
    // What was found patiently is kept apart: it must not change what `add` finds.
    let patient = room.run(["watch", film.to_str().unwrap(), "--json"]).answer();
    assert_eq!(room.remembered().len(), 2);
    assert_eq!(patient, room.run(["watch", film.to_str().unwrap(), "--json"]).answer());
}
