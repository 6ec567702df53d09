//! Hooks: where an account wants to be told what happened.

use sqlx::Row;

use crate::base::{Base, SHORT, met, moment, plain};
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;
use crate::secret;

/// A hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// `hook_` and 32 hexadecimal digits.
    pub id: String,
    /// Where notices go.
    pub url: String,
    /// What they are signed with: `whsec_` and 256 bits in base64, as Standard Webhooks has it.
    pub secret: String,
    /// When it was made.
    pub made: Moment,
}

/// The hooks of a [`Shelf`](crate::Shelf).
#[derive(Clone, Copy)]
pub struct Hooks<'a>(pub(crate) &'a Base);

impl Hooks<'_> {
    /// Makes a hook with a secret of its own. Whether the address may be called is for the doors to decide; at most 1024 bytes.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) for an owner who has no account; [`Text`](ShelfError::Text).
    pub async fn add(&self, owner: &Owner, url: &str, now: Moment) -> Result<Hook> {
        let hook = Hook {
            id: secret::name("hook_")?,
            url: plain(url, SHORT)?,
            secret: secret::signing()?,
            made: now,
        };
        let (own, owner) = (hook.clone(), owner.text());
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let added = sqlx::query(
                        "INSERT INTO hook (id, account, url, secret, made_ms)
                         SELECT $1, id, $3, $4, CAST($5 AS BIGINT) FROM account WHERE id = $2",
                    )
                    .bind(own.id)
                    .bind(owner)
                    .bind(own.url)
                    .bind(own.secret)
                    .bind(own.made.0)
                    .execute(db)
                    .await?;
                    met(&added, ShelfError::Absent)
                })
            })
            .await?;
        Ok(hook)
    }

    /// The owner's hooks, oldest first.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn list(&self, owner: &Owner) -> Result<Vec<Hook>> {
        let rows = sqlx::query(
            "SELECT id, url, secret, made_ms FROM hook WHERE account = $1 AND deleted_ms IS NULL ORDER BY made_ms, id",
        )
        .bind(owner.as_str())
        .fetch_all(self.0.read())
        .await?;
        rows.iter()
            .map(|row| {
                let (id, url, secret) = (row.try_get("id")?, row.try_get("url")?, row.try_get("secret")?);
                Ok(Hook { id, url, secret, made: moment(row, "made_ms")? })
            })
            .collect()
    }

    /// Takes a hook away; what was still to be sent to it is given up.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent).
    pub async fn remove(&self, owner: &Owner, id: &str, now: Moment) -> Result<()> {
        let (owner, id) = (owner.text(), id.to_owned());
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let gone = sqlx::query(
                        "UPDATE hook SET deleted_ms = $1 WHERE id = $2 AND account = $3 AND deleted_ms IS NULL",
                    )
                    .bind(now.0)
                    .bind(&id)
                    .bind(owner)
                    .execute(&mut *db)
                    .await?;
                    if gone.rows_affected() == 0 {
                        return Err(ShelfError::Absent);
                    }
                    sqlx::query(
                        "UPDATE delivery SET state = 'failed', error = 'the hook was removed', updated_ms = $1
                         WHERE hook = $2 AND state = 'waiting'",
                    )
                    .bind(now.0)
                    .bind(id)
                    .execute(db)
                    .await?;
                    Ok(())
                })
            })
            .await
    }
}
