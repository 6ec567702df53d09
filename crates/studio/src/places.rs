//! Where results go: names are looked at before any work is done, and results grow under hidden ones.

use std::fs::Permissions;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::Fault;

const TAKEN: &str = "two results would have this name";

/// Makes sure that results can be written under these names: `sources` are the files that are read, `stems` is a folder
/// that need not be there yet.
///
/// # Errors
/// [`Fault::Place`] for a name that is taken by something else than a file, whose folder is missing, that is a
/// source's or stands twice; [`Fault::File`] where the folder cannot be written.
pub(crate) fn expect(sources: &[&Path], files: &[&Path], stems: Option<&Path>) -> Result<(), Fault> {
    let sources: Vec<PathBuf> = sources.iter().filter_map(|source| source.canonicalize().ok()).collect();
    let mut named: Vec<PathBuf> = Vec::new();
    for path in files {
        let wrong = |why| Fault::Place { path: path.to_path_buf(), why };
        // Publishing renames over what is there: a device or a pipe would be gone.
        if path.metadata().is_ok_and(|there| !there.is_file()) || path.file_name().is_none() {
            return Err(wrong("it is no file"));
        }
        if !folder(path).is_dir() {
            return Err(wrong("there is no such folder"));
        }
        let full = full(path);
        if sources.contains(&full.canonicalize().unwrap_or_else(|_| full.clone())) {
            return Err(wrong("it is a file that is read"));
        }
        if named.contains(&full) {
            return Err(wrong(TAKEN));
        }
        hidden(path)?;
        named.push(full);
    }
    stems.map_or(Ok(()), |stems| expect_stems(stems, &named))
}

fn expect_stems(stems: &Path, files: &[PathBuf]) -> Result<(), Fault> {
    let wrong = |why| Fault::Place { path: stems.to_owned(), why };
    if !standing(stems).is_dir() {
        return Err(wrong("it is no folder"));
    }
    let full = full(stems);
    if files.iter().any(|file| full.starts_with(file)) {
        return Err(wrong(TAKEN));
    }
    hidden(&stems.join("stem")).map(drop)
}

/// A hidden file near `path`, on the same file system, gone again unless it is published.
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
    builder.prefix(".undersong-").tempfile_in(standing(folder(path))).map_err(plain)
}

/// The folder a file lies in.
pub(crate) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A path, or where nothing is there yet, the nearest one above it where something is.
fn standing(path: &Path) -> &Path {
    let there = path.ancestors().find(|above| above.symlink_metadata().is_ok());
    there.unwrap_or(Path::new("."))
}

/// The one full name of what may not be there yet; a link itself, not what it leads to.
pub(crate) fn full(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (Some(folder), Some(name)) = (absolute.parent(), absolute.file_name()) else { return absolute };
    match folder.canonicalize() {
        Ok(folder) => folder.join(name),
        Err(_) => full(folder).join(name),
    }
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
        let deep = place.path().join("deep/stems");
        assert!(expect(&[&film], &[&other, &place.path().join("music.wav")], Some(&deep)).is_ok());
        for (path, why) in [
            (film.clone(), "a file that is read"),
            (place.path().join("link.mp4"), "a file that is read"),
            (place.path().join(".").join("film.mp4"), "a file that is read"),
            (place.path().to_owned(), "no file"),
            (place.path().join("nowhere/out.mp4"), "no such folder"),
            (other.clone(), "two results"),
        ] {
            let fault = expect(&[&film], &[&other, &path], None).unwrap_err();
            assert!(fault.to_string().contains(why) && fault.code() == 400, "{fault}");
        }
        for (stems, why) in [
            (other.clone(), "two results"),
            (other.join("stems"), "two results"),
            (film.clone(), "no folder"),
            (film.join("stems"), "no folder"),
        ] {
            let fault = expect(&[&film], &[&other], Some(&stems)).unwrap_err();
            assert!(fault.to_string().contains(why) && fault.code() == 400, "{stems:?}: {fault}");
        }
        assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 2, "nothing is left of the attempts");
    }
}
