//! Promises that were once broken: all results or none, true causes, and honest records.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use super::program::{Room, Told, film, has};

/// A short film with sound that is quick to score.
const SHORT: &str = "odd/sar_2by3.mp4";

/// Presses Ctrl-C.
fn interrupt(child: &Child) {
    let sent = Command::new("sh").args(["-c", &format!("kill -INT {}", child.id())]).status();
    assert!(sent.unwrap().success());
}

#[test]
fn no_result_can_take_the_place_of_another() {
    let Some(film) = film("odd/made_0.2s.mp4") else { return };
    let room = Room::new();
    for arguments in [
        &["-o", "x.mp4", "--report", "x.mp4"][..],
        &["-o", "x.mp4", "--report", "./x.mp4"],
        &["-o", "late.mp4", "--stems", "late.mp4"],
        &["-o", "late.mp4", "--stems", "late.mp4/stems"],
        &["--dry-run", "--project", "p.json", "--report", "p.json"],
    ] {
        let told = room.run([&["add", film.to_str().unwrap(), "add music"], arguments].concat());
        assert_eq!(told.status.code(), Some(3), "{arguments:?}: {}", told.err);
        assert!(told.err.contains("two results") && !told.err.contains("stage"), "{}", told.err);
        assert!(room.results().is_empty(), "{arguments:?}: {:?}", room.results());
    }
    let told = room.run(["compose", "--length", "2", "-o", "a.wav", "--stems", "a.wav"]);
    assert!(told.err.contains("two results") && room.results().is_empty(), "{}", told.err);
}

#[test]
fn an_interrupted_job_leaves_none_of_its_results() {
    let Some(film) = film("gopro_max_walk_480p.mp4") else { return };
    let room = Room::new();
    fs::write(room.file("a.wav"), "what was there before").unwrap();
    let files = ["--wav", "a.wav", "--stems", "stems", "--midi", "a.mid", "--otio", "a.otio"];
    let mut child = room
        .undersong()
        .args(["add", film.to_str().unwrap(), "add calm lo-fi music", "-o", "out.mp4", "--json"])
        .args(files)
        .args(["--project", "p.json", "--report", "r.json"])
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    // By then the music and the stems are whole.
    assert!(lines.any(|line| line.unwrap().starts_with("{\"stage\":\"render\"")));
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(room.results(), ["a.wav"]);
    assert_eq!(fs::read(room.file("a.wav")).unwrap(), b"what was there before");
    assert!(room.leftovers().is_empty());
}

