//! Publishing: results appear under their names only when all of them are whole, all together.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use ffmpeg::Draft;
use tempfile::NamedTempFile;

use crate::places::{full, hidden};
use crate::{Fault, Onlooker};

/// Finished results under hidden names beside their places; what is not published leaves nothing.
#[derive(Debug, Default)]
#[must_use = "results that are not published are gone"]
pub struct Results {
    files: Vec<Whole>,
    film: Option<(Draft, PathBuf)>,
}

#[derive(Debug)]
struct Whole {
    hidden: NamedTempFile,
    path: PathBuf,
}

impl Results {
    /// Adds a file of these bytes.
    ///
    /// # Errors
    /// [`Fault::File`], and [`Fault::Place`] where another result has this name.
    pub fn write(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Fault> {
        let mut hidden = hidden(path)?;
        hidden.write_all(bytes).map_err(Fault::file("written", path))?;
        self.keep(hidden, path)
    }

    /// Adds a file that was written under a hidden name.
    pub(crate) fn keep(&mut self, hidden: NamedTempFile, path: &Path) -> Result<(), Fault> {
        self.expect_free(path)?;
        self.files.push(Whole { hidden, path: path.to_owned() });
        Ok(())
    }

    /// Adds the film.
    pub(crate) fn keep_film(&mut self, draft: Draft, path: &Path) -> Result<(), Fault> {
        self.expect_free(path)?;
        self.film = Some((draft, path.to_owned()));
        Ok(())
    }

    /// The names of stems are known only when they were played, so they may meet another's here for the first time.
    fn expect_free(&self, path: &Path) -> Result<(), Fault> {
        let mut taken =
            self.files.iter().map(|whole| &whole.path).chain(self.film.iter().map(|(_, path)| path));
        match taken.any(|taken| full(taken) == full(path)) {
            true => Err(Fault::Place { path: path.to_owned(), why: "two results would have this name" }),
            false => Ok(()),
        }
    }

    /// Where the result that will be `path` lies until it is published.
    pub fn lying(&self, path: &Path) -> Option<&Path> {
        let film = self.film.iter().find(|(_, name)| name == path).map(|(draft, _)| draft.path());
        film.or_else(|| self.files.iter().find(|whole| whole.path == path).map(|whole| whole.hidden.path()))
    }

    /// Gives everything its name for good, the film last; where that fails, nothing new is left.
    ///
    /// # Errors
    /// [`Fault::Cancelled`] when the onlooker wants it no longer; [`Fault::File`] or [`Fault::Media`].
    pub fn publish(self, onlooker: &dyn Onlooker) -> Result<(), Fault> {
        // What may fail for want of room fails before the first name is given.
        for whole in &self.files {
            whole.hidden.as_file().sync_all().map_err(Fault::file("written", &whole.path))?;
        }
        if onlooker.cancelled() {
            return Err(Fault::Cancelled);
        }
        let mut named = Named::default();
        for whole in self.files {
            named.name(whole)?;
        }
        if let Some((draft, _)) = self.film {
            draft.publish()?;
        }
        named.stay();
        Ok(())
    }
}

/// What has its name already; it loses it again unless everything gets there.
#[derive(Default)]
struct Named {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
    touched: Vec<PathBuf>,
}

impl Named {
    fn name(&mut self, Whole { hidden, path }: Whole) -> Result<(), Fault> {
        if let Some(folder) = path.parent() {
            self.make(folder)?;
            self.touched.push(folder.to_owned());
        }
        let new = path.symlink_metadata().is_err();
        hidden.persist(&path).map_err(|fault| Fault::file("written", &path)(fault.error))?;
        if new {
            self.files.push(path);
        }
        Ok(())
    }

    /// Makes a folder and those above it, where they are missing.
    fn make(&mut self, folder: &Path) -> Result<(), Fault> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        folder.parent().map_or(Ok(()), |above| self.make(above))?;
        fs::create_dir(folder).map_err(Fault::file("made", folder))?;
        self.folders.push(folder.to_owned());
        Ok(())
    }

    fn stay(mut self) {
        self.files.clear();
        self.folders.clear();
        self.touched.dedup();
        for folder in &self.touched {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            // Some file systems cannot flush a folder; the files themselves are safe.
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
    }
}

impl Drop for Named {
    fn drop(&mut self) {
        // Whoever waits hears of the first failure; there is nothing to say about a second.
        self.files.iter().for_each(|file| _ = fs::remove_file(file));
        self.folders.iter().rev().for_each(|folder| _ = fs::remove_dir(folder));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Stage;

    struct Somebody {
        leaves: bool,
    }

    impl Onlooker for Somebody {
        fn progress(&self, _: Stage, _: f64) {}

        fn cancelled(&self) -> bool {
            self.leaves
        }
    }

    fn there(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn all_results_appear_together() {
        let place = tempfile::tempdir().unwrap();
        let mut results = Results::default();
        let stem = place.path().join("deep/stems/bass.wav");
        results.write(&place.path().join("a.mid"), b"notes").unwrap();
        results.write(&stem, b"sound").unwrap();
        assert!(there(place.path()).iter().all(|name| name.starts_with(".undersong-")));
        assert_eq!(fs::read(results.lying(&stem).unwrap()).unwrap(), b"sound");
        results.publish(&Somebody { leaves: false }).unwrap();
        assert_eq!(there(place.path()), ["a.mid", "deep"]);
        assert_eq!(fs::read(stem).unwrap(), b"sound");
    }

    #[test]
    fn one_failure_leaves_nothing_new() {
        let place = tempfile::tempdir().unwrap();
        let (old, late) = (place.path().join("old.mid"), place.path().join("late.json"));
        fs::write(&old, "old").unwrap();
        let mut results = Results::default();
        results.write(&place.path().join("new.mid"), b"notes").unwrap();
        results.write(&place.path().join("stems/bass.wav"), b"sound").unwrap();
        results.write(&late, b"{}").unwrap();
        // Somebody makes a folder of that name while the work goes on.
        fs::create_dir(&late).unwrap();
        let fault = results.publish(&Somebody { leaves: false }).unwrap_err();
        assert!(fault.to_string().contains("late.json"), "{fault}");
        assert_eq!(there(place.path()), ["late.json", "old.mid"]);
    }

    #[test]
    fn whoever_leaves_at_the_last_moment_gets_nothing() {
        let place = tempfile::tempdir().unwrap();
        let mut results = Results::default();
        results.write(&place.path().join("stems/bass.wav"), b"sound").unwrap();
        assert!(results.publish(&Somebody { leaves: true }).unwrap_err().is_cancelled());
        assert!(there(place.path()).is_empty());
    }

    #[test]
    fn a_name_stands_for_one_result() {
        let place = tempfile::tempdir().unwrap();
        let mut results = Results::default();
        fs::create_dir(place.path().join("stems")).unwrap();
        results.write(&place.path().join("stems/bass.wav"), b"music").unwrap();
        let fault = results.write(&place.path().join("stems/../stems/bass.wav"), b"bass").unwrap_err();
        assert!(fault.to_string().contains("two results"), "{fault}");
    }
}
