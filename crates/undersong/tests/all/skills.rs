//! The skills for assistants: their commands do what they say, and their pages are as the format asks.

mod commands;
mod install;
mod pages;
mod validator;

use std::fs;
use std::path::{Path, PathBuf};

const SKILLS: [&str; 2] = ["ai-add-music-to", "video-game-music"];

/// The folder of a skill.
fn folder(skill: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../skills").join(skill).canonicalize().unwrap()
}

/// The page that an assistant reads first.
fn page(skill: &str) -> String {
    fs::read_to_string(folder(skill).join("SKILL.md")).unwrap()
}

/// Every file below a folder, by its path in it, in order; hidden ones are left out.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if !path.file_name().unwrap().to_string_lossy().starts_with('.') {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(folder).unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    found
}
