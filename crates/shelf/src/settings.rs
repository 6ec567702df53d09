//! Where things are kept.

use std::fmt;
use std::path::{Path, PathBuf};

/// Where the database and the blobs are.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite:PATH` (made if it is not there) or `postgres://user@host/name` with sqlx's parameters.
    pub database: String,
    /// Where films, songs and exports are.
    pub blobs: Store,
    /// Connections that read (SQLite), or connections in all (PostgreSQL): 1 to 64.
    pub readers: u32,
}

/// Where blobs are.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Store {
    /// A folder of this machine, made if it is not there.
    Folder(PathBuf),
    /// What speaks S3.
    Bucket(Bucket),
}

impl Store {
    /// The folder of this machine that it uses.
    #[must_use]
    pub fn folder(&self) -> &Path {
        match self {
            Self::Folder(folder) => folder,
            Self::Bucket(bucket) => &bucket.folder,
        }
    }
}

/// A bucket of a store that speaks S3.
#[derive(Clone)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Where it is asked for, such as `https://s3.example.org`.
    pub endpoint: String,
    /// Whether the bucket is the first part of the path; else of the host's name.
    pub path_style: bool,
    /// What stands before every key, such as `undersong/films`; empty for nothing.
    pub prefix: String,
    /// Its region; `us-east-1` where the store knows none.
    pub region: String,
    /// Who asks.
    pub access_key: String,
    /// What requests are signed with; never printed.
    pub secret_key: String,
    /// A folder of this machine for what is on its way, and for copies of what was fetched.
    pub folder: PathBuf,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bucket")
            .field("name", &self.name)
            .field("endpoint", &self.endpoint)
            .field("path_style", &self.path_style)
            .field("prefix", &self.prefix)
            .field("region", &self.region)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// Everything in one folder: `undersong.db` and `blobs`.
    #[must_use]
    pub fn local(folder: &Path) -> Self {
        Self {
            database: format!("sqlite:{}", folder.join("undersong.db").display()),
            blobs: Store::Folder(folder.join("blobs")),
            readers: 4,
        }
    }
}
