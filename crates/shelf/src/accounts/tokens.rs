//! Tokens: 256 random bits, of which only the hash is kept.

use std::time::Duration;

use sqlx::AnyConnection;

use super::{Account, Accounts};
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;
use crate::secret;

impl Accounts<'_> {
    /// What a token opens, if anything.
    ///
    /// Any text may come. One statement looks for its hash, so that the unknown, the expired and the revoked take the same way.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn by_token(&self, token: &str, now: Moment) -> Result<Option<Account>> {
        let found = sqlx::query(
            "SELECT account.id, plan, email, available, frozen, created_ms FROM token JOIN account ON account.id = token.account
             WHERE hash = $1 AND expires_ms > $2 AND revoked_ms IS NULL",
        )
        .bind(secret::sha256(token))
        .bind(now.0)
        .fetch_optional(self.0.read())
        .await?;
        found.as_ref().map(Account::read).transpose()
    }

    /// Another token for the same account, and until when it opens.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) for an owner who has no account.
    pub async fn issue(&self, owner: &Owner, life: Duration, now: Moment) -> Result<(String, Moment)> {
        let account = self.find(owner).await?.owner.text();
        let (token, expires) = (secret::token("nmv_usr_")?, now.plus(life));
        let kept = token.clone();
        self.0
            .write(move |db| Box::pin(async move { keep(db, &kept, &account, now, expires).await }))
            .await?;
        Ok((token, expires))
    }

    /// Shuts one token out; an unknown one is shut out already.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn revoke(&self, token: &str, now: Moment) -> Result<()> {
        let hash = secret::sha256(token);
        let revoke = "UPDATE token SET revoked_ms = $1 WHERE hash = $2 AND revoked_ms IS NULL";
        self.0
            .write(move |db| {
                Box::pin(async move {
                    sqlx::query(revoke).bind(now.0).bind(hash).execute(db).await?;
                    Ok(())
                })
            })
            .await
    }

    /// Shuts all tokens of an account out; how many opened until now.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn revoke_all(&self, owner: &Owner, now: Moment) -> Result<u64> {
        let owner = owner.text();
        let revoke =
            "UPDATE token SET revoked_ms = $1 WHERE account = $2 AND revoked_ms IS NULL AND expires_ms > $1";
        self.0
            .write(move |db| {
                Box::pin(async move {
                    Ok(sqlx::query(revoke).bind(now.0).bind(owner).execute(db).await?.rows_affected())
                })
            })
            .await
    }

    /// Strikes out tokens, claims and invitations that ended before `older`, and which clients came before it; how many rows.
    ///
    /// A client that is forgotten may come again: `older` lies at least the [life](super::anonymous::Terms::life) of a token back.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn forget(&self, older: Moment) -> Result<u64> {
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let mut gone = 0;
                    for statement in [
                        "DELETE FROM token WHERE expires_ms < $1",
                        "DELETE FROM claim WHERE expires_ms < $1",
                        "DELETE FROM invite WHERE expires_ms < $1",
                        "DELETE FROM client WHERE made_ms < $1",
                    ] {
                        gone += sqlx::query(statement).bind(older.0).execute(&mut *db).await?.rows_affected();
                    }
                    Ok(gone)
                })
            })
            .await
    }
}

/// Keeps the hash of a new token.
pub(super) async fn keep(
    db: &mut AnyConnection,
    token: &str,
    account: &str,
    now: Moment,
    expires: Moment,
) -> Result<()> {
    if expires <= now {
        return Err(ShelfError::Range("life"));
    }
    sqlx::query("INSERT INTO token (hash, account, made_ms, expires_ms) VALUES ($1, $2, $3, $4)")
        .bind(secret::sha256(token))
        .bind(account)
        .bind(now.0)
        .bind(expires.0)
        .execute(db)
        .await?;
    Ok(())
}
