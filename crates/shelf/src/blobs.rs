//! Blobs: films, songs and exports, as bytes under a key.
//!
//! What comes in is written to a folder of the store's own, hashed on the way and flushed; only then it is published under its key, and
//! file and folder are on the disk before anybody hears of it. What is broken off vanishes.

mod bucket;
pub(crate) mod disk;
mod incoming;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt, path};

pub use incoming::{Incoming, Kept, Sealed};

use crate::error::{Result, ShelfError};
use crate::secret;
use crate::settings::Store;

/// The store that is open.
pub(crate) struct Vault {
    store: Arc<dyn ObjectStore>,
    /// Whether the store is another machine's; then `root` holds copies.
    far: bool,
    /// Below it every key is a path.
    root: PathBuf,
    incoming: PathBuf,
    scratch: PathBuf,
}

impl Vault {
    /// Opens the store, and makes its folders.
    pub(crate) async fn open(store: &Store) -> Result<Self> {
        let folder = std::path::absolute(store.folder())?;
        let (root, incoming, scratch) =
            (folder.join("kept"), folder.join("incoming"), folder.join("scratch"));
        for folder in [&root, &incoming, &scratch] {
            tokio::fs::create_dir_all(folder).await?;
        }
        let (store, far): (Arc<dyn ObjectStore>, bool) = match store {
            Store::Folder(_) => {
                let near = LocalFileSystem::new_with_prefix(&root).map_err(said)?;
                (Arc::new(near.with_fsync(true)), false)
            }
            Store::Bucket(bucket) => (bucket::open(bucket)?, true),
        };
        Ok(Self { store, far, root, incoming, scratch })
    }

    /// The folder below which every blob is, where that is on this machine.
    pub(crate) fn near(&self) -> Result<&Path> {
        match self.far {
            true => Err(ShelfError::Settings("a bucket is copied by the store's own means".to_owned())),
            false => Ok(&self.root),
        }
    }

    /// Takes a blob away; one that is gone is gone.
    pub(crate) async fn remove(&self, key: &str) -> Result<()> {
        let named = named(key)?;
        if self.far {
            match tokio::fs::remove_file(self.root.join(key)).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        match self.store.delete(&named).await.map_err(said) {
            Err(ShelfError::Absent) => Ok(()),
            done => done,
        }
    }
}

/// The blobs of a [`Shelf`](crate::Shelf). They belong to nobody: the rows that name them do.
#[derive(Clone, Copy)]
pub struct Blobs<'a>(pub(crate) &'a Vault);

