//! The name of a file that is to be written, which it gets when it is whole and which never was another's.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use studio::Fault;
use tempfile::TempDir;

/// How many names are tried.
const TRIES: u32 = 1000;

/// Why a file did not get a name.
#[derive(Debug)]
pub(crate) enum NotGiven {
    /// Something has this name, and every one like it that would do.
    Taken(PathBuf),
    /// The system refused.
    Fault(Fault),
}

impl NotGiven {
    /// The sentence that says so.
    pub(crate) fn sentence(&self) -> String {
        match self {
            NotGiven::Taken(path) => {
                format!("{} is there already; please move it away or give another name.", path.display())
            }
            NotGiven::Fault(fault) => fault.to_string(),
        }
    }
}

/// Where a file is to be written.
#[derive(Clone, Debug)]
pub(crate) struct FreeName {
    folder: PathBuf,
    name: String,
    /// Whether somebody wants this name and no other.
    wanted: bool,
}

impl FreeName {
    /// Under this name and no other.
    pub(crate) fn named(folder: PathBuf, name: String) -> FreeName {
        FreeName { folder, name, wanted: true }
    }

    /// Under this name, or one like it where it is taken.
    pub(crate) fn like(path: &Path) -> FreeName {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).to_owned();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        FreeName { folder, name, wanted: false }
    }

    /// Whether something has this name.
    pub(crate) fn is_taken(&self) -> bool {
        self.folder.join(&self.name).symlink_metadata().is_ok()
    }

    /// A private folder beside it, in which the file is made.
    ///
    /// # Errors
    /// Where nothing can be written there.
    pub(crate) fn private(&self) -> Result<TempDir, Fault> {
        studio::private(Some(&self.folder.join(&self.name)))
    }

    /// Gives a whole file of the private folder its name.
    ///
    /// # Errors
    /// Where the name was taken meanwhile, or the system refuses.
    pub(crate) fn give(&self, whole: &Path) -> Result<PathBuf, NotGiven> {
        let names = (1..=TRIES).map(|number| self.numbered(number));
        for path in names.take(if self.wanted { 1 } else { TRIES as usize }) {
            match named(whole, &path) {
                Err(fault) if fault.kind() == ErrorKind::AlreadyExists => {}
                Err(source) => return Err(NotGiven::Fault(Fault::File { done: "written", path, source })),
                Ok(()) => return Ok(path),
            }
        }
        Err(NotGiven::Taken(self.folder.join(&self.name)))
    }

    fn numbered(&self, number: u32) -> PathBuf {
        let (stem, ending) = self.name.rsplit_once('.').unwrap_or((&self.name, ""));
        match number {
            1 => self.folder.join(&self.name),
            _ => self.folder.join(format!("{stem}-{number}.{ending}")),
        }
    }
}

/// Moves a file to a name that nobody has: a second name for it cannot take another's place, as a new one would.
fn named(whole: &Path, path: &Path) -> std::io::Result<()> {
    match fs::hard_link(whole, path) {
        Ok(()) => fs::remove_file(whole),
        Err(fault) if fault.kind() == ErrorKind::AlreadyExists => Err(fault),
        // Some file systems know no second names.
        Err(_) if path.symlink_metadata().is_err() => fs::rename(whole, path),
        Err(_) => Err(ErrorKind::AlreadyExists.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_loses_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a-scored.mp4"), "old").unwrap();
        let make = |name: &FreeName, text: &str| {
            let private = name.private().unwrap();
            let whole = private.path().join("film.mp4");
            fs::write(&whole, text).unwrap();
            name.give(&whole)
        };
        let name = FreeName::like(&at("a-scored.mp4"));
        assert_eq!(make(&name, "new").unwrap(), at("a-scored-2.mp4"));
        assert_eq!(make(&name, "newer").unwrap(), at("a-scored-3.mp4"));
        let wanted = FreeName::named(folder.path().to_owned(), "b.mp4".to_owned());
        assert_eq!(make(&wanted, "b").unwrap(), at("b.mp4"));
        assert!(matches!(make(&wanted, "c"), Err(NotGiven::Taken(path)) if path == at("b.mp4")));
        let text = |name: &str| fs::read_to_string(at(name)).unwrap();
        assert_eq!(
            (text("a-scored.mp4"), text("a-scored-2.mp4"), text("b.mp4")),
            ("old".into(), "new".into(), "b".into())
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4, "nothing else is left");
    }
}
