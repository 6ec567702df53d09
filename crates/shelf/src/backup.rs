//! A copy of all that is kept, made while it is in use; looked through before it is called one; and the way back.
//!
//! A copy is a folder: `undersong.db`, the blobs below `blobs/kept`, whatever else the doors put into it, and `SHA256SUMS`, which is
//! written last and which `sha256sum -c` reads.

mod restore;
mod sums;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::base::Base;
use crate::blobs::disk::blocking;
use crate::error::{Result, ShelfError};
use crate::secret;
use crate::settings::{Settings, Store};
use crate::shelf::Shelf;
use sums::Sums;

/// Names inside a copy; those of a server's own folder, too.
pub(crate) const DATABASE: &str = "undersong.db";
const BLOBS: &str = "blobs/kept";
/// So often the copy of the database is made anew where blobs that it names were thrown away meanwhile.
const TRIES: usize = 4;
/// Bytes that are copied at once.
const CHUNK: usize = 1 << 20;

/// What a copy holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Blobs, and the bytes of all files.
    pub blobs: u64,
    /// Bytes of the database, the blobs and the rest.
    pub bytes: u64,
    /// What does not add up in the ledger, a sentence each: it was so before.
    pub wrong: Vec<String>,
}

impl Shelf {
    /// Copies database and blobs, as of one moment and while they are in use, to the folder `to`, which is not there yet or empty.
    /// Everything that was acknowledged before this began is in it.
    ///
    /// `blob` finds the blob that a job's result names; `beside` are files that belong to it, by the names they get in the folder.
    /// What was written is read again and compared; the database is checked by itself and against the blobs.
    ///
    /// # Errors
    /// [`Taken`](ShelfError::Taken) where something is there; [`Settings`](ShelfError::Settings) for PostgreSQL and for a bucket;
    /// [`Damaged`](ShelfError::Damaged) where what is kept, or the copy, is not as it should be; [`Full`](ShelfError::Full).
    pub async fn copy(
        &self,
        to: &Path,
        blob: impl Fn(&str) -> Option<String>,
        beside: &[(&str, PathBuf)],
    ) -> Result<Copied> {
        let root = self.vault().near()?.to_owned();
        let to = std::path::absolute(to)?;
        let begun = Begun::new(&to)?;
        let mut done = BTreeMap::new();
        for turn in 1.. {
            let database = begun.0.join(DATABASE);
            if turn > 1 {
                fs::remove_file(&database)?;
            }
            self.backup(&database).await?;
            let looked = look(&database, &blob).await?;
            let wanted = looked.blobs.clone();
            let (from, folder, known) = (root.clone(), begun.0.join(BLOBS), done);
            let (copied, missing) = blocking(move || fetch(&from, &folder, &wanted, known)).await?;
            done = copied;
            match missing.first() {
                None => return finish(begun, to, looked, done, beside).await,
                // It was thrown away since; then the database says so by now.
                Some(_) if turn < TRIES => {}
                Some(key) => return Err(ShelfError::Damaged(format!("the blob {key} is missing"))),
            }
        }
        Err(ShelfError::Closed)
    }
}

/// A folder that vanishes where it is not made the copy.
struct Begun(PathBuf);

