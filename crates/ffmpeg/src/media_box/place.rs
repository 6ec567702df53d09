//! Where the box is put to the test: a job's folder, what the job may read, and what belongs to another.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::deeds::Scene;

/// Vanishes when it is dropped.
pub(super) struct Place {
    _folder: tempfile::TempDir,
    /// The job's folder.
    pub(super) job: PathBuf,
    /// A folder outside, with a file in it.
    outside: PathBuf,
    /// What the job may read.
    pub(super) input: PathBuf,
}

impl Place {
    pub(super) fn make(job: &Path) -> io::Result<Place> {
        let folder = tempfile::tempdir_in(job)?;
        let root = folder.path().canonicalize()?;
        let place = Place {
            _folder: folder,
            job: root.join("job"),
            outside: root.join("outside"),
            input: root.join("film"),
        };
        fs::create_dir(&place.job)?;
        fs::create_dir(&place.outside)?;
        fs::write(place.outside.join("secret"), "secret")?;
        fs::write(&place.input, "film")?;
        Ok(place)
    }

    /// The same for those who may not allocate.
    pub(super) fn scene(&self) -> io::Result<Scene> {
        Scene::new(&self.job, &self.outside, &self.input, Path::new("/bin/sh"))
    }
}
