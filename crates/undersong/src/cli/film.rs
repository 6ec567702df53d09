//! Films from and to the standard streams: what comes in or goes out by `-` lies in a private folder meanwhile.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use studio::Fault;
use tempfile::TempDir;

use super::ending::Ending;
use super::output::{is_dash, pour};
use super::stopping::unless_asked;

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
        let folder = private()?;
        let path = folder.path().join("film");
        let mut file = File::create(&path).map_err(kept_at(&path))?;
        let copied = unless_asked(move || io::copy(&mut io::stdin().lock(), &mut file));
        copied.map_err(|ending| match ending {
            Ending::Unheard(source) => kept_at(&path)(source),
            other => other,
        })?;
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
        let folder = private()?;
        Ok(Output { path: folder.path().join("film.mp4"), folder: Some(folder) })
    }

    /// Whether it goes to standard output.
    pub(crate) fn is_poured(&self) -> bool {
        self.folder.is_some()
    }

    /// Sends what was written to standard output, if that is where it goes.
    pub(crate) fn pour(&self) -> Result<(), Ending> {
        if self.is_poured() { pour(&self.path) } else { Ok(()) }
    }
}

/// A folder that nobody else reads.
fn private() -> Result<TempDir, Ending> {
    tempfile::tempdir().map_err(|fault| kept_at(&std::env::temp_dir())(fault.kind().into()))
}

/// Says where a film on its way could not be kept.
fn kept_at(path: &Path) -> impl FnOnce(io::Error) -> Ending + use<> {
    let path = path.to_owned();
    move |source| Fault::File { done: "written", path, source }.into()
}

/// The name of a scored film when nobody gave one: beside the film.
pub(crate) fn beside(film: &Path) -> PathBuf {
    let stem = film.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    film.with_file_name(format!("{stem}-scored.mp4"))
}
