//! Runs every example of README.md as a reader would, on a little film.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// The blocks of a Markdown page that are marked `sh example`.
fn examples(text: &str) -> Vec<&str> {
    let blocks = text.split("```sh example\n").skip(1);
    blocks.filter_map(|rest| Some(rest.split_once("\n```")?.0)).collect()
}

/// Flags that a file follows which is written.
const WRITING: [&str; 7] = ["-o", "--wav", "--midi", "--nsf", "--poster", "--strip", "--peaks"];

/// The files a command says it writes.
fn written(command: &str) -> Vec<&str> {
    let words: Vec<&str> = command.split_whitespace().collect();
    let flags = words.windows(2).filter(|pair| WRITING.contains(&pair[0]));
    flags.map(|pair| pair[1]).collect()
}

/// A film of two shots with sound, six seconds long; `false` where ffmpeg is not installed.
pub(super) fn film(path: &Path) -> bool {
    let sources = ["testsrc2=s=320x180:r=25:d=3", "mandelbrot=s=320x180:r=25", "sine=f=220:d=6"];
    let inputs = sources.iter().flat_map(|source| ["-f", "lavfi", "-i", source]);
    let made = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-y"])
        .args(inputs)
        .args(["-filter_complex", "[1:v]trim=duration=3,setsar=1[b];[0:v]setsar=1[a];[a][b]concat=n=2[v]"])
        .args(["-map", "[v]", "-map", "2:a", "-t", "6"])
        .args(["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"])
        .arg(path)
        .status();
    let made = made.is_ok_and(|status| status.success());
    assert!(made || env::var_os("CI").is_none(), "ffmpeg is needed to test the README");
    made
}

/// A photo taken upright; `false` where it cannot be made.
fn photo(path: &Path) -> bool {
    let made = Command::new("ffmpeg")
        .args([
            "-nostdin",
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=300x400:d=1",
            "-frames:v",
            "1",
        ])
        .arg(path)
        .status();
    made.is_ok_and(|status| status.success())
}

#[test]
fn every_example_works() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    fs::create_dir_all(&folder).unwrap();
    if !film(&folder.join("film.mp4")) {
        println!("skipped: ffmpeg is not installed");
        return;
    }
    assert!(photo(&folder.join("beach.jpg")), "ffmpeg makes photos, too");
    let program = Path::new(env!("CARGO_BIN_EXE_undersong")).parent().unwrap();
    let path = format!("{}:{}", program.display(), env::var("PATH").unwrap_or_default());
    let page = include_str!("../../../../README.md");
    assert!(examples(page).len() >= 4, "README shows every door");
    for command in examples(page) {
        let files = || written(command).into_iter().map(|name| folder.join(name));
        files().for_each(|file| _ = fs::remove_file(file));
        let told = Command::new("sh")
            .args(["-ec", command])
            .current_dir(&folder)
            .env("PATH", &path)
            .output()
            .unwrap();
        assert!(told.status.success(), "{command}\n{}", String::from_utf8_lossy(&told.stderr));
        assert!(!told.stdout.is_empty(), "{command} says nothing");
        files()
            .for_each(|file| assert!(file.metadata().is_ok_and(|m| m.len() > 0), "{command}: no {file:?}"));
    }
}

#[test]
fn examples_are_found() {
    let page = "```sh\nnot this\n```\n```sh example\nundersong add a.mp4 \"x\" -o b.mp4\n```\n";
    assert_eq!(examples(page), ["undersong add a.mp4 \"x\" -o b.mp4"]);
    assert_eq!(written(examples(page)[0]), ["b.mp4"]);
}
