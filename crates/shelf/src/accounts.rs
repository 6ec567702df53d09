//! Who may come in: accounts, and the tokens that open them.

pub(crate) mod anonymous;
pub(crate) mod claims;
mod invites;
mod register;
mod tokens;

use std::str::FromStr;

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::base::{Base, met, moment};
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Came without a name; lives by its tokens.
    Anonymous,
    /// Registered.
    Free,
    /// Registered, and trusted with everything.
    Pro,
}

impl Plan {
    /// Its name in the database and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Free => "free",
            Self::Pro => "pro",
        }
    }
}

impl FromStr for Plan {
    type Err = ShelfError;

    fn from_str(name: &str) -> Result<Self> {
        [Self::Anonymous, Self::Free, Self::Pro]
            .into_iter()
            .find(|plan| plan.as_str() == name)
            .ok_or(ShelfError::Range("plan"))
    }
}

/// An account as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Whose it is, and by that what it is called.
    pub owner: Owner,
    /// What it may do.
    pub plan: Plan,
    /// Where it is registered; small letters.
    pub email: Option<String>,
    /// Credits that can be spent; 0 or more.
    pub available: i64,
    /// Credits held by running work; 0 or more.
    pub frozen: i64,
    /// When it was made.
    pub created: Moment,
}

impl Account {
    /// From a row of its columns.
    fn read(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            owner: Owner::kept(row.try_get("id")?),
            plan: row.try_get::<String, _>("plan")?.parse()?,
            email: row.try_get("email")?,
            available: row.try_get("available")?,
            frozen: row.try_get("frozen")?,
            created: moment(row, "created_ms")?,
        })
    }
}

/// The accounts of a [`Shelf`](crate::Shelf).
#[derive(Clone, Copy)]
pub struct Accounts<'a>(pub(crate) &'a Base);

impl Accounts<'_> {
    /// The account as it stands now.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) for an owner who has none.
    pub async fn find(&self, owner: &Owner) -> Result<Account> {
        let found =
            sqlx::query("SELECT id, plan, email, available, frozen, created_ms FROM account WHERE id = $1")
                .bind(owner.as_str())
                .fetch_optional(self.0.read())
                .await?;
        found.as_ref().map(Account::read).transpose()?.ok_or(ShelfError::Absent)
    }

    /// The account that is registered with this e-mail address.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent).
    pub async fn named(&self, email: &str) -> Result<Account> {
        let found = sqlx::query(
            "SELECT id, plan, email, available, frozen, created_ms FROM account WHERE email = $1",
        )
        .bind(email.trim().to_lowercase())
        .fetch_optional(self.0.read())
        .await?;
        found.as_ref().map(Account::read).transpose()?.ok_or(ShelfError::Absent)
    }

    /// All accounts, newest first: at most `most`, made before the one that is `before`. For who runs the server.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn list(&self, most: u32, before: Option<&Owner>) -> Result<Vec<Account>> {
        let rows = sqlx::query(
            "SELECT id, plan, email, available, frozen, created_ms FROM account
             WHERE $1 = '' OR (created_ms, id) < (SELECT last.created_ms, last.id FROM account last WHERE last.id = $1)
             ORDER BY created_ms DESC, id DESC LIMIT $2",
        )
        .bind(before.map(Owner::as_str).unwrap_or_default())
        .bind(i64::from(most))
        .fetch_all(self.0.read())
        .await?;
        rows.iter().map(Account::read).collect()
    }

    /// Gives the account another plan.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) for an owner who has no account.
    pub async fn set_plan(&self, owner: &Owner, plan: Plan) -> Result<()> {
        let owner = owner.text();
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let set = sqlx::query("UPDATE account SET plan = $1 WHERE id = $2")
                        .bind(plan.as_str())
                        .bind(owner)
                        .execute(db)
                        .await?;
                    met(&set, ShelfError::Absent)
                })
            })
            .await
    }
}
