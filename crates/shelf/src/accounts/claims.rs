//! Claims: a token that opens one session in the web page, and nothing else.

use std::time::Duration;

use sqlx::Row;

use super::Accounts;
use crate::base::met;
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;
use crate::secret;

/// What a claim opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Whose session it is.
    pub owner: Owner,
    /// The session, 19 digits.
    pub session: String,
    /// Its task.
    pub task: String,
}

impl Accounts<'_> {
    /// A token for one session of this owner: `clm_` and 43 letters of base64url. Only its hash is kept.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) where the owner has no such session.
    pub async fn claim_token(
        &self,
        owner: &Owner,
        session: &str,
        life: Duration,
        now: Moment,
    ) -> Result<String> {
        let token = secret::token("clm_")?;
        let (hash, owner, session) = (secret::sha256(&token), owner.text(), session.to_owned());
        let expires = now.plus(life);
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let kept = sqlx::query(
                        "INSERT INTO claim (hash, account, session, made_ms, expires_ms)
                         SELECT $1, account, id, CAST($4 AS BIGINT), CAST($5 AS BIGINT) FROM session
                         WHERE id = $2 AND account = $3 AND deleted_ms IS NULL",
                    )
                    .bind(hash)
                    .bind(session)
                    .bind(owner)
                    .bind(now.0)
                    .bind(expires.0)
                    .execute(db)
                    .await?;
                    met(&kept, ShelfError::Absent)
                })
            })
            .await?;
        Ok(token)
    }

    /// What a claim opens, if anything.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn by_claim(&self, token: &str, now: Moment) -> Result<Option<Claimed>> {
        let found = sqlx::query(
            "SELECT session.account, session.id, session.task FROM claim JOIN session ON session.id = claim.session
             WHERE hash = $1 AND expires_ms > $2 AND deleted_ms IS NULL",
        )
        .bind(secret::sha256(token))
        .bind(now.0)
        .fetch_optional(self.0.read())
        .await?;
        let Some(row) = found else { return Ok(None) };
        let (owner, session, task) = (row.try_get("account")?, row.try_get("id")?, row.try_get("task")?);
        Ok(Some(Claimed { owner: Owner::kept(owner), session, task }))
    }
}
