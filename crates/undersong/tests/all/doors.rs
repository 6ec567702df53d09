//! Streams, strange names and every file that can be asked for.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::facts::{lengths, loudness, packets, probe};
use super::heard::{RATE, decode, silences};
use super::program::{Room, Told, film};

/// A short film with sound that is quick to score.
const SHORT: &str = "odd/sar_2by3.mp4";

#[test]
fn a_film_may_come_and_go_by_pipes() {
    let Some(film) = film(SHORT) else { return };
    let room = Room::new();
    let told =
        room.run_fed(["add", "-", "add calm music", "-o", "-", "--seed", "1"], fs::read(&film).unwrap());
    assert!(told.status.success() && told.err.is_empty(), "{}", told.err);
    assert!(room.results().is_empty() && room.leftovers().is_empty());
    fs::write(room.file("out.mp4"), &told.out).unwrap();
    assert_eq!(packets(&film), packets(&room.file("out.mp4")));
    // The same bytes as by names.
    room.run(["add", film.to_str().unwrap(), "add calm music", "-o", "named.mp4", "--seed", "1"]).text();
    assert!(fs::read(room.file("named.mp4")).unwrap() == told.out);
    let told = room.run_fed(["watch", "-", "--json"], fs::read(&film).unwrap());
    assert_eq!(told.answer()["input"]["width"], 640);
    let told = room.run(["compose", "--length", "2", "--genre", "chiptune", "-o", "-"]);
    assert!(told.out.starts_with(b"RIFF") && told.out.len() >= 2 * RATE * 6, "{}", told.err);
    assert!(room.leftovers().is_empty());
}

#[test]
fn names_may_hold_anything() {
    let Some(film) = film("odd/made_0.2s.mp4") else { return };
    let room = Room::new();
    for name in [
        "a film.mp4",
        "фильм 影片.mp4",
        "it's \"quoted\".mp4",
        "-x.mp4",
        "%03d.mp4",
        "a:b[c],d;e\\f.mp4",
        "no extension",
    ] {
        fs::copy(&film, room.file(name)).unwrap();
        let beside = format!("./{name}");
        room.run(["add", &beside, "add chiptune", "--seed", "1"]).text();
        let made = format!("{}-scored.mp4", Path::new(name).file_stem().unwrap().to_str().unwrap());
        assert_eq!(packets(&film), packets(&room.file(&made)), "{name}");
        // Names are arguments of flags, too.
        room.run(["add", &beside, "add chiptune", "--dry-run", &format!("--midi=./{name}.mid")]).text();
        assert!(room.file(&format!("{name}.mid")).is_file());
    }
    assert!(room.leftovers().is_empty());
}

#[test]
fn a_dry_run_writes_nothing() {
    let Some(film) = film(SHORT) else { return };
    let room = Room::new();
    let name = film.to_str().unwrap();
    let told = room.run([
        "add",
        name,
        "add calm music",
        "-o",
        "out.mp4",
        "--wav",
        "a.wav",
        "--stems",
        "s",
        "--dry-run",
    ]);
    assert!(told.text().contains("dry run"));
    let answer = room.run(["add", name, "add calm music", "--dry-run", "--json"]).answer();
    assert!(answer["output"].is_null() && answer["mix"].is_null() && answer["render"].is_null());
    assert!(answer["cue"]["tempo_bpm"].as_f64().unwrap() > 20.0);
    assert!(room.results().is_empty() && room.leftovers().is_empty());
}

