//! Films from and to the standard streams: what comes in or goes out by `-` lies in a private folder meanwhile.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::ending::Ending;
use super::output::{is_dash, pour};

/// A film to be read.
pub(crate) struct Input {
    /// Where it can be read.
    pub(crate) path: PathBuf,
    _folder: Option<TempDir>,
}

impl Input {
    /// The film at a path, or on standard input.
    pub(crate) fn open(path: &Path) -> Result<Input, Ending> {
        if !is_dash(path) {
            return Ok(Input { path: path.to_owned(), _folder: None });
        }
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("film");
        io::copy(&mut io::stdin().lock(), &mut File::create(&path)?)?;
        Ok(Input { path, _folder: Some(folder) })
    }
}

/// A file to be written.
pub(crate) struct Output {
    /// Where it is to be written.
    pub(crate) path: PathBuf,
    folder: Option<TempDir>,
}

impl Output {
    /// The file at a path, or on standard output.
    pub(crate) fn at(path: &Path) -> Result<Output, Ending> {
        if !is_dash(path) {
            return Ok(Output { path: path.to_owned(), folder: None });
        }
        let folder = tempfile::tempdir()?;
        Ok(Output { path: folder.path().join("film.mp4"), folder: Some(folder) })
    }

    /// Whether it goes to standard output.
    pub(crate) fn is_poured(&self) -> bool {
        self.folder.is_some()
    }

    /// Sends what was written to standard output, if that is where it goes.
    pub(crate) fn pour(&self) -> Result<(), Ending> {
        if self.is_poured() { Ok(pour(&self.path)?) } else { Ok(()) }
    }
}

/// The name of a scored film when nobody gave one: beside the film.
pub(crate) fn beside(film: &Path) -> PathBuf {
    let stem = film.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    film.with_file_name(format!("{stem}-scored.mp4"))
}
