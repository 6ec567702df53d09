//! Changes of files: what is known of them, and their end.

use sqlx::Row;

use super::Files;
use crate::base::{LONG, met, plain};
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;

impl Files<'_> {
    /// Writes down anew what a file is like: JSON text.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent).
    pub async fn describe(&self, owner: &Owner, session: &str, id: &str, about: &str) -> Result<()> {
        let (owner, session, id, about) =
            (owner.text(), session.to_owned(), id.to_owned(), plain(about, LONG)?);
        self.base
            .write(move |db| {
                Box::pin(async move {
                    let told = sqlx::query(
                        "UPDATE file SET about = $1 WHERE id = $2 AND session = $3 AND account = $4 AND deleted_ms IS NULL",
                    )
                    .bind(about)
                    .bind(id)
                    .bind(session)
                    .bind(owner)
                    .execute(db)
                    .await?;
                    met(&told, ShelfError::Absent)
                })
            })
            .await
    }

    /// Ends a file: from now on nobody finds it. Its blob is [`gone`](Self::gone) later.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent).
    pub async fn delete(&self, owner: &Owner, session: &str, id: &str, now: Moment) -> Result<()> {
        let (owner, session, id) = (owner.text(), session.to_owned(), id.to_owned());
        self.base
            .write(move |db| {
                Box::pin(async move {
                    let ended = sqlx::query(
                        "UPDATE file SET deleted_ms = $1 WHERE id = $2 AND session = $3 AND account = $4 AND deleted_ms IS NULL",
                    )
                    .bind(now.0)
                    .bind(id)
                    .bind(session)
                    .bind(owner)
                    .execute(db)
                    .await?;
                    met(&ended, ShelfError::Absent)
                })
            })
            .await
    }

    /// Bytes of all files that the owner has.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn bytes_of(&self, owner: &Owner) -> Result<u64> {
        let row = sqlx::query(
            "SELECT CAST(coalesce(sum(bytes), 0) AS BIGINT) AS bytes FROM file WHERE account = $1 AND deleted_ms IS NULL",
        )
        .bind(owner.as_str())
        .fetch_one(self.base.read())
        .await?;
        Ok(row.try_get::<i64, _>("bytes")?.unsigned_abs())
    }

    /// Whether a file that is not deleted names this blob.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn names(&self, blob: &str) -> Result<bool> {
        let found = sqlx::query("SELECT id FROM file WHERE blob = $1 AND deleted_ms IS NULL LIMIT 1")
            .bind(blob)
            .fetch_optional(self.base.read())
            .await?;
        Ok(found.is_some())
    }

    /// Blobs that only deleted files name, at most `most`: remove the blob, then [`forget`](Self::forget) it.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn gone(&self, most: u32) -> Result<Vec<String>> {
        let rows = sqlx::query(
            "SELECT DISTINCT blob FROM file WHERE deleted_ms IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM file live WHERE live.blob = file.blob AND live.deleted_ms IS NULL)
             LIMIT $1",
        )
        .bind(i64::from(most))
        .fetch_all(self.base.read())
        .await?;
        rows.iter().map(|row| Ok(row.try_get("blob")?)).collect()
    }

    /// Strikes out the deleted files that named a blob.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn forget(&self, blob: &str) -> Result<()> {
        let blob = blob.to_owned();
        self.base
            .write(move |db| {
                Box::pin(async move {
                    sqlx::query("DELETE FROM file WHERE blob = $1 AND deleted_ms IS NOT NULL")
                        .bind(blob)
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }
}
