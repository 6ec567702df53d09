//! Invitations: a link that the operator hands to one person, with which an account gets its name and a password, once.

use std::time::Duration;

use sqlx::{AnyConnection, Row};

use super::register::{address, hashed};
use super::{Account, Accounts};
use crate::base::met;
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;
use crate::secret;

impl Accounts<'_> {
    /// An invitation for an account: `inv_` and 43 letters of base64url, of which only the hash is kept. Those of before end.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) for an owner who has no account.
    pub async fn invite(&self, owner: &Owner, life: Duration, now: Moment) -> Result<String> {
        let account = self.find(owner).await?.owner.text();
        let token = secret::token("inv_")?;
        let (hash, expires) = (secret::sha256(&token), now.plus(life));
        self.0
            .write(move |db| {
                Box::pin(async move {
                    sqlx::query("DELETE FROM invite WHERE account = $1")
                        .bind(&account)
                        .execute(&mut *db)
                        .await?;
                    sqlx::query(
                        "INSERT INTO invite (hash, account, made_ms, expires_ms) VALUES ($1, $2, $3, $4)",
                    )
                    .bind(hash)
                    .bind(account)
                    .bind(now.0)
                    .bind(expires.0)
                    .execute(db)
                    .await?;
                    Ok(())
                })
            })
            .await?;
        Ok(token)
    }

    /// For whom an invitation is, if it can still be accepted.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn invited(&self, token: &str, now: Moment) -> Result<Option<Account>> {
        let found = sqlx::query(
            "SELECT account.id, plan, email, available, frozen, created_ms FROM invite
             JOIN account ON account.id = invite.account
             WHERE hash = $1 AND expires_ms > $2 AND used_ms IS NULL",
        )
        .bind(secret::sha256(token))
        .bind(now.0)
        .fetch_optional(self.0.read())
        .await?;
        found.as_ref().map(Account::read).transpose()
    }

    /// Accepts an invitation: the account has this name and password from now on. What it has stays with it; where it had a name
    /// before, its tokens end, for whoever lost a password may have lost more.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) for an invitation that is none, or none any more; [`Taken`](ShelfError::Taken) where another
    /// account has the address, and the invitation stays; [`Text`](ShelfError::Text) for no address.
    pub async fn accept(&self, token: &str, email: &str, password: &str, now: Moment) -> Result<Account> {
        // Looked for before the hash is made, which costs more than a guess should.
        self.invited(token, now).await?.ok_or(ShelfError::Absent)?;
        let (email, password) = (address(email)?, hashed(password).await?);
        let hash = secret::sha256(token);
        let account = self
            .0
            .write(move |db| Box::pin(async move { take(db, &hash, &email, &password, now).await }))
            .await?;
        self.find(&Owner::kept(account)).await
    }
}

/// Uses up an invitation and names its account; all or nothing.
async fn take(
    db: &mut AnyConnection,
    hash: &str,
    email: &str,
    password: &str,
    now: Moment,
) -> Result<String> {
    let used = sqlx::query(
        "UPDATE invite SET used_ms = $1 WHERE hash = $2 AND used_ms IS NULL AND expires_ms > $1 RETURNING account",
    )
    .bind(now.0)
    .bind(hash)
    .fetch_optional(&mut *db)
    .await?;
    let account: String = used.ok_or(ShelfError::Absent)?.try_get("account")?;
    let before =
        sqlx::query("SELECT email FROM account WHERE id = $1").bind(&account).fetch_one(&mut *db).await?;
    let named = sqlx::query(
        "UPDATE account SET email = $1, password = $2, plan = CASE WHEN plan = 'anonymous' THEN 'free' ELSE plan END
         WHERE id = $3 AND NOT EXISTS (SELECT 1 FROM account other WHERE other.email = $1 AND other.id <> $3)",
    )
    .bind(email)
    .bind(password)
    .bind(&account)
    .execute(&mut *db)
    .await?;
    met(&named, ShelfError::Taken)?;
    if before.try_get::<Option<String>, _>("email")?.is_some() {
        sqlx::query("UPDATE token SET revoked_ms = $1 WHERE account = $2 AND revoked_ms IS NULL")
            .bind(now.0)
            .bind(&account)
            .execute(db)
            .await?;
    }
    Ok(account)
}
