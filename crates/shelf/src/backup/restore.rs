//! The way back: a copy becomes what is kept, where nothing was kept before.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::sums::Sums;
use super::{BLOBS, Copied, DATABASE, duplicate, look};
use crate::blobs::disk::blocking;
use crate::error::{Result, ShelfError};
use crate::settings::{Settings, Store};
use crate::shelf::Shelf;

impl Shelf {
    /// Makes what `settings` name from a copy, and looks it through. Whatever else lies in the copy goes to `beside`, by its name.
    ///
    /// # Errors
    /// [`Taken`](ShelfError::Taken) where something is kept already: nothing is ever replaced; [`Settings`](ShelfError::Settings) for
    /// PostgreSQL and for a bucket; [`Damaged`](ShelfError::Damaged) where the copy is not whole: then nothing was written;
    /// [`Full`](ShelfError::Full).
    pub async fn restore(
        from: &Path,
        settings: &Settings,
        blob: impl Fn(&str) -> Option<String>,
        beside: &[(&str, PathBuf)],
    ) -> Result<Copied> {
        let place = Place::of(settings, beside)?;
        let (from, to) = (from.to_owned(), place.clone());
        let (sums, bytes) =
            blocking(move || Ok(whole(&from).and_then(|sums| place.take(&from, sums)))).await??;
        let looked = look(&to.database, &blob).await?;
        let lost = looked.blobs.iter().find(|(key, sha256)| {
            let found = sums.hash(&format!("{BLOBS}/{key}"));
            found.is_none() || sha256.as_ref().is_some_and(|sha256| Some(sha256) != found)
        });
        match lost {
            Some((key, _)) => Err(ShelfError::Damaged(format!("the blob {key} is missing"))),
            None => Ok(Copied { blobs: looked.blobs.len() as u64, bytes, wrong: looked.wrong }),
        }
    }
}

/// Where a copy goes.
#[derive(Clone)]
struct Place {
    database: PathBuf,
    blobs: PathBuf,
    beside: Vec<(String, PathBuf)>,
}

impl Place {
    fn of(settings: &Settings, beside: &[(&str, PathBuf)]) -> Result<Self> {
        let far = || ShelfError::Settings("a copy is taken back into SQLite and a folder only".to_owned());
        let database = settings.database.strip_prefix("sqlite:").ok_or_else(far)?;
        let Store::Folder(folder) = &settings.blobs else { return Err(far()) };
        let place = Self {
            database: std::path::absolute(database)?,
            blobs: std::path::absolute(folder)?.join("kept"),
            beside: beside.iter().map(|(name, path)| ((*name).to_owned(), path.clone())).collect(),
        };
        let mut files = std::iter::once(&place.database).chain(place.beside.iter().map(|(_, path)| path));
        let full = fs::read_dir(&place.blobs).is_ok_and(|mut entries| entries.next().is_some());
        if full || files.any(|file| file.exists()) {
            return Err(ShelfError::Taken);
        }
        Ok(place)
    }

    /// Copies everything into its place, the database last: what is broken off is no server's folder.
    fn take(&self, from: &Path, sums: Sums) -> Result<(Sums, u64)> {
        let mut bytes = 0;
        let mut files: Vec<(&String, &String)> = sums.files().collect();
        files.sort_by_key(|(path, _)| *path == DATABASE);
        for (path, sha256) in files {
            let beside = self.beside.iter().find(|(name, _)| name == path).map(|(_, to)| to.clone());
            let to = match path.strip_prefix(BLOBS).and_then(|key| key.strip_prefix('/')) {
                Some(key) => self.blobs.join(key),
                None if path == DATABASE => self.database.clone(),
                None => match beside {
                    Some(to) => to,
                    None => continue,
                },
            };
            let (found, size) = duplicate(&from.join(path), &to)?;
            if found != *sha256 {
                return Err(ShelfError::Damaged(format!("{path} of the copy")));
            }
            bytes += size;
        }
        Ok((sums, bytes))
    }
}

/// The list of a copy of which every file is what it was.
fn whole(from: &Path) -> Result<Sums> {
    let listed = Sums::read(from).map_err(|why| no_copy(from, &why))?;
    let found = Sums::of(from)?;
    for (path, sha256) in listed.files() {
        // A path that leads out of the copy is in no list of ours.
        if found.hash(path) != Some(sha256) {
            return Err(ShelfError::Damaged(format!("{path} of the copy")));
        }
    }
    if listed.hash(DATABASE).is_none() {
        return Err(ShelfError::Damaged(format!("{DATABASE} of the copy")));
    }
    Ok(listed)
}

fn no_copy(from: &Path, why: &io::Error) -> ShelfError {
    ShelfError::Settings(format!("{} is no copy that was finished ({why})", from.display()))
}
