//! Keeps the house in order: structure, names and texts, as ARCHITECTURE.md promises them.

mod arrow;
mod licence;
mod names;
mod pages;
mod rooms;

use std::path::{Path, PathBuf};
use std::{env, fs};

/// Lines a file may have at most.
const CEILING: usize = 400;
/// Lines a `lib.rs` may have: it is a door, not a room.
const DOOR: usize = 59;

/// The folder of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// A text file of the checkout.
struct Page {
    /// Path from the workspace folder, with `/` between its parts.
    path: String,
    text: String,
}

/// Every file of the checkout with one of these extensions, in order of path; hidden and built ones are left out.
fn pages(extensions: &[&str]) -> Vec<Page> {
    let root = root();
    let mut found: Vec<Page> = files(&root)
        .into_iter()
        .filter(|file| extensions.iter().any(|e| file.extension().is_some_and(|x| x == *e)))
        .map(|file| Page {
            path: file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"),
            text: fs::read_to_string(&file).unwrap(),
        })
        .collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Every file below `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name == "target" || name == "node_modules" {
            continue;
        }
        match entry.file_type().unwrap() {
            kind if kind.is_dir() => found.extend(files(&entry.path())),
            kind if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
    found
}

/// Fails with every complaint at once, one a line.
fn none(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "the house is out of order:\n  {}\n", complaints.join("\n  "));
}

/// What is wrong with the size and the opening of a Rust file.
fn shape(path: &str, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let (lines, door) = (text.lines().count(), path.ends_with("src/lib.rs"));
    if lines > CEILING {
        wrong.push(format!("{path}: {lines} lines, at most {CEILING}"));
    }
    if door && lines > DOOR {
        wrong.push(format!("{path}: {lines} lines, a door has at most {DOOR}"));
    }
    if !text.starts_with("//! ") {
        wrong.push(format!("{path}: does not open with a //! sentence"));
    }
    if path.ends_with("/mod.rs") {
        wrong.push(format!("{path}: foo.rs stands beside foo/, there is no mod.rs"));
    }
    wrong
}

#[test]
fn files_are_short_and_say_what_they_are() {
    none(pages(&["rs"]).iter().flat_map(|page| shape(&page.path, &page.text)).collect());
}

#[test]
fn shape_can_fail() {
    let long = format!("//! Long.\n{}", "\n".repeat(CEILING));
    assert_eq!(shape("crates/mix/src/long.rs", &long).len(), 1);
    assert_eq!(shape("crates/mix/src/lib.rs", &long).len(), 2);
    assert_eq!(shape("crates/mix/src/silent.rs", "fn duck() {}\n").len(), 1);
    assert_eq!(shape("crates/mix/src/duck/mod.rs", "//! Ducks.\n").len(), 1);
    assert_eq!(shape("crates/mix/src/duck.rs", "//! Ducks.\n").len(), 0);
}

#[test]
fn no_snapshot_waits_for_a_look() {
    let pending = |file: &PathBuf| {
        let name = file.to_string_lossy().into_owned();
        (name.ends_with(".snap.new") || name.ends_with(".pending-snap")).then_some(name)
    };
    none(files(&root()).iter().filter_map(pending).collect());
    assert!(
        pending(&PathBuf::from("cue.snap.new")).is_some() && pending(&PathBuf::from("cue.snap")).is_none()
    );
}
