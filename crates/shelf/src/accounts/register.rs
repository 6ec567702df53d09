//! Accounts with a name: an e-mail address and a password.

use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use sqlx::Row;

use super::anonymous::Welcome;
use super::{Account, Accounts, Plan};
use crate::base::plain;
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;

/// Letters of an e-mail address (RFC 5321, 4.5.3.1.3) and of a password, in bytes.
const ADDRESS: usize = 254;
const PASSWORD: usize = 1024;
/// A hash that no password has, of the same cost as a real one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

impl Accounts<'_> {
    /// Gives an anonymous account a name; what it has stays with it.
    ///
    /// The address is kept in small letters; at most 254 bytes with an `@` between other letters. The password, 1 to 1024 bytes, is
    /// kept as argon2id with the parameters that OWASP names.
    ///
    /// # Errors
    /// [`Taken`](ShelfError::Taken) where the address or the account is registered; [`Text`](ShelfError::Text) for no address;
    /// [`Absent`](ShelfError::Absent) for an owner who has no account.
    pub async fn register(&self, owner: &Owner, email: &str, password: &str) -> Result<Account> {
        let (email, hash) = (address(email)?, hashed(password).await?);
        let account = self.find(owner).await?;
        if account.email.is_some() {
            return Err(ShelfError::Taken);
        }
        let plan = if account.plan == Plan::Anonymous { Plan::Free } else { account.plan };
        let id = owner.text();
        let named = self
            .0
            .write(move |db| {
                Box::pin(async move {
                    let named = sqlx::query(
                        "UPDATE account SET email = $1, password = $2, plan = $3 WHERE id = $4 AND email IS NULL
                         AND NOT EXISTS (SELECT 1 FROM account other WHERE other.email = $1)",
                    )
                    .bind(email)
                    .bind(hash)
                    .bind(plan.as_str())
                    .bind(id)
                    .execute(db)
                    .await?;
                    Ok(named.rows_affected() > 0)
                })
            })
            .await;
        match named {
            Ok(true) => self.find(owner).await,
            // Two that register the same address at once meet in the index, on PostgreSQL; that is Taken, too.
            Ok(false) => Err(ShelfError::Taken),
            Err(error) => Err(error),
        }
    }

    /// A new token for who knows the password; `None` for everybody else, after the same time.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        life: Duration,
        now: Moment,
    ) -> Result<Option<Welcome>> {
        let found = match address(email) {
            Ok(email) => {
                sqlx::query("SELECT id, password FROM account WHERE email = $1")
                    .bind(email)
                    .fetch_optional(self.0.read())
                    .await?
            }
            Err(_) => None,
        };
        let (id, hash) = match &found {
            Some(row) => (row.try_get("id")?, row.try_get("password")?),
            None => (String::new(), NOBODY.to_owned()),
        };
        if !fits(password, hash).await? {
            return Ok(None);
        }
        let owner = Owner::kept(id);
        let (token, expires) = self.issue(&owner, life, now).await?;
        Ok(Some(Welcome { token, account: self.find(&owner).await?, expires }))
    }
}

/// An e-mail address as it is kept.
pub(super) fn address(email: &str) -> Result<String> {
    let email = plain(email.trim(), ADDRESS)?.to_lowercase();
    let whole =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control());
    match email.rsplit_once('@') {
        Some((who, place)) if whole(who) && whole(place) => Ok(email),
        _ => Err(ShelfError::Text),
    }
}

/// The hash of a password, made where it holds nobody up.
pub(super) async fn hashed(password: &str) -> Result<String> {
    if password.is_empty() {
        return Err(ShelfError::Text);
    }
    let password = plain(password, PASSWORD)?;
    let hashing = tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
    });
    hashing.await.map_err(|_| ShelfError::Closed)?.map_err(|error| ShelfError::Chance(error.to_string()))
}

/// Whether the password has this hash.
async fn fits(password: &str, hash: String) -> Result<bool> {
    let password = password.get(..PASSWORD).unwrap_or(password).to_owned();
    let trying = tokio::task::spawn_blocking(move || {
        let hash = PasswordHash::new(&hash).ok()?;
        Argon2::default().verify_password(password.as_bytes(), &hash).ok()
    });
    Ok(trying.await.map_err(|_| ShelfError::Closed)?.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How hard a hash is to try: its algorithm, version and costs, and how long salt and hash are.
    fn cost(hash: &str) -> (Vec<&str>, Vec<usize>) {
        let parts: Vec<&str> = hash.split('$').collect();
        (parts[..4].to_vec(), parts[4..].iter().map(|part| part.len()).collect())
    }

    #[tokio::test]
    async fn unknown_address_is_tried_as_hard_as_a_known_one() {
        let real = hashed("correct horse").await.unwrap();
        assert_eq!(cost(NOBODY), cost(&real));
        // All of the work is done before either is refused: not one of them is refused for its form.
        let refused = |hash: &str| {
            let hash = PasswordHash::new(hash).unwrap();
            Argon2::default().verify_password(b"wrong horse", &hash).unwrap_err().to_string()
        };
        assert_eq!(refused(NOBODY), refused(&real));
        assert!(fits("correct horse", real).await.unwrap());
    }
}