#[test]
fn every_file_that_is_asked_for_is_what_it_says() {
    let Some(film) = film("odd/phone_720p_rot270_speech.mp4") else { return };
    let room = Room::new();
    let documents = ["--midi", "a.mid", "--otio", "a.otio", "--project", "p.json", "--report", "r.json"];
    let wanted = ["add", film.to_str().unwrap(), "add quiet lo-fi music", "-o", "out.mp4", "--seed", "1"];
    let told =
        room.run([&wanted[..], &documents, &["--wav", "a.wav", "--stems", "stems", "--json"]].concat());
    let answer = told.answer();
    assert_eq!(room.results(), ["a.mid", "a.otio", "a.wav", "out.mp4", "p.json", "r.json", "stems"]);
    let read = |name: &str| -> Value { serde_json::from_slice(&fs::read(room.file(name)).unwrap()).unwrap() };
    assert_eq!(read("r.json"), answer, "the report is the answer");
    assert_eq!(read("p.json")["steps"][1]["timeline"]["beds"].as_array().unwrap().len(), 1);
    let progress = told.err.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let done: Vec<f64> = progress.map(|line| line["progress"].as_f64().unwrap()).collect();
    assert!(done.len() > 3 && done.is_sorted() && done.iter().all(|share| (0.0..=1.0).contains(share)));

    let music = probe(&room.file("a.wav"), &["-show_entries", "stream=codec_name,sample_rate,duration_ts"]);
    assert_eq!(music["streams"][0]["codec_name"], "pcm_s24le");
    let parts: Vec<String> = fs::read_dir(room.file("stems"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(parts.len() >= 2, "{parts:?}");
    for part in parts {
        let stem =
            probe(&room.file("stems").join(part), &["-show_entries", "stream=sample_rate,duration_ts"]);
        assert_eq!(stem["streams"][0]["duration_ts"], music["streams"][0]["duration_ts"]);
    }
    otio_can_be_read(&room.file("a.otio"), answer["input"]["duration_s"].as_f64().unwrap());
}

/// The reference library of OpenTimelineIO reads the edit, where it is installed.
fn otio_can_be_read(file: &Path, seconds: f64) {
    let script = "import sys, opentimelineio as o
t = o.adapters.read_from_file(sys.argv[1])
print(t.duration().to_seconds(), len(t.video_tracks()), len(t.audio_tracks()))";
    let told = Command::new("python3").args(["-c", script]).arg(file).output();
    let Ok(told) = told else { return println!("skipped: Python is not installed") };
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    if String::from_utf8_lossy(&told.stderr).contains("ModuleNotFoundError") {
        return println!("skipped: opentimelineio is not installed for Python");
    }
    let figures: Vec<f64> = text.split_whitespace().map(|figure| figure.parse().unwrap()).collect();
    assert!((figures[0] - seconds).abs() < 0.034 && figures[1] >= 1.0 && figures[2] >= 1.0, "{text}");
}

#[test]
fn own_music_plays_whatever_its_length() {
    let Some(film) = film("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let room = Room::new();
    for (name, seconds) in [("short.mp3", "6"), ("long.wav", "25"), ("tiny.ogg", "1.5")] {
        let made = Command::new("ffmpeg")
            .args(["-nostdin", "-v", "error", "-f", "lavfi", "-i", "sine=f=440:r=44100", "-t", seconds])
            .arg(room.file(name))
            .status();
        assert!(made.unwrap().success());
        let answer =
            room.run(["add", film.to_str().unwrap(), "--music", name, "-o", "out.mp4", "--json"]).answer();
        assert!(
            answer["cue"].is_null()
                && answer["timeline"].as_str().unwrap().contains(name.split('.').next().unwrap())
        );
        let out = room.file("out.mp4");
        assert!(lengths(&out).iter().all(|length| (length - 10.0).abs() < 0.033), "{:?}", lengths(&out));
        let heard = decode(&out);
        // The tone itself and not composed music: 440 Hz crosses zero 880 times a second.
        let second = &heard[RATE..2 * RATE];
        let crossed = second.windows(2).filter(|pair| (pair[0][0] < 0.0) != (pair[1][0] < 0.0)).count();
        if name != "tiny.ogg" {
            assert!((870..=890).contains(&crossed), "{name}: {crossed}");
            let gaps: Vec<_> = silences(&heard, 0.001).into_iter().filter(|gap| gap[0] < 9.5).collect();
            assert!(gaps.is_empty(), "{name}: {gaps:?}");
        }
        let (lufs, peak) = loudness(&out);
        let warned = !answer["warnings"].as_array().unwrap().is_empty();
        assert!(peak < -1.0 && ((lufs + 14.0).abs() <= 0.5 || warned), "{name}: {lufs} LUFS, {peak} dBTP");
        assert!(room.leftovers().is_empty());
    }
}

#[test]
fn every_preset_is_as_loud_as_it_says() {
    let Some(film) = film(SHORT) else { return };
    let room = Room::new();
    for (preset, target) in [
        ("youtube", -14.0),
        ("tiktok", -14.0),
        ("reels", -14.0),
        ("shorts", -14.0),
        ("twitch", -14.0),
        ("bilibili", -14.0),
        ("podcast", -16.0),
        ("spotify", -14.0),
        ("apple", -16.0),
        ("broadcast-eu", -23.0),
        ("broadcast-us", -24.0),
    ] {
        let wanted = ["add", film.to_str().unwrap(), "add chiptune", "-o", "out.mp4", "--seed", "1"];
        let answer = room.run([&wanted[..], &["--preset", preset, "--json"]].concat()).answer();
        let (lufs, peak) = loudness(&room.file("out.mp4"));
        assert!((lufs - target).abs() <= 0.5 && peak < -1.0, "{preset}: {lufs} LUFS, {peak} dBTP");
        assert_eq!(answer["mix"]["target"], preset);
    }
    let wanted =
        ["add", film.to_str().unwrap(), "add chiptune", "-o", "out.mp4", "--preset", "keep", "--json"];
    let answer = room.run(wanted).answer();
    assert_eq!(answer["mix"]["film_gain_db"], 0.0, "the film's own sound stays as it was");
}

#[test]
fn without_a_soundfont_our_own_voices_play_and_the_report_says_so() {
    let Some(film) = film(SHORT) else { return };
    let room = Room::new();
    let wanted = ["add", film.to_str().unwrap(), "add cinematic music", "-o", "out.mp4", "--json"];
    let run = |font: &str| {
        Told::of(room.undersong().args(wanted).env("UNDERSONG_SOUNDFONT", font).output().unwrap())
    };
    let answer = run("none").answer();
    let text = answer["warnings"].to_string();
    assert!(text.contains("SoundFont") && !answer["licence"]["sounds"].to_string().contains("sf2"), "{text}");
    assert!((loudness(&room.file("out.mp4")).0 + 14.0).abs() <= 0.5);
    let told = run("/nowhere/font.sf2");
    assert!(told.err.contains("font.sf2") && !told.status.success(), "{}", told.err);
}

#[test]
fn the_notes_are_printed_when_asked_for() {
    let room = Room::new();
    let wanted = ["compose", "--length", "90", "--genre", "house", "--seed", "2"];
    let plain = room.run(wanted);
    assert!(!plain.text().contains("bar.beat"));
    let told = room.run([&wanted[..], &["--tracker"]].concat());
    let page = told.text();
    let rows: Vec<&str> = page.lines().skip_while(|line| !line.starts_with("bar.beat")).collect();
    assert!(rows.len() > 300, "{} rows of more than forty bars", rows.len());
    let columns = |row: &str| row.matches('|').count();
    assert!(rows.iter().all(|row| columns(row) == columns(rows[0])), "{page}");
}

#[test]
fn genres_are_listed() {
    let room = Room::new();
    let answer = room.run(["genres", "--json"]).answer().to_string();
    for genre in ["lofi", "chiptune", "cinematic", "corporate", "ambient"] {
        assert!(answer.contains(genre) && room.run(["genres"]).text().contains(genre), "{genre}");
    }
}

#[test]
fn a_sheet_is_drawn_and_all_that_was_seen_is_told() {
    let Some(film) = film("odd/sar_2by3.mp4") else { return };
    let room = Room::new();
    let answer = room.run(["watch", film.to_str().unwrap(), "--json", "--sheet", "sheet.png"]).answer();
    let lists = ["cuts", "music_s", "silence_s", "transients", "colours", "mood"];
    let curves = ["energy", "loudness", "motion", "brightness", "contrast", "saturation", "warmth"];
    for key in lists.into_iter().chain(curves) {
        assert!(!answer[key].is_null(), "{key} is missing");
    }
    assert!(answer["sections"][0]["colours"]["palette"].as_array().unwrap().len() <= 5);
    assert_eq!(answer["energy"]["step_s"], 0.1);
    let sheet = probe(&room.file("sheet.png"), &["-show_streams"]);
    assert_eq!(sheet["streams"][0]["width"], 1600, "{sheet}");
    assert_eq!(room.results(), ["sheet.png"]);
    // What was seen for the sheet is remembered, and the same as without one.
    let remembered = room.remembered();
    assert_eq!(remembered.len(), 1, "{remembered:?}");
    assert_eq!(answer, room.run(["watch", film.to_str().unwrap(), "--json"]).answer());
    assert_eq!(room.remembered(), remembered);
    // Nothing is drawn over what is read.
    fs::copy(&film, room.file("film.png")).unwrap();
    let told = room.run(["watch", "film.png", "--sheet", "film.png"]);
    assert!(!told.status.success() && told.err.contains("a file that is read"), "{}", told.err);
}

#[test]
fn what_shows_a_film_is_drawn_of_it() {
    let Some(film) = film("odd/phone_720p_rot270_speech.mp4") else { return };
    let room = Room::new();
    let wanted = ["--poster", "p.jpg", "--strip", "s.png", "--peaks", "peaks.json"];
    let told = room.run([&["watch", film.to_str().unwrap(), "--json"], &wanted[..]].concat());
    let length = told.answer()["input"]["duration_s"].as_f64().unwrap();
    assert_eq!(room.results(), ["p.jpg", "peaks.json", "s.png"]);
    let size = |name: &str| {
        let stream = probe(&room.file(name), &["-show_streams"])["streams"][0].clone();
        (stream["codec_name"].as_str().unwrap().to_owned(), stream["width"].clone(), stream["height"].clone())
    };
    assert_eq!(size("p.jpg"), ("mjpeg".to_owned(), 720.into(), 1280.into()));
    let (codec, width, height) = size("s.png");
    assert_eq!((codec.as_str(), height), ("png", 90.into()));
    // 24 upright frames.
    assert_eq!(width, 24 * 51);
    let peaks: Value = serde_json::from_slice(&fs::read(room.file("peaks.json")).unwrap()).unwrap();
    for (zoom, samples) in peaks["zooms"].as_array().unwrap().iter().zip([256, 1024, 4096, 16384]) {
        let data = zoom["data"].as_array().unwrap();
        assert_eq!(zoom["samples_per_pixel"], samples);
        let pairs = (length * 48_000.0 / f64::from(samples)).ceil();
        assert!((zoom["length"].as_f64().unwrap() - pairs).abs() <= 1.0, "{samples}: {}", zoom["length"]);
        assert_eq!(zoom["length"].as_u64().unwrap() * 2, data.len() as u64);
        assert!(data.iter().any(|value| value.as_i64().unwrap() > 3000), "somebody speaks");
    }
    let told = room.run(["watch", film.to_str().unwrap(), "--poster", "p.webp"]);
    assert!(!told.status.success() && told.err.contains("ends in .jpg"), "{}", told.err);
}

#[test]
fn another_frame_rate_is_told_and_one_beyond_reason_refused() {
    let Some(film) = film("odd/made_0.2s.mp4") else { return };
    let room = Room::new();
    let wanted = ["add", film.to_str().unwrap(), "add calm music", "-o", "out.mp4", "--seed", "1", "--json"];
    let answer = room.run([&wanted[..], &["--fps", "60"]].concat()).answer();
    assert_eq!(answer["render"]["picture"], "encoded");
    assert!(answer["render"]["why"].as_str().unwrap().contains("even rate"), "{answer}");
    let made = probe(&room.file("out.mp4"), &["-select_streams", "v", "-show_streams"]);
    assert_eq!(made["streams"][0]["avg_frame_rate"], "60/1");
    let told = room.run([&wanted[..], &["--fps", "1000"]].concat());
    assert_eq!(told.status.code(), Some(2), "{}", told.err);
}
