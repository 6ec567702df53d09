//! What cannot be read or written is refused in one sentence with a code, and leaves nothing.

use std::fs;
use std::path::Path;

use super::program::{Room, Told, film, has};

/// A refusal: exit code 3, one sentence with its code, nothing left.
fn refused(room: &Room, told: &Told, code: u64, word: &str) {
    assert_eq!(told.status.code(), Some(3), "{}", told.err);
    let sentence = told.err.lines().last().unwrap();
    let mark = format!(" [{code}]");
    assert!(sentence.starts_with("undersong: ") && sentence.ends_with(&mark), "{sentence}");
    assert!(sentence.contains(word), "{sentence} does not speak of {word}");
    assert!(sentence.trim_end_matches(&mark).ends_with(['.', '?']), "{sentence}");
    // Whatever else is said are lines of progress, for programs.
    let others = told.err.lines().filter(|line| *line != sentence);
    others.for_each(|line| assert!(line.starts_with("{\"stage\""), "{line}"));
    assert!(room.leftovers().is_empty(), "{:?}", room.leftovers());
}

/// Refused as text and as JSON.
fn refused_twice(film: &Path, code: u64, word: &str) {
    let room = Room::new();
    let name = film.to_str().unwrap();
    let told = room.run(["add", name, "add music", "-o", "out.mp4"]);
    refused(&room, &told, code, word);
    assert!(told.out.is_empty());
    let told = room.run(["add", name, "add music", "-o", "out.mp4", "--json"]);
    refused(&room, &told, code, word);
    let error = &told.document()["error"];
    assert_eq!((&error["code"], &error["retryable"]), (&code.into(), &false.into()));
    assert!(told.err.contains(error["message"].as_str().unwrap()));
    let told = room.run(["watch", name]);
    refused(&room, &told, code, word);
    assert!(room.results().is_empty(), "{:?}", room.results());
}

#[test]
fn what_is_no_film_is_refused() {
    for (name, code, word) in [
        ("odd/made_zero_byte.mp4", 4003, "empty"),
        ("odd/made_random_bytes.mp4", 4003, "no known kind"),
        ("odd/made_text_as.mp4", 4001, "text"),
        ("odd/audio_only.mp4", 4007, "only sound"),
        ("odd/mp3_with_cover_art.mp3", 4007, "only sound"),
        ("speech_jfk_11s.flac", 4007, "only sound"),
        ("odd/vvc_undecodable_here.mp4", 4001, "vvc1"),
    ] {
        let Some(film) = film(name) else { return };
        refused_twice(&film, code, word);
    }
}

#[test]
fn a_photo_can_be_scored_but_not_watched() {
    let Some(photo) = film("odd/made_still.jpg") else { return };
    let room = Room::new();
    let told = room.run(["watch", photo.to_str().unwrap()]);
    refused(&room, &told, 4001, "still picture");
    let told = room.run(["add", photo.to_str().unwrap(), "add music", "--dry-run", "--json"]).answer();
    assert_eq!(told["input"]["duration_s"], 4.0);
}

#[test]
fn a_film_cut_off_before_anything_can_be_read_is_refused() {
    let place = tempfile::tempdir().unwrap();
    for (name, keep) in [
        ("camera_1080p50_pcm.mov", 20_000),
        ("gopro_karma_vp9_opus.webm", 200),
        ("gopro_karma_drone_480p.mp4", 2_000_000),
        ("film_avi_mpeg4_mp3.avi", 100),
    ] {
        let Some(film) = film(name) else { return };
        let cut = place.path().join(name);
        fs::write(&cut, &fs::read(film).unwrap()[..keep]).unwrap();
        refused_twice(&cut, 4003, "cannot be read as a film");
    }
}

#[test]
fn a_film_that_is_not_there_is_named() {
    if !has("ffmpeg") {
        return;
    }
    refused_twice(Path::new("missing.mp4"), 5005, "missing.mp4");
    refused_twice(Path::new("/"), 4001, "folder");
}

