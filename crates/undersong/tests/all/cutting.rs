//! Films that are cut: projects exported as their documents say, photos shown one after the other.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::facts::{lengths, packets};
use super::heard::decode;
use super::program::{Room, has};

fn make(arguments: &[&str], file: &Path) {
    let status = Command::new("ffmpeg").args(["-nostdin", "-v", "error"]).args(arguments).arg(file).status();
    assert!(status.unwrap().success());
}

/// A white frame and a tone at each whole second from 1 to 4 of 4.5, at 30 frames a second, turned by 90 degrees.
fn clapper(file: &Path) {
    let flashes =
        "color=black:s=320x180:r=30:d=4.5,drawbox=color=white:t=fill:enable='lt(mod(t,1),0.033)*gt(t,0.5)'";
    let clicks = "aevalsrc='if(lt(mod(t,1),0.02)*gt(t,0.5),0.8*sin(2*PI*1000*t),0)':s=48000:d=4.5";
    let upright = file.with_extension("upright.mp4");
    make(
        &["-f", "lavfi", "-i", flashes, "-f", "lavfi", "-i", clicks, "-pix_fmt", "yuv420p", "-g", "25"],
        &upright,
    );
    make(&["-i", upright.to_str().unwrap(), "-c", "copy", "-metadata:s:v:0", "rotate=90"], file);
    fs::remove_file(upright).unwrap();
}

/// When white frames begin, in seconds; the film has 30 frames a second.
fn flashes(file: &Path) -> Vec<f64> {
    let told = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-i"])
        .arg(file)
        .args(["-map", "0:v:0", "-vf", "scale=1:1:flags=area,format=gray", "-f", "rawvideo", "-"])
        .output()
        .unwrap();
    let white = |place: usize| told.stdout.get(place).is_some_and(|level| *level > 120);
    (1..told.stdout.len())
        .filter(|place| white(*place) && !white(place - 1))
        .map(|place| place as f64 / 30.0)
        .collect()
}

/// When tones begin, in seconds.
fn clicks(file: &Path) -> Vec<f64> {
    let sound = decode(file);
    let loud: Vec<usize> = (0..sound.len()).filter(|place| sound[*place][0].abs() > 0.2).collect();
    let begins = |index: usize| index == 0 || loud[index] - loud[index - 1] > 10_000;
    (0..loud.len()).filter(|index| begins(*index)).map(|index| loud[index] as f64 / 48_000.0).collect()
}

#[test]
fn a_project_becomes_the_film_that_it_describes_in_sync() {
    if !has("ffmpeg") {
        return;
    }
    let room = Room::new();
    clapper(&room.file("clap.mp4"));
    let saved = room
        .run(["add", "clap.mp4", "add lofi music", "--dry-run", "--project", "p.json", "--json"])
        .answer();
    assert_eq!((&saved["input"]["width"], &saved["input"]["height"]), (&json!(180), &json!(320)));
    let mut project: Value = serde_json::from_slice(&fs::read(room.file("p.json")).unwrap()).unwrap();
    let timeline = &mut project["steps"][1]["timeline"];
    timeline["beds"] = json!([]);
    timeline["target"] = json!("keep");
    let start: i64 = 705_600_000 / 2;
    let source = timeline["clips"][0]["source"].clone();
    let end = timeline["clips"][0]["span"]["end"].clone();
    // From half a second on at one and a half the speed, then all of it as it is, without its sound.
    timeline["clips"] = json!([
        { "id": 1, "source": source, "span": { "start": start, "end": end }, "speed_pct": 150 },
        { "id": 2, "source": source, "span": { "start": 0, "end": end }, "muted": true },
    ]);
    timeline["canvas"] = json!({ "ratio": "1:1" });
    fs::write(room.file("p.json"), project.to_string()).unwrap();
    let told = room.run(["export", "p.json", "-o", "out.mp4", "--json"]).answer();
    assert_eq!(told["render"]["picture"], "encoded");
    assert_eq!((&told["output_file"]["width"], &told["output_file"]["height"]), (&json!(180), &json!(180)));
    let wanted = [1.0 / 3.0, 1.0, 5.0 / 3.0, 7.0 / 3.0];
    let (seen, heard) = (flashes(&room.file("out.mp4")), clicks(&room.file("out.mp4")));
    assert_eq!((seen.len(), heard.len()), (8, 4), "{seen:?} {heard:?}");
    for ((seen, heard), wanted) in seen.iter().zip(&heard).zip(wanted) {
        assert!((seen - wanted).abs() < 0.0101 && (heard - wanted).abs() < 0.0101, "{seen} {heard} {wanted}");
    }
    assert!(lengths(&room.file("out.mp4")).iter().all(|length| (length - (4.0 / 1.5 + 4.5)).abs() < 0.034));
    assert!(room.leftovers().is_empty());
    let again = room.run(["export", "p.json", "-o", "again.mp4"]);
    assert!(
        again
            .text()
            .contains("Timeline (1 track): 1. Video: clap.mp4 (0-2.7s, 1.5x), clap.mp4 (2.7-7.2s, muted)"),
        "{}",
        again.text()
    );
    assert_eq!(
        fs::read(room.file("out.mp4")).unwrap(),
        fs::read(room.file("again.mp4")).unwrap(),
        "it is the same each time"
    );
}

