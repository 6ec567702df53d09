//! Changes of a session: its document by revision, its name, its end.

use sqlx::{AnyConnection, Row};

use super::Sessions;
use crate::base::{LONG, SHORT, met, plain};
use crate::error::{Result, ShelfError};
use crate::jobs;
use crate::ledger::{self, EntryKind};
use crate::moment::Moment;
use crate::owner::Owner;

impl Sessions<'_> {
    /// Saves a document over the revision that the caller has read, and answers with the new one.
    ///
    /// # Errors
    /// [`Stale`](ShelfError::Stale) where somebody saved in between; [`Absent`](ShelfError::Absent).
    pub async fn save(
        &self,
        owner: &Owner,
        id: &str,
        expected: i64,
        document: &str,
        now: Moment,
    ) -> Result<i64> {
        let (owner, id, document) = (owner.text(), id.to_owned(), plain(document, LONG)?);
        self.0
            .write(move |db| Box::pin(async move { save(db, &owner, &id, expected, &document, now).await }))
            .await
    }

    /// Gives a session another name: display text, at most 1024 bytes.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent); [`Text`](ShelfError::Text).
    pub async fn rename(&self, owner: &Owner, id: &str, name: &str, now: Moment) -> Result<()> {
        let (owner, id, name) = (owner.text(), id.to_owned(), plain(name, SHORT)?);
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let named = sqlx::query(
                        "UPDATE session SET name = $1, updated_ms = $2 WHERE id = $3 AND account = $4 AND deleted_ms IS NULL",
                    )
                    .bind(name)
                    .bind(now.0)
                    .bind(id)
                    .bind(owner)
                    .execute(db)
                    .await?;
                    met(&named, ShelfError::Absent)
                })
            })
            .await
    }

    /// Ends a session: from now on nobody finds it, nor its files; its jobs are called off, and a run that goes on in it is lost.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent).
    pub async fn delete(&self, owner: &Owner, id: &str, now: Moment) -> Result<()> {
        let (owner, id) = (owner.text(), id.to_owned());
        self.0.write(move |db| Box::pin(async move { delete(db, &owner, &id, now).await })).await
    }
}

/// [`Sessions::save`] inside a transaction.
pub(crate) async fn save(
    db: &mut AnyConnection,
    owner: &str,
    id: &str,
    expected: i64,
    document: &str,
    now: Moment,
) -> Result<i64> {
    let saved = sqlx::query(
        "UPDATE session SET document = $1, revision = revision + 1, updated_ms = $2
         WHERE id = $3 AND account = $4 AND revision = $5 AND deleted_ms IS NULL",
    )
    .bind(document)
    .bind(now.0)
    .bind(id)
    .bind(owner)
    .bind(expected)
    .execute(&mut *db)
    .await?;
    if saved.rows_affected() > 0 {
        return Ok(expected + 1);
    }
    let stands =
        sqlx::query("SELECT revision FROM session WHERE id = $1 AND account = $2 AND deleted_ms IS NULL")
            .bind(id)
            .bind(owner)
            .fetch_optional(db)
            .await?;
    match stands {
        Some(row) => Err(ShelfError::Stale { revision: row.try_get("revision")? }),
        None => Err(ShelfError::Absent),
    }
}

/// Marks the session and its files as gone, calls off its jobs, and gives up its run.
///
/// Jobs, run, session, account: everybody who locks more than one row does it in this order, so that nobody waits in a circle.
async fn delete(db: &mut AnyConnection, owner: &str, id: &str, now: Moment) -> Result<()> {
    let holds = jobs::cancel_all(db, owner, id, now).await?;
    let lost = sqlx::query(
        "UPDATE run SET state = 'lost', ended_ms = $1 WHERE session = $2 AND account = $3 AND state = 'running'
         RETURNING id",
    )
    .bind(now.0)
    .bind(id)
    .bind(owner)
    .fetch_all(&mut *db)
    .await?;
    sqlx::query("UPDATE file SET deleted_ms = $1 WHERE session = $2 AND account = $3 AND deleted_ms IS NULL")
        .bind(now.0)
        .bind(id)
        .bind(owner)
        .execute(&mut *db)
        .await?;
    let gone = sqlx::query(
        "UPDATE session SET deleted_ms = $1 WHERE id = $2 AND account = $3 AND deleted_ms IS NULL",
    )
    .bind(now.0)
    .bind(id)
    .bind(owner)
    .execute(&mut *db)
    .await?;
    if gone.rows_affected() == 0 {
        return Err(ShelfError::Absent);
    }
    for hold in holds {
        ledger::resolve(db, owner, &hold, EntryKind::Refund, 0, now).await?;
    }
    for run in lost {
        ledger::give_back(db, owner, run.try_get("id")?, now).await?;
    }
    Ok(())
}
