//! A copy of the database while it is in use.

use std::path::Path;

use sqlx::Row;

use super::{Base, Dialect};
use crate::error::{Result, ShelfError};

impl Base {
    /// A copy as of one moment, flushed, that opens like the original.
    pub(crate) async fn backup(&self, to: &Path) -> Result<()> {
        if self.dialect == Dialect::Postgres {
            return Err(ShelfError::Settings("PostgreSQL is copied by pg_dump".to_owned()));
        }
        let to = std::path::absolute(to)?;
        if to.try_exists()? {
            return Err(ShelfError::Taken);
        }
        let path = to.to_str().ok_or(ShelfError::Text)?.to_owned();
        let mut reader = self.pool.acquire().await?;
        // A reader that may write elsewhere is no reader any more.
        reader.close_on_drop();
        sqlx::query("PRAGMA query_only = OFF").execute(&mut *reader).await?;
        sqlx::query("VACUUM INTO $1").bind(path).execute(&mut *reader).await?;
        let flush = move || {
            std::fs::File::open(&to)?.sync_all()?;
            to.parent().map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
        };
        Ok(tokio::task::spawn_blocking(flush).await.map_err(|_| ShelfError::Closed)??)
    }

    /// That the database holds together, as SQLite sees it.
    pub(crate) async fn check(&self) -> Result<()> {
        let told = sqlx::query("PRAGMA integrity_check").fetch_one(&self.pool).await?;
        match told.try_get::<String, _>(0)?.as_str() {
            "ok" => Ok(()),
            wrong => Err(ShelfError::Damaged(format!("the database ({wrong})"))),
        }
    }

    /// Every blob that a file names which is not deleted, and its hash.
    pub(crate) async fn file_blobs(&self) -> Result<Vec<(String, String)>> {
        let rows = sqlx::query("SELECT blob, sha256 FROM file WHERE deleted_ms IS NULL")
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(|row| Ok((row.try_get("blob")?, row.try_get("sha256")?))).collect()
    }

    /// What came of every job that is done.
    pub(crate) async fn results(&self) -> Result<Vec<String>> {
        let rows = sqlx::query("SELECT result FROM job WHERE state = 'done' AND result IS NOT NULL");
        rows.fetch_all(&self.pool).await?.iter().map(|row| Ok(row.try_get("result")?)).collect()
    }
}
