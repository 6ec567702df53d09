//! The folders in which films may be read and written; links are followed before it is looked where a path leads.

use std::path::{Path, PathBuf};

use crate::free_name::FreeName;
use crate::mcp::refusal::Refusal;

/// Folders that are allowed, from the root on.
#[derive(Clone, Debug)]
pub(crate) struct Folders(Vec<PathBuf>);

impl Folders {
    /// # Errors
    /// A sentence that names the folder that is none.
    pub(crate) fn new(named: &[PathBuf]) -> Result<Folders, String> {
        let full = |named: &PathBuf| {
            let found = named.canonicalize().ok().filter(|found| found.is_dir());
            found.ok_or_else(|| format!("{} is no folder; please name one that is there.", named.display()))
        };
        named.iter().map(full).collect::<Result<_, _>>().map(Folders)
    }

    /// Their names.
    pub(crate) fn told(&self) -> String {
        let names: Vec<String> = self.0.iter().map(|folder| folder.display().to_string()).collect();
        names.join(", ")
    }

    /// The file that somebody named: whole, or below one of the folders.
    ///
    /// # Errors
    /// The same sentence for what is elsewhere and for what is not there.
    pub(crate) fn read(&self, said: &str) -> Result<PathBuf, Refusal> {
        // What stands before what is whole does not count.
        let places = self.0.iter().map(|folder| folder.join(said));
        let mut found = places.filter_map(|path| path.canonicalize().ok());
        found.find(|path| self.hold(path)).ok_or_else(|| {
            let allowed = self.told();
            Refusal::absent(format!("There is no file {said} in the folders that are allowed: {allowed}."))
        })
    }

    /// The place of a file that is to be written: whole, or beside `near`.
    ///
    /// # Errors
    /// Where it is elsewhere, is taken, or would not end as it should.
    pub(crate) fn write(&self, said: &str, near: &Path, ending: &str) -> Result<FreeName, Refusal> {
        let wrong = |why: &str| Err(Refusal::malformed(format!("{said} cannot be written: {why}.")));
        let path = near.parent().unwrap_or(Path::new("/")).join(said);
        let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str()))
        else {
            return wrong("it is no name of a file");
        };
        if !Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(ending)) {
            return wrong(&format!("please give it a name that ends in .{ending}"));
        }
        match folder.canonicalize() {
            Ok(folder) if self.hold(&folder) && folder.is_dir() => {
                let name = FreeName::named(folder, name.to_owned());
                if name.is_taken() {
                    wrong("there is such a file; please give another name")
                } else {
                    Ok(name)
                }
            }
            _ => wrong(&format!("its folder is not there or not below one that is allowed: {}", self.told())),
        }
    }

    fn hold(&self, path: &Path) -> bool {
        self.0.iter().any(|folder| path.starts_with(folder))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn nothing_outside_is_read_or_written() {
        let place = tempfile::tempdir().unwrap();
        let (inside, outside) = (place.path().join("films"), place.path().join("else"));
        for folder in [&inside, &outside] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("a.mp4"), "film").unwrap();
        }
        symlink(&outside, inside.join("door")).unwrap();
        symlink(outside.join("a.mp4"), inside.join("link.mp4")).unwrap();
        let folders = Folders::new(std::slice::from_ref(&inside)).unwrap();
        let film = inside.canonicalize().unwrap().join("a.mp4");
        let whole = film.to_str().unwrap();
        for said in ["a.mp4", "./a.mp4", "door/../a.mp4", whole] {
            let read = folders.read(said);
            // A way out and back in is one that a link can lead astray, so where it leads is what counts.
            assert!(read.is_err() || read == Ok(film.clone()), "{said}");
        }
        assert_eq!(folders.read(whole), Ok(film.clone()));
        let other = outside.join("a.mp4");
        for said in
            ["../else/a.mp4", "door/a.mp4", "link.mp4", other.to_str().unwrap(), "/etc/passwd", "b.mp4", ""]
        {
            let refusal = folders
                .read(said)
                .and_then(|path| if path.is_file() { Ok(path) } else { Err(Refusal::broken()) });
            assert!(refusal.is_err(), "{said}");
            assert!(folders.write(said, &film, "mp4").is_err() || said == "b.mp4", "{said}");
        }
        assert!(folders.write("b.mp4", &film, "mp4").is_ok());
        for said in ["a.mp4", "b.mkv", "b", "deep/b.mp4", "door/b.mp4", "..", "link.mp4"] {
            assert!(folders.write(said, &film, "mp4").is_err(), "{said}");
        }
        assert!(Folders::new(&[inside.join("nowhere")]).is_err());
    }
}
