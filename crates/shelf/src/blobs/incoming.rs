//! A blob on its way in: written, sealed, kept.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tokio::fs::{File, OpenOptions};
use tokio::io::{AsyncWriteExt, BufWriter};

use super::disk;
use crate::error::{Result, ShelfError};
use crate::secret;

/// Bytes held back until they are worth a write; all that an upload costs in memory, twice.
const BUFFER: usize = 128 << 10;

/// A file that is removed where nobody gives it a place.
struct Passing(Option<PathBuf>);

impl Passing {
    fn path(&self) -> &Path {
        self.0.as_deref().unwrap_or(Path::new(""))
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // What cannot be removed now is swept later.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// A blob that is being written.
pub struct Incoming {
    file: BufWriter<File>,
    place: Passing,
    hash: Sha256,
    bytes: u64,
    most: u64,
}

impl Incoming {
    /// An empty file in `folder`.
    pub(super) async fn begin(folder: &Path, most: u64) -> Result<Self> {
        let path = folder.join(secret::name("")?);
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path).await?;
        file.set_max_buf_size(BUFFER);
        let file = BufWriter::with_capacity(BUFFER, file);
        Ok(Self { file, place: Passing(Some(path)), hash: Sha256::new(), bytes: 0, most })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// [`TooLarge`](ShelfError::TooLarge) beyond what was allowed; [`Full`](ShelfError::Full), and what else the disk says. After an
    /// error the blob is of no use.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.bytes += bytes.len() as u64;
        if self.bytes > self.most {
            return Err(ShelfError::TooLarge { most: self.most });
        }
        self.hash.update(bytes);
        self.file.write_all(bytes).await?;
        Ok(())
    }

    /// Bytes until now.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Ends it: all of it is on the disk when this answers.
    ///
    /// # Errors
    /// [`Full`](ShelfError::Full), and what else the disk says.
    pub async fn seal(mut self) -> Result<Sealed> {
        self.file.flush().await?;
        self.file.get_ref().sync_all().await?;
        Ok(Sealed { place: self.place, sha256: secret::hex(&self.hash.finalize()), bytes: self.bytes })
    }
}

/// A blob that is whole and flushed, but has no key yet. It vanishes where it is dropped.
pub struct Sealed {
    place: Passing,
    sha256: String,
    bytes: u64,
}

impl Sealed {
    /// Where it is until it is kept: to be looked at, not to be changed.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.place.path()
    }

    /// SHA-256 of its content, 64 hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Gives it its place below `root`.
    pub(super) async fn publish(mut self, root: &Path, key: &str) -> Result<Kept> {
        let (from, root, to) = (self.path().to_owned(), root.to_owned(), key.to_owned());
        disk::blocking(move || disk::publish(&from, &root, &to)).await?;
        self.place.0 = None;
        Ok(Kept { key: key.to_owned(), sha256: std::mem::take(&mut self.sha256), bytes: self.bytes })
    }
}

/// A blob that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Under which key.
    pub key: String,
    /// SHA-256 of its content, 64 hexadecimal digits.
    pub sha256: String,
    /// Its bytes.
    pub bytes: u64,
}

/// A file from elsewhere, moved to `folder`.
pub(super) async fn adopt(folder: &Path, path: &Path) -> Result<Sealed> {
    let place = Passing(Some(folder.join(secret::name("")?)));
    let (from, to) = (path.to_owned(), place.path().to_owned());
    let (sha256, bytes) = disk::blocking(move || disk::adopt(&from, &to)).await?;
    Ok(Sealed { place, sha256, bytes })
}
