//! The arrow: which room may use which, held against `cargo metadata`.

use std::process::Command;

use serde_json::Value;

use super::{none, root};

/// The rooms from left to right; those in one row never meet.
pub(super) const ROWS: [&[&str]; 8] = [
    &["sound"],
    &["footage"],
    &["score"],
    &["timeline"],
    &["agent", "synth", "mix", "ffmpeg", "shelf"],
    &["llm"],
    &["studio"],
    &["undersong"],
];

/// A room, and what it uses (for tests and builds too).
pub(super) struct Room {
    pub(super) name: String,
    pub(super) uses: Vec<String>,
}

/// The rooms as cargo knows them.
pub(super) fn rooms() -> Vec<Room> {
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let name = |package: &Value| package["name"].as_str().unwrap().to_owned();
    told["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| Room {
            name: name(package),
            uses: package["dependencies"].as_array().unwrap().iter().map(name).collect(),
        })
        .collect()
}

/// In which row a room stands; `None` for what is not a room.
fn row(name: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&name))
}

/// Every use that goes against the arrow.
fn against(room: &Room) -> Vec<String> {
    let Some(own) = row(&room.name) else {
        return vec![format!("{} has no place in the arrow", room.name)];
    };
    let wrong = |used: &&String| row(used).is_some_and(|other| other >= own);
    room.uses.iter().filter(wrong).map(|used| format!("{} uses {used}", room.name)).collect()
}

#[test]
fn rooms_use_only_what_is_left_of_them() {
    none(rooms().iter().flat_map(against).collect());
}

#[test]
fn arrow_can_fail() {
    let room = |name: &str, uses: &str| Room { name: name.into(), uses: vec![uses.into()] };
    assert_eq!(against(&room("sound", "score")), ["sound uses score"]);
    assert_eq!(against(&room("synth", "mix")), ["synth uses mix"]);
    assert_eq!(against(&room("cellar", "serde")), ["cellar has no place in the arrow"]);
    assert!(against(&room("score", "sound")).is_empty() && against(&room("score", "serde")).is_empty());
}
