//! Replies: what was answered to a request with an `Idempotency-Key`, for when it comes again.

use std::time::Duration;

use sqlx::{AnyConnection, Row};

use crate::base::{Base, LONG, SHORT, met, plain};
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;

/// What was before this request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing: do it, then [`answer`](Replies::answer).
    Fresh,
    /// The same request, with this answer.
    Answered {
        /// The status that was answered.
        status: u16,
        /// The body that was answered.
        body: String,
    },
}

/// The replies of a [`Shelf`](crate::Shelf).
#[derive(Clone, Copy)]
pub struct Replies<'a>(pub(crate) &'a Base);

impl Replies<'_> {
    /// Whether this request came before; if not, it is this caller's to do within `lease`.
    ///
    /// `body_sha256` is any text that tells bodies (and routes) apart. A key has at most 1024 bytes.
    ///
    /// # Errors
    /// [`OtherBody`](ShelfError::OtherBody) where the key came with another body; [`Busy`](ShelfError::Busy) while the same request is
    /// being done; [`Text`](ShelfError::Text).
    pub async fn begin(
        &self,
        owner: &Owner,
        key: &str,
        body_sha256: &str,
        lease: Duration,
        now: Moment,
    ) -> Result<Before> {
        let (owner, key, hash) = (owner.text(), plain(key, SHORT)?, plain(body_sha256, SHORT)?);
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let fresh = sqlx::query(
                        "INSERT INTO reply (account, key, body_hash, lease_ms, made_ms) VALUES ($1, $2, $3, $4, $5)
                         ON CONFLICT (account, key) DO NOTHING",
                    )
                    .bind(&owner)
                    .bind(&key)
                    .bind(&hash)
                    .bind(now.plus(lease).0)
                    .bind(now.0)
                    .execute(&mut *db)
                    .await?;
                    if fresh.rows_affected() > 0 {
                        return Ok(Before::Fresh);
                    }
                    known(db, &owner, &key, &hash, now.plus(lease), now).await
                })
            })
            .await
    }

    /// Keeps what was answered, for every time that the request comes again.
    ///
    /// # Errors
    /// [`Lost`](ShelfError::Lost) where it was answered, or struck out, before.
    pub async fn answer(&self, owner: &Owner, key: &str, status: u16, body: &str) -> Result<()> {
        let (owner, key, body) = (owner.text(), key.to_owned(), plain(body, LONG)?);
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let kept = sqlx::query(
                        "UPDATE reply SET status = $1, body = $2 WHERE account = $3 AND key = $4 AND status IS NULL",
                    )
                    .bind(i64::from(status))
                    .bind(body)
                    .bind(owner)
                    .bind(key)
                    .execute(db)
                    .await?;
                    met(&kept, ShelfError::Lost)
                })
            })
            .await
    }

    /// Frees a key whose request was refused before it had any effect.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn abandon(&self, owner: &Owner, key: &str) -> Result<()> {
        let (owner, key) = (owner.text(), key.to_owned());
        self.0
            .write(move |db| {
                Box::pin(async move {
                    sqlx::query("DELETE FROM reply WHERE account = $1 AND key = $2 AND status IS NULL")
                        .bind(owner)
                        .bind(key)
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    /// Strikes out what came before `older`; how many.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn forget(&self, older: Moment) -> Result<u64> {
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let gone =
                        sqlx::query("DELETE FROM reply WHERE made_ms < $1").bind(older.0).execute(db).await?;
                    Ok(gone.rows_affected())
                })
            })
            .await
    }
}

/// What is known of a key that came before.
async fn known(
    db: &mut AnyConnection,
    owner: &str,
    key: &str,
    hash: &str,
    lease: Moment,
    now: Moment,
) -> Result<Before> {
    let row = sqlx::query("SELECT body_hash, status, body FROM reply WHERE account = $1 AND key = $2")
        .bind(owner)
        .bind(key)
        .fetch_optional(&mut *db)
        .await?
        .ok_or(ShelfError::Busy)?;
    if row.try_get::<String, _>("body_hash")? != hash {
        return Err(ShelfError::OtherBody);
    }
    if let Some(status) = row.try_get::<Option<i64>, _>("status")? {
        let status = u16::try_from(status).map_err(|_| ShelfError::Range("status"))?;
        let body: Option<String> = row.try_get("body")?;
        return Ok(Before::Answered { status, body: body.unwrap_or_default() });
    }
    // Whoever did it died on the way.
    let taken = sqlx::query(
        "UPDATE reply SET lease_ms = $1 WHERE account = $2 AND key = $3 AND status IS NULL AND lease_ms < $4",
    )
    .bind(lease.0)
    .bind(owner)
    .bind(key)
    .bind(now.0)
    .execute(db)
    .await?;
    if taken.rows_affected() > 0 { Ok(Before::Fresh) } else { Err(ShelfError::Busy) }
}