#[test]
fn a_second_ctrl_c_ends_what_does_not_hear_the_first() {
    let room = Room::new();
    let arguments = ["compose", "--length", "1200", "--genre", "chiptune", "--json"];
    let mut child = room.undersong().args(arguments).spawn().unwrap();
    // The answer is longer than a pipe holds, and nobody takes the rest.
    let mut answer = child.stdout.take().unwrap();
    answer.read_exact(&mut [0]).unwrap();
    interrupt(&child);
    std::thread::sleep(Duration::from_millis(800));
    assert!(child.try_wait().unwrap().is_none(), "it waits for its reader");
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
fn a_dry_run_pours_no_film() {
    let Some(film) = film(SHORT) else { return };
    let room = Room::new();
    let told = room.run(["add", film.to_str().unwrap(), "add chiptune", "--dry-run", "-o", "-"]);
    assert!(told.text().contains("dry run"), "{}", told.text());
    let told = room.run(["add", film.to_str().unwrap(), "add chiptune", "--dry-run", "-o", "-", "--json"]);
    assert!(told.answer()["output"].is_null());
    assert!(room.results().is_empty() && room.leftovers().is_empty());
}

#[test]
fn work_lies_beside_its_result_and_not_where_temporary_files_go() {
    let Some(film) = film(SHORT) else { return };
    let room = Room::new();
    let run = |arguments: &[&str]| {
        Told::of(room.undersong().env("TMPDIR", "/nowhere").args(arguments).output().unwrap())
    };
    run(&["compose", "--length", "2", "--genre", "chiptune", "-o", "a.wav", "--stems", "stems"]).text();
    run(&["add", film.to_str().unwrap(), "add chiptune", "-o", "out.mp4"]).text();
    assert_eq!(room.results(), ["a.wav", "out.mp4", "stems"]);
    // Only what has no name needs such a folder, and then its lack is what is told.
    let told = run(&["compose", "--length", "2", "--genre", "chiptune", "-o", "-"]);
    assert_eq!(told.status.code(), Some(1));
    assert!(told.err.contains("/nowhere") && !told.err.contains("answer"), "{}", told.err);
}

#[test]
fn missed_hits_are_told_with_and_without_a_film() {
    let room = Room::new();
    let hits = "3.0,3.11,3.24,3.37,3.49,3.63";
    let told = room.run(["compose", "--length", "12", "--tempo", "60", "--hits", hits, "--json"]);
    let answer = told.answer();
    let hits = answer["cue"]["hits"].as_array().unwrap();
    let missed = hits.iter().filter(|hit| hit["on"] == "none").count();
    let warnings = answer["warnings"].as_array().unwrap();
    assert!(missed > 0, "{hits:?}");
    assert_eq!(warnings.iter().filter(|text| text.as_str().unwrap().contains("on a beat")).count(), missed);
}

#[test]
fn the_users_own_music_is_recorded_as_such() {
    let Some(film) = film(SHORT) else { return };
    let room = Room::new();
    let made = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-f", "lavfi", "-i", "sine=f=440:r=44100", "-t", "3"])
        .arg(room.file("song.wav"))
        .status();
    assert!(made.unwrap().success());
    for more in [&["-o", "out.mp4"][..], &["--dry-run"]] {
        let wanted = ["add", film.to_str().unwrap(), "--music", "song.wav", "--json"];
        let answer = room.run([&wanted[..], more].concat()).answer();
        let sounds = answer["licence"]["sounds"].as_array().unwrap();
        assert_eq!(sounds.len(), 1, "{sounds:?}");
        assert_eq!(sounds[0]["name"], "song.wav");
    }
}

#[test]
fn a_place_that_is_not_there_is_no_fault_of_the_film() {
    if !has("ffmpeg") {
        return;
    }
    let room = Room::new();
    let run = |path: &Path| {
        let command = &mut room.undersong();
        Told::of(command.env("TMPDIR", "/nowhere").args(["watch"]).arg(path).output().unwrap())
    };
    let Some(film) = film(SHORT) else { return };
    assert_eq!(run(&film).status.code(), Some(1), "the system lacks a folder");
    let told = room.run(["watch", "missing.mp4"]);
    assert_eq!(told.status.code(), Some(3), "{}", told.err);
}

#[test]
fn a_faulty_genre_is_told_in_one_sentence() {
    let room = Room::new();
    fs::write(room.file("mine.toml"), "title = \"Mine\"\ncolour = 3\n").unwrap();
    let told = Told::of(room.undersong().env("UNDERSONG_GENRES", room.out()).arg("genres").output().unwrap());
    assert_eq!((told.status.code(), told.err.lines().count()), (Some(3), 1), "{}", told.err);
    assert!(told.err.contains("mine.toml, line 2: unknown field `colour`"), "{}", told.err);
}

#[test]
fn a_name_that_promises_another_kind_of_file_is_refused() {
    let room = Room::new();
    for (arguments, kind) in [
        (&["compose", "--length", "2", "-o", "out.mp3"][..], "wav"),
        (&["compose", "--length", "2", "--midi", "out.wav"], "mid"),
        (&["add", "film.mp4", "lo-fi", "-o", "out.mkv"], "mp4"),
        (&["watch", "film.mp4", "--sheet", "out.jpg"], "png"),
        (&["watch", "film.mp4", "--sheet", "out.mp4"], "png"),
    ] {
        let told = room.run(arguments.to_vec());
        assert_eq!(told.status.code(), Some(2), "{arguments:?}: {}", told.err);
        assert!(told.err.contains(&format!("ends in .{kind}")), "{}", told.err);
    }
    assert!(room.results().is_empty());
}

#[test]
fn a_film_that_ends_too_early_is_told() {
    let Some(film) = film("odd/made_truncated_half_faststart.mp4") else { return };
    let room = Room::new();
    let told = room.run(["add", film.to_str().unwrap(), "ambient", "--dry-run", "--json"]).answer();
    let warnings = told["warnings"].to_string();
    assert!(warnings.contains("24.024s long") && warnings.contains("the rest is missing"), "{warnings}");
    let watch = |more: &[&str]| room.run([&["watch", film.to_str().unwrap()], more].concat());
    assert_eq!(watch(&["--json"]).answer()["warnings"].to_string(), warnings);
    let told = watch(&[]);
    let told = told.text();
    assert!(told.contains("Note: The file says it is 24.024s long"), "{told}");
}
