//! Where things are kept.

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
