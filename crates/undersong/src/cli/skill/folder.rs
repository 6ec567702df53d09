//! A skill in a folder: what lies there, whose it is, and what has to be written.
//!
//! Beside the pages lies a list of what was installed, as `sha256sum` writes it. A page that is as it was installed may be
//! replaced by a newer one; any other belongs to whoever changed it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::pages::Skill;

/// The list of what was installed.
const LIST: &str = ".undersong.sha256";

/// A skill in the place it is to have.
pub(super) struct Folder {
    path: PathBuf,
    skill: &'static Skill,
    pages: Vec<Page>,
}

struct Page {
    path: PathBuf,
    text: &'static str,
    found: Found,
}

#[derive(Clone, Copy, PartialEq)]
enum Found {
    Nothing,
    /// Just this page.
    Same,
    /// A page as it was installed once.
    Older,
    /// Somebody's own.
    Changed,
}

impl Folder {
    /// Looks what is in the folder; there may be none.
    pub(super) fn look(path: PathBuf, skill: &'static Skill) -> Result<Folder, String> {
        let list = read(&path.join(LIST))?.unwrap_or_default();
        let list = String::from_utf8_lossy(&list);
        let page = |&(name, text): &(&'static str, &'static str)| {
            let path = path.join(name);
            let found = match read(&path)? {
                None => Found::Nothing,
                Some(bytes) if bytes == text.as_bytes() => Found::Same,
                Some(bytes) if list.lines().any(|line| line == entry(&bytes, name)) => Found::Older,
                Some(_) => Found::Changed,
            };
            Ok(Page { path, text, found })
        };
        let pages = skill.pages.iter().map(page).collect::<Result<_, String>>()?;
        Ok(Folder { path, skill, pages })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn skill(&self) -> &'static str {
        self.skill.name
    }

    /// The files that somebody has changed.
    pub(super) fn changed(&self) -> impl Iterator<Item = &Path> {
        self.pages.iter().filter(|page| page.found == Found::Changed).map(|page| page.path.as_path())
    }

    /// Writes what is not there yet, and says how many pages that were.
    pub(super) fn write(&self) -> Result<usize, String> {
        let missing: Vec<&Page> = self.pages.iter().filter(|page| page.found != Found::Same).collect();
        for page in &missing {
            write(&page.path, page.text)?;
        }
        let lines = self.skill.pages.iter().map(|(name, text)| entry(text.as_bytes(), name) + "\n");
        write(&self.path.join(LIST), &lines.collect::<String>())?;
        Ok(missing.len())
    }
}

/// A line of the list.
fn entry(bytes: &[u8], name: &str) -> String {
    let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{digest}  {name}")
}

/// A file's bytes; `None` where there is none.
fn read(path: &Path) -> Result<Option<Vec<u8>>, String> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(why) if why.kind() == ErrorKind::NotFound => Ok(None),
        Err(why) => Err(format!("{} could not be read ({why}).", path.display())),
    }
}

/// Writes a file and the folders above it; it is there as a whole or as it was.
fn write(path: &Path, text: &str) -> Result<(), String> {
    let failed = |why: std::io::Error| format!("{} could not be written ({why}).", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", std::process::id()));
    let written = fs::write(&name, text).and_then(|()| fs::rename(&name, path));
    written.map_err(|why| {
        // What lies there half-written helps nobody; the first reason is the one that counts.
        let _ = fs::remove_file(&name);
        failed(why)
    })
}
