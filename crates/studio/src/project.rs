//! Projects: the timeline with its history, as a file.

use std::path::Path;

use serde_json::Value;
use timeline::{History, Timeline};

use crate::Fault;

/// Reads a project: a history, or a timeline alone.
///
/// # Errors
/// [`Fault::File`] when the file cannot be read, [`Fault::Project`] when it is no project.
pub fn read_project(path: &Path) -> Result<History, Fault> {
    let text = std::fs::read_to_string(path).map_err(Fault::file("read", path))?;
    let wrong = |why: serde_json::Error| Fault::Project { path: path.to_owned(), why: why.to_string() };
    let document: Value = serde_json::from_str(&text).map_err(wrong)?;
    match document.get("steps") {
        Some(_) => serde_json::from_value(document).map_err(wrong),
        None => serde_json::from_value::<Timeline>(document).map(History::new).map_err(wrong),
    }
}

/// The bytes of a project's file.
pub(crate) fn written(history: &History) -> Vec<u8> {
    serde_json::to_vec_pretty(history).unwrap_or_default()
}
