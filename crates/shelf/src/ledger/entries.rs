//! The lines of the ledger.

use sqlx::{AnyConnection, Row};

use super::Ledger;
use crate::base::moment;
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;

/// What a line of the ledger says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// Credits were given.
    Grant,
    /// Credits are held for work.
    Reserve,
    /// A hold was spent, all of it or a part.
    Charge,
    /// A hold was given back, for the work came to nothing.
    Refund,
    /// A hold was given back, for nobody resolved it in time.
    Expire,
}

impl EntryKind {
    /// Its name in the database and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Reserve => "reserve",
            Self::Charge => "charge",
            Self::Refund => "refund",
            Self::Expire => "expire",
        }
    }

    /// The kind of this name.
    fn named(name: &str) -> Result<Self> {
        [Self::Grant, Self::Reserve, Self::Charge, Self::Refund, Self::Expire]
            .into_iter()
            .find(|kind| kind.as_str() == name)
            .ok_or(ShelfError::Range("entry"))
    }
}

/// A line of the ledger; it is never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, for [`Ledger::entries`]; rises with time.
    pub number: i64,
    /// What it was for, such as `job:...`.
    pub reference: String,
    /// What happened.
    pub kind: EntryKind,
    /// By how much the available credits changed.
    pub available: i64,
    /// By how much the frozen credits changed.
    pub frozen: i64,
    /// When.
    pub made: Moment,
}

impl Ledger<'_> {
    /// The lines of an account, newest first: at most `most`, before the line numbered `before`.
    ///
    /// # Errors
    /// Only those of the database; an owner without an account has no lines.
    pub async fn entries(&self, owner: &Owner, most: u32, before: Option<i64>) -> Result<Vec<Entry>> {
        let rows = sqlx::query(
            "SELECT id, reference, kind, available, frozen, made_ms FROM entry WHERE account = $1 AND id < $2
             ORDER BY id DESC LIMIT $3",
        )
        .bind(owner.as_str())
        .bind(before.unwrap_or(i64::MAX))
        .bind(i64::from(most))
        .fetch_all(self.0.read())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Entry {
                    number: row.try_get("id")?,
                    reference: row.try_get("reference")?,
                    kind: EntryKind::named(row.try_get("kind")?)?,
                    available: row.try_get("available")?,
                    frozen: row.try_get("frozen")?,
                    made: moment(row, "made_ms")?,
                })
            })
            .collect()
    }
}

/// Adds a line; `false` where its reference has one of this kind, or a hold is resolved already.
pub(super) async fn add(
    db: &mut AnyConnection,
    owner: &str,
    reference: &str,
    kind: EntryKind,
    change: (i64, i64),
    now: Moment,
) -> Result<bool> {
    let added = sqlx::query(
        "INSERT INTO entry (account, reference, kind, available, frozen, made_ms)
         SELECT id, $2, $3, CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS BIGINT) FROM account WHERE id = $1
         ON CONFLICT DO NOTHING",
    )
    .bind(owner)
    .bind(reference)
    .bind(kind.as_str())
    .bind(change.0)
    .bind(change.1)
    .bind(now.0)
    .execute(&mut *db)
    .await?;
    if added.rows_affected() > 0 {
        return Ok(true);
    }
    let account = sqlx::query("SELECT id FROM account WHERE id = $1").bind(owner).fetch_optional(db).await?;
    account.map(|_| false).ok_or(ShelfError::Absent)
}