#[test]
fn a_project_never_takes_the_place_of_what_it_is_made_of() {
    if !has("ffmpeg") {
        return;
    }
    let room = Room::new();
    make(&["-f", "lavfi", "-i", "testsrc2=s=320x180:d=1", "-frames:v", "1"], &room.file("a.png"));
    room.run(["add", "a.png", "lofi", "--dry-run", "--project", "p.json", "--json"]).answer();
    let was = fs::read(room.file("a.png")).unwrap();
    fs::rename(room.file("a.png"), room.file("a.mp4")).unwrap();
    let project = fs::read_to_string(room.file("p.json")).unwrap().replace("a.png", "a.mp4");
    fs::write(room.file("p.json"), project).unwrap();
    let told = room.run(["export", "p.json", "-o", "a.mp4"]);
    assert_eq!(told.status.code(), Some(3));
    assert!(told.err.contains("it is a file that is read"), "{}", told.err);
    assert_eq!(fs::read(room.file("a.mp4")).unwrap(), was);
}

#[test]
fn photos_and_a_sentence_give_a_film() {
    if !has("ffmpeg") {
        return;
    }
    let room = Room::new();
    for (name, size) in [("a.jpg", "400x300"), ("b.png", "301x203"), ("c.webp", "200x400")] {
        make(&["-f", "lavfi", "-i", &format!("testsrc2=s={size}:d=1"), "-frames:v", "1"], &room.file(name));
    }
    let words =
        ["add", "a.jpg", "b.png", "c.webp", "calm piano music", "-o", "out.mp4", "--seed", "1", "--json"];
    let told = room.run([&words[..], &["--edl", "show.edl"]].concat()).answer();
    let list = fs::read_to_string(room.file("show.edl")).unwrap();
    assert!(list.contains("D    015 ") && list.contains("* FROM CLIP NAME: c.webp"), "{list}");
    assert_eq!((&told["output_file"]["width"], &told["output_file"]["height"]), (&json!(1920), &json!(1080)));
    assert!(lengths(&room.file("out.mp4")).iter().all(|length| (length - 11.0).abs() < 0.034));
    let shown = "1. Video: a.jpg (0-4s), b.png (3.5-7.5s), c.webp (7-11s) 2. BGM:";
    assert!(told["timeline"].as_str().unwrap().contains(shown), "{}", told["timeline"]);
    assert!(told["mix"]["integrated_lufs"].as_f64().unwrap() > -16.0);
    assert!(room.leftovers().is_empty());
}

#[test]
fn a_sentence_without_quotes_and_a_file_that_is_no_project_are_told() {
    let room = Room::new();
    let told = room.run(["add", "a.mp4", "add", "music"]);
    assert_eq!(told.status.code(), Some(2));
    assert!(told.err.contains("'add' is no film; put what you want in quotes."), "{}", told.err);
    fs::write(room.file("p.json"), "{\"version\": 9}").unwrap();
    let told = room.run(["export", "p.json"]);
    assert_eq!(told.status.code(), Some(3));
    assert!(told.err.contains("it has version 9; this program reads versions 1 to 2"), "{}", told.err);
}

#[test]
fn a_trim_keeps_the_films_own_packets_and_says_so() {
    if !has("ffmpeg") {
        return;
    }
    let room = Room::new();
    let picture = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=8", "-f", "lavfi", "-i", "sine=d=8"];
    let codec = ["-pix_fmt", "yuv420p", "-g", "25", "-bf", "2"];
    make(&[&picture[..], &codec].concat(), &room.file("film.mp4"));
    for (words, mode) in [
        ("cut the first 2 seconds", "copied"),
        ("cut the first 2.2 seconds", "partly"),
        ("cut the first 2.2 seconds, fade to black", "encoded"),
    ] {
        let told = room.run(["add", "film.mp4", words, "-o", "out.mp4", "--seed", "1", "--json"]).answer();
        assert_eq!(told["render"]["picture"], mode, "{words}: {}", told["render"]["why"]);
        let hashes = |name| packets(&room.file(name)).into_iter().map(|(hash, _)| hash).collect::<Vec<_>>();
        let was = hashes("film.mp4");
        let own = hashes("out.mp4").iter().filter(|packet| was.contains(packet)).count() as u64;
        assert_eq!(told["render"]["packets_copied"], own, "{words}");
        let wanted = if words.contains(".2") { 5.8 } else { 6.0 };
        assert!(lengths(&room.file("out.mp4")).iter().all(|length| (length - wanted).abs() < 0.041));
    }
    assert!(room.leftovers().is_empty());
}