#[test]
fn a_request_that_cannot_be_met_is_refused() {
    let Some(film) = film("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let room = Room::new();
    let told = room.run(["add", film.to_str().unwrap(), "start the music at 0:50", "-o", "out.mp4"]);
    refused(&room, &told, 400, "10");
    assert!(room.results().is_empty());
}

#[test]
fn places_that_cannot_be_written_are_refused_before_the_work() {
    let Some(film) = film("odd/made_0.2s.mp4") else { return };
    let room = Room::new();
    fs::copy(&film, room.file("film.mp4")).unwrap();
    fs::create_dir(room.file("folder")).unwrap();
    fs::write(room.file("song.wav"), "la").unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(room.file("pipe.mp4")).status();
    assert!(pipe.unwrap().success());
    let before = fs::read(room.file("film.mp4")).unwrap();
    for (arguments, word) in [
        (&["-o", "film.mp4"][..], "a file that is read"),
        (&["-o", "folder/../film.mp4"], "a file that is read"),
        (&["-o", "nowhere/out.mp4"], "no such folder"),
        (&["-o", "folder"], "no file"),
        (&["-o", "pipe.mp4"], "no file"),
        (&["-o", "out.mp4", "--project", "film.mp4"], "a file that is read"),
        (&["-o", "out.mp4", "--project", "out.mp4"], "two results"),
        (&["-o", "out.mp4", "--midi", "nowhere/a.mid"], "no such folder"),
        (&["-o", "out.mp4", "--report", "film.mp4"], "a file that is read"),
        (&["-o", "out.mp4", "--report", "nowhere/a.json"], "no such folder"),
        (&["-o", "out.mp4", "--stems", "film.mp4"], "no folder"),
        (&["-o", "out.mp4", "--music", "missing.mp3"], "missing.mp3"),
        (&["-o", "out.mp4", "--wav", "song.wav", "--music", "song.wav"], "a file that is read"),
    ] {
        let told = room.run([&["add", "film.mp4", "add music"], arguments].concat());
        refused(&room, &told, if word == "missing.mp3" { 5005 } else { 400 }, word);
        assert_eq!(room.results(), ["film.mp4", "folder", "pipe.mp4", "song.wav"], "{arguments:?}");
    }
    let told = room.run(["compose", "--length", "5", "-o", "nowhere/a.wav"]);
    refused(&room, &told, 400, "no such folder");
    assert_eq!(fs::read(room.file("film.mp4")).unwrap(), before);
}

#[test]
fn what_makes_no_sense_is_wrong_usage() {
    let room = Room::new();
    for arguments in [
        &[][..],
        &["add"],
        &["sing"],
        &["add", "film.mp4", "add music", "--preset", "cinema"],
        &["add", "film.mp4", "add music", "-o", "-", "--json"],
        &["compose", "--length", "-5"],
        &["compose", "--length", "5", "--mood", "xyzzy"],
        &["compose", "--length", "5", "--hits", "7"],
    ] {
        let told = room.run(arguments);
        assert_eq!(told.status.code(), Some(2), "{arguments:?}: {}", told.err);
        assert!(!told.err.is_empty());
    }
    assert!(room.results().is_empty() && room.leftovers().is_empty());
}

#[test]
fn a_variable_that_names_no_span_is_named() {
    if !has("ffmpeg") {
        return;
    }
    let room = Room::new();
    fs::write(room.file("film.mp4"), "no film").unwrap();
    let told = room
        .undersong()
        .args(["watch", "film.mp4"])
        .env("UNDERSONG_OPENING_SECONDS", "soon")
        .output()
        .unwrap();
    let told = String::from_utf8(told.stderr).unwrap();
    assert_eq!(told, "undersong: UNDERSONG_OPENING_SECONDS should be a number of seconds above 0. [5003]\n");
}
