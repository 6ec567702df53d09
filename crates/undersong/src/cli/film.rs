//! Films from and to the standard streams: what comes in or goes out by `-` lies in a private folder meanwhile.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use studio::{Fault, Results};
use tempfile::TempDir;

use super::ending::Ending;
use super::output::{is_dash, pour};
use super::stopping::unless_asked;

/// The largest film that standard input may bring, in megabytes; a film with a name may be of any size.
const LARGEST_MB: u64 = 500;

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
        let folder = studio::private(None)?;
        let path = folder.path().join("film");
        let mut file = File::create(&path).map_err(kept_at(&path))?;
        let copied = unless_asked(move || copy(&mut io::stdin().lock(), &mut file, LARGEST_MB))?;
        match copied.map_err(kept_at(&path))? {
            true => Ok(Input { path, _folder: Some(folder) }),
            false => Err(Fault::TooLarge { limit_mb: LARGEST_MB }.into()),
        }
    }
}

/// Copies a film; `false` where it is longer than `limit_mb` megabytes.
fn copy(from: &mut impl Read, to: &mut impl Write, limit_mb: u64) -> io::Result<bool> {
    let limit = limit_mb * 1_000_000;
    Ok(io::copy(&mut from.take(limit + 1), to)? <= limit)
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
        let folder = studio::private(None)?;
        Ok(Output { path: folder.path().join("result"), folder: Some(folder) })
    }

    /// Whether it goes to standard output.
    pub(crate) fn is_poured(&self) -> bool {
        self.folder.is_some()
    }

    /// Sends it to standard output before anything is published: if that fails, nothing has been written.
    pub(crate) fn pour(&self, results: &Results) -> Result<(), Ending> {
        results.lying(&self.path).map_or(Ok(()), pour)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_from_a_pipe_has_an_end() {
        for (size, fits) in [(2_000_000, true), (2_000_001, false)] {
            let mut to = Vec::new();
            assert_eq!(copy(&mut io::repeat(1).take(size), &mut to, 2).unwrap(), fits);
        }
        let mut to = Vec::new();
        assert!(!copy(&mut io::repeat(1), &mut to, 1).unwrap(), "what never ends is not read for ever");
    }
}