impl Begun {
    fn new(to: &Path) -> Result<Self> {
        if fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) || to.is_file() {
            return Err(ShelfError::Taken);
        }
        let mut name =
            to.file_name().ok_or(ShelfError::Settings("a folder to copy to".to_owned()))?.to_owned();
        name.push(".partial");
        let folder = to.with_file_name(name);
        if let Err(error) = fs::remove_dir_all(&folder)
            && error.kind() != ErrorKind::NotFound
        {
            return Err(error.into());
        }
        fs::create_dir_all(folder.join(BLOBS))?;
        Ok(Self(folder))
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        // It has its name by now, or is of no use.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a database says.
#[derive(Clone, Debug, Default)]
struct Looked {
    /// Every blob that a row names, and its hash where the row knows it.
    blobs: BTreeMap<String, Option<String>>,
    wrong: Vec<String>,
}

/// Looks through the copy of a database.
async fn look(database: &Path, blob: &impl Fn(&str) -> Option<String>) -> Result<Looked> {
    let path = database.to_str().ok_or(ShelfError::Text)?;
    let settings =
        Settings { database: format!("sqlite:{path}"), blobs: Store::Folder(PathBuf::new()), readers: 1 };
    let base = Base::open(&settings).await?;
    let seen = async {
        base.check().await?;
        let mut looked = Looked { wrong: crate::ledger::Ledger(&base).audit().await?, ..Looked::default() };
        for (key, sha256) in base.file_blobs().await? {
            looked.blobs.insert(key, Some(sha256));
        }
        for result in base.results().await? {
            if let Some(key) = blob(&result) {
                looked.blobs.entry(key).or_insert(None);
            }
        }
        Ok(looked)
    };
    let seen = seen.await;
    base.close().await;
    seen
}

/// Blobs that were copied, with their hashes, and those that were not there.
type Fetched = (BTreeMap<String, String>, Vec<String>);

/// Copies the blobs that are not copied yet.
fn fetch(
    from: &Path,
    to: &Path,
    wanted: &BTreeMap<String, Option<String>>,
    known: BTreeMap<String, String>,
) -> io::Result<Fetched> {
    let (mut done, mut missing) = (known, Vec::new());
    done.retain(|key, _| wanted.contains_key(key));
    for (key, sha256) in wanted {
        if done.contains_key(key) {
            continue;
        }
        match duplicate(&from.join(key), &to.join(key)) {
            Ok((found, _)) if sha256.as_ref().is_some_and(|sha256| *sha256 != found) => {
                return Err(wrong(format!("the blob {key} is not what was kept")));
            }
            Ok((found, _)) => _ = done.insert(key.clone(), found),
            Err(error) if error.kind() == ErrorKind::NotFound => missing.push(key.clone()),
            Err(error) => return Err(error),
        }
    }
    Ok((done, missing))
}

/// What a thread that waits for the disk says of something [`Damaged`](ShelfError::Damaged).
fn wrong(why: String) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}

/// Copies a file, flushed; its SHA-256 in hexadecimal digits, and its bytes.
fn duplicate(from: &Path, to: &Path) -> io::Result<(String, u64)> {
    let mut reading = File::open(from)?;
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let (mut writing, mut hash, mut bytes) = (File::create(to)?, Sha256::new(), 0);
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = reading.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        hash.update(&chunk[..read]);
        writing.write_all(&chunk[..read])?;
        bytes += read as u64;
    }
    writing.sync_all()?;
    Ok((secret::hex(&hash.finalize()), bytes))
}

/// Adds what lies beside, reads everything again, and gives the copy its name.
async fn finish(
    begun: Begun,
    to: PathBuf,
    looked: Looked,
    done: BTreeMap<String, String>,
    beside: &[(&str, PathBuf)],
) -> Result<Copied> {
    let beside: Vec<(String, PathBuf)> =
        beside.iter().map(|(name, path)| ((*name).to_owned(), path.clone())).collect();
    let blobs = done.len() as u64;
    let sums = blocking(move || {
        let folder = &begun.0;
        for (name, path) in &beside {
            duplicate(path, &folder.join(name))?;
        }
        let sums = Sums::of(folder)?;
        let same = |(key, sha256): (&String, &String)| sums.hash(&format!("{BLOBS}/{key}")) == Some(sha256);
        if !done.iter().all(same) {
            return Err(wrong("the copy: what was written is not what is read".to_owned()));
        }
        sums.write(folder)?;
        fs::rename(folder, &to)?;
        to.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())?;
        Ok(sums)
    });
    let sums = sums.await?;
    Ok(Copied { blobs, bytes: sums.bytes(), wrong: looked.wrong })
}
