//! Publishing: a file appears under its name only when it is whole.

use std::fs::{File, Permissions};
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::Fault;

/// A hidden file beside `path`, gone again unless it is published.
pub(crate) fn hidden(path: &Path) -> Result<NamedTempFile, Fault> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the user's mask takes away what it takes away.
        builder.permissions(Permissions::from_mode(0o666));
    }
    // The hidden file's own name, which the error holds, would only confuse.
    let plain = |fault: std::io::Error| Fault::file("written", path)(fault.kind().into());
    builder.prefix(".undersong-").tempfile_in(folder(path)).map_err(plain)
}

/// Makes sure, before any work is done, that files can be written under these names: `sources` are those that are read.
///
/// # Errors
/// [`Fault::Place`] for a name that is taken by something else than a file, whose folder is missing, that is a
/// source's or stands twice; [`Fault::File`] where the folder cannot be written.
pub fn expect_files(sources: &[&Path], paths: &[&Path]) -> Result<(), Fault> {
    let sources: Vec<PathBuf> = sources.iter().filter_map(|source| source.canonicalize().ok()).collect();
    let mut named: Vec<PathBuf> = Vec::new();
    for path in paths {
        let wrong = |why| Fault::Place { path: path.to_path_buf(), why };
        // Publishing renames over what is there: a device or a pipe would be gone.
        if path.metadata().is_ok_and(|there| !there.is_file()) || path.file_name().is_none() {
            return Err(wrong("it is no file"));
        }
        let Ok(folder) = folder(path).canonicalize() else { return Err(wrong("there is no such folder")) };
        let full = folder.join(path.file_name().unwrap_or_default());
        if sources.contains(&full.canonicalize().unwrap_or_else(|_| full.clone())) {
            return Err(wrong("it is a file that is read"));
        }
        if named.contains(&full) {
            return Err(wrong("two results would have this name"));
        }
        hidden(path)?;
        named.push(full);
    }
    Ok(())
}

/// Gives a finished hidden file its name, for good: its bytes and its name reach the disk.
pub(crate) fn publish(hidden: NamedTempFile, path: &Path) -> Result<(), Fault> {
    hidden.as_file().sync_all().map_err(Fault::file("written", path))?;
    hidden.persist(path).map_err(|fault| Fault::file("written", path)(fault.error))?;
    if let Ok(folder) = File::open(folder(path)) {
        // Some file systems cannot flush a folder; the file itself is safe.
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Writes a whole file.
///
/// # Errors
/// [`Fault::File`]; the old file, if there was one, is still there then.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let mut hidden = hidden(path)?;
    hidden.write_all(bytes).map_err(Fault::file("written", path))?;
    publish(hidden, path)
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_cannot_be_written_are_told_before_the_work() {
        let place = tempfile::tempdir().unwrap();
        let (film, other) = (place.path().join("film.mp4"), place.path().join("other.mp4"));
        std::fs::write(&film, "film").unwrap();
        std::os::unix::fs::symlink(&film, place.path().join("link.mp4")).unwrap();
        assert!(expect_files(&[&film], &[&other, &place.path().join("music.wav")]).is_ok());
        for (path, why) in [
            (film.clone(), "a file that is read"),
            (place.path().join("link.mp4"), "a file that is read"),
            (place.path().join(".").join("film.mp4"), "a file that is read"),
            (place.path().to_owned(), "no file"),
            (place.path().join("nowhere/out.mp4"), "no such folder"),
            (other.clone(), "two results"),
        ] {
            let fault = expect_files(&[&film], &[&other, &path]).unwrap_err();
            assert!(fault.to_string().contains(why) && fault.code() == 400, "{fault}");
        }
        assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 2, "nothing is left of the attempts");
    }
}