impl Blobs<'_> {
    /// Begins a blob of at most `most` bytes. It vanishes where it is dropped before it is kept.
    ///
    /// # Errors
    /// [`Full`](ShelfError::Full), and what else the disk says.
    pub async fn begin(&self, most: u64) -> Result<Incoming> {
        Incoming::begin(&self.0.incoming, most).await
    }

    /// Takes a file that was written elsewhere: hashed, flushed, and moved here (copied from another disk).
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) where there is no such file; [`Full`](ShelfError::Full), and what else the disk says.
    pub async fn adopt(&self, path: &Path) -> Result<Sealed> {
        incoming::adopt(&self.0.incoming, path).await
    }

    /// Publishes a blob under `key`; when this answers, it outlives a failing of power.
    ///
    /// A key is small letters, digits, `-`, `_` and `.` between slashes. A key that is in use gets the new content: take a
    /// [fresh one](Self::fresh_key), or one with the attempt in it.
    ///
    /// # Errors
    /// [`Range`](ShelfError::Range) for another key; [`Full`](ShelfError::Full), and what else the disk says.
    pub async fn keep(&self, sealed: Sealed, key: &str) -> Result<Kept> {
        let named = named(key)?;
        if self.0.far {
            bucket::send(&*self.0.store, &named, sealed.path(), sealed.bytes()).await?;
        }
        sealed.publish(&self.0.root, key).await
    }

    /// A key for something that came in, which no other has: `up/` and 34 more letters.
    ///
    /// # Errors
    /// [`Chance`](ShelfError::Chance).
    pub fn fresh_key(&self) -> Result<String> {
        let name = secret::name("")?;
        Ok(format!("up/{}/{name}", &name[..2]))
    }

    /// A path that readers can open, such as ffmpeg; from another machine it is fetched first. It is only to be read.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent).
    pub async fn local(&self, key: &str) -> Result<PathBuf> {
        let bytes = self.size(key).await?.ok_or(ShelfError::Absent)?;
        let (vault, path) = (self.0, self.0.root.join(key));
        if vault.far && !disk::touched(path.clone()).await? {
            bucket::fetch(&*vault.store, &named(key)?, bytes, &vault.incoming, &vault.root).await?;
        }
        Ok(path)
    }

    /// Removes copies of what another machine keeps that were last used longer ago than `older`; how many. They are fetched again when they
    /// are needed. Where the store is a folder of this machine there are none.
    ///
    /// # Errors
    /// What the disk says.
    pub async fn sweep_copies(&self, older: Duration) -> Result<u64> {
        let root = self.0.root.clone();
        if self.0.far { disk::blocking(move || disk::sweep_below(&root, older)).await } else { Ok(0) }
    }

    /// Bytes of the blob; `None` where there is none.
    ///
    /// # Errors
    /// [`Range`](ShelfError::Range) for what can be no key, and what the disk says.
    pub async fn size(&self, key: &str) -> Result<Option<u64>> {
        match self.0.store.head(&named(key)?).await.map_err(said) {
            Ok(found) => Ok(Some(found.size)),
            Err(ShelfError::Absent) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Takes a blob away; one that is gone is gone.
    ///
    /// # Errors
    /// What the disk says.
    pub async fn remove(&self, key: &str) -> Result<()> {
        self.0.remove(key).await
    }

    /// The keys below a folder such as `render`, that were kept longer ago than `older`: for finding what no row names.
    ///
    /// # Errors
    /// What the disk says.
    pub async fn list(&self, folder: &str, older: Duration) -> Result<Vec<String>> {
        let found = self.0.store.list_with_delimiter(Some(&named(folder)?)).await.map_err(said)?;
        let mut folders = found.common_prefixes;
        let mut objects = found.objects;
        while let Some(folder) = folders.pop() {
            let found = self.0.store.list_with_delimiter(Some(&folder)).await.map_err(said)?;
            folders.extend(found.common_prefixes);
            objects.extend(found.objects);
        }
        let since = crate::Moment::now().minus(older).0;
        let old = objects.into_iter().filter(|object| object.last_modified.timestamp_millis() <= since);
        Ok(old.map(|object| object.location.to_string()).collect())
    }

    /// Takes away what a killed server left half-written longer ago than `older`; how many files.
    ///
    /// # Errors
    /// What the disk says.
    pub async fn sweep_incoming(&self, older: Duration) -> Result<u64> {
        let folder = self.0.incoming.clone();
        disk::blocking(move || disk::sweep(&folder, older)).await
    }

    /// Takes away what a killed server left in [`scratch`](Self::scratch): what nobody has written to for longer than `older`; how
    /// many files and folders.
    ///
    /// # Errors
    /// What the disk says.
    pub async fn sweep_scratch(&self, older: Duration) -> Result<u64> {
        let folder = self.0.scratch.clone();
        disk::blocking(move || disk::sweep_whole(&folder, older)).await
    }

    /// A folder on the disk of the blobs, where work may make folders of its own.
    #[must_use]
    pub fn scratch(&self) -> &Path {
        &self.0.scratch
    }
}

/// The key as the store takes it.
fn named(key: &str) -> Result<path::Path> {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    let part = |part: &str| !part.is_empty() && !part.starts_with('.') && part.chars().all(letter);
    if key.len() > 200 || !key.split('/').all(part) {
        return Err(ShelfError::Range("key"));
    }
    path::Path::parse(key).map_err(|_| ShelfError::Range("key"))
}

/// What the store says, in our words.
fn said(error: object_store::Error) -> ShelfError {
    match &error {
        object_store::Error::NotFound { .. } => ShelfError::Absent,
        _ => {
            let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
            while let Some(cause) = source {
                if let Some(io) = cause.downcast_ref::<std::io::Error>()
                    && io.kind() == std::io::ErrorKind::StorageFull
                {
                    return ShelfError::Full;
                }
                source = cause.source();
            }
            ShelfError::Blob(error.to_string())
        }
    }
}
