//! The genres that come along, and those a user keeps in a folder.

use std::path::PathBuf;

use footage::Profile;
use score::{Brief, Genre, Library, Mood};

use crate::Fault;

/// Names the folder of the user's own genres.
const FOLDER: &str = "UNDERSONG_GENRES";

/// Every genre: built in, then the files `*.toml` in `UNDERSONG_GENRES` or `~/.config/undersong/genres`, which may
/// replace built-in ones by their name.
///
/// # Errors
/// [`Fault::Genre`] names the file and the line at fault; [`Fault::File`] when the folder cannot be read.
pub fn library() -> Result<Library, Fault> {
    let mut library = Library::built_in()?;
    let Some(folder) = folder() else { return Ok(library) };
    let entries = std::fs::read_dir(&folder).map_err(Fault::file("read", &folder))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).map_err(Fault::file("read", &file))?;
        let id = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        library.add(&id, &text)?;
    }
    Ok(library)
}

/// The genre and mood of a brief.
///
/// # Errors
/// [`Fault::NoSuchGenre`] names those there are.
pub(crate) fn chosen<'a>(
    brief: &Brief,
    film: &Profile,
    library: &'a Library,
) -> Result<(&'a Genre, Mood), Fault> {
    score::choose(brief, film, library).ok_or_else(|| Fault::NoSuchGenre {
        wanted: brief.genre.clone().unwrap_or_default(),
        known: library.genres().iter().map(|genre| genre.id.as_str()).collect::<Vec<_>>().join(", "),
    })
}

/// The folder that was named, else the usual one if it is there.
fn folder() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(FOLDER).filter(|value| !value.is_empty()) {
        return Some(PathBuf::from(named));
    }
    let config = std::env::var_os("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config")))?;
    Some(config.join("undersong").join("genres")).filter(|folder| folder.is_dir())
}
