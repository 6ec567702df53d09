//! Ctrl-C and a polite kill in the middle of the work: it ends with 130, and nothing stays behind.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::program::{Room, film};

/// How long somebody who pressed Ctrl-C waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// A film of a minute.
fn reel(room: &Room) -> Option<PathBuf> {
    let film = film("gopro_max_walk_480p.mp4")?;
    let reel = room.file("reel.mp4");
    let made = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-stream_loop", "5", "-i"])
        .arg(film)
        .args(["-map", "0:v:0", "-map", "0:a:0", "-c", "copy"])
        .arg(&reel)
        .status();
    assert!(made.unwrap().success());
    Some(reel)
}

fn signal(child: &Child, name: &str) {
    // The shell has a kill of its own; small systems lack the program.
    let sent = Command::new("sh").args(["-c", &format!("kill -{name} {}", child.id())]).status();
    assert!(sent.unwrap().success());
}

/// Waits for the end, which must come soon, and proves that nothing stays.
fn gone(mut child: Child, room: &Room, results: &[&str]) {
    let asked = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if asked.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("it went on for {PATIENCE:?}");
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(status.code(), Some(130), "after {:?}", asked.elapsed());
    assert_eq!(room.results(), results);
    assert!(room.leftovers().is_empty(), "{:?}", room.leftovers());
    assert!(running_on(&room.out()).is_empty(), "{:?}", running_on(&room.out()));
}

/// The commands of all processes that have something to do with a folder.
fn running_on(folder: &Path) -> Vec<String> {
    let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
    let commands = processes.filter_map(|entry| fs::read(entry.ok()?.path().join("cmdline")).ok());
    let commands = commands.map(|command| String::from_utf8_lossy(&command).replace('\0', " "));
    commands.filter(|command| command.contains(folder.to_str().unwrap())).collect()
}

/// Interrupts the work when a stage has begun.
fn interrupt_at(stage: &str, name: &str) {
    let room = Room::new();
    let Some(reel) = reel(&room) else { return };
    fs::write(room.file("out.mp4"), "what was there before").unwrap();
    let mut child = room
        .undersong()
        .arg("add")
        .arg(&reel)
        .args(["add calm lo-fi music", "-o", "out.mp4", "--wav", "a.wav", "--stems", "stems", "--json"])
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let begun = format!("{{\"stage\":\"{stage}\"");
    let found = lines.by_ref().any(|line| line.unwrap().starts_with(&begun));
    assert!(found, "it ended before it came to {stage}");
    std::thread::sleep(Duration::from_millis(150));
    signal(&child, name);
    let rest = std::thread::spawn(move || lines.map_while(Result::ok).last().unwrap_or_default());
    let mut answer = child.stdout.take().unwrap();
    gone(child, &room, &["out.mp4", "reel.mp4"]);
    assert_eq!(fs::read(room.file("out.mp4")).unwrap(), b"what was there before");
    assert!(rest.join().unwrap().ends_with("[4999]"));
    let mut told = String::new();
    answer.read_to_string(&mut told).unwrap();
    assert!(told.contains("4999"), "{told}");
}

#[test]
fn ctrl_c_while_watching() {
    interrupt_at("watch", "INT");
}

#[test]
fn ctrl_c_while_performing() {
    interrupt_at("perform", "INT");
}

#[test]
fn a_polite_kill_while_rendering() {
    interrupt_at("render", "TERM");
}

#[test]
fn ctrl_c_while_a_film_comes_in_by_a_pipe() {
    let room = Room::new();
    let mut child = room.undersong().args(["add", "-", "add music"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(&[0; 100_000]).unwrap();
    let come = || !room.leftovers().is_empty();
    let begun = Instant::now();
    while !come() && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(20));
    }
    signal(&child, "INT");
    gone(child, &room, &[]);
}

#[test]
fn ctrl_c_while_nobody_takes_the_music() {
    let room = Room::new();
    let arguments = ["compose", "--length", "8", "--genre", "chiptune", "-o", "-"];
    let child = room.undersong().args(arguments).env("UNDERSONG_SOUNDFONT", "none").spawn().unwrap();
    // The music is larger than a pipe holds.
    let mut size = 0;
    let begun = Instant::now();
    while begun.elapsed() < 2 * PATIENCE {
        let now = written(&room);
        if now > 1_000_000 && now == size {
            break;
        }
        size = now;
        std::thread::sleep(Duration::from_millis(200));
    }
    signal(&child, "INT");
    gone(child, &room, &[]);
}

/// Bytes of the WAV that waits to be taken, under whatever name.
fn written(room: &Room) -> u64 {
    let folders = room.leftovers().into_iter().map(|folder| room.out().join("../tmp").join(folder));
    let files = folders.filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    files.filter_map(|file| Some(file.ok()?.metadata().ok()?.len())).sum()
}
