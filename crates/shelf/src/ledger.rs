//! Credits: a ledger that is only ever added to, and the balances that follow from it.
//!
//! Work that costs first holds its price (`reserve`); the hold is charged, given back or expires, one of them and once, which an index
//! of the database guards. A balance never goes below zero.

mod audit;
mod entries;

use sqlx::{AnyConnection, Row};

pub use entries::{Entry, EntryKind};

use crate::base::{Base, SHORT, plain};
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;

/// Credits in one movement at most, so that no sum can overflow.
const MOST: i64 = 1_000_000_000_000;

/// What an account has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Credits that can be spent; 0 or more.
    pub available: i64,
    /// Credits held by running work; 0 or more.
    pub frozen: i64,
}

impl Balance {
    /// Available and frozen credits together.
    #[must_use]
    pub fn total(self) -> i64 {
        self.available + self.frozen
    }
}

/// The ledger of a [`Shelf`](crate::Shelf).
#[derive(Clone, Copy)]
pub struct Ledger<'a>(pub(crate) &'a Base);

impl Ledger<'_> {
    /// What the account has now.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) for an owner who has no account.
    pub async fn balance(&self, owner: &Owner) -> Result<Balance> {
        let row = sqlx::query("SELECT available, frozen FROM account WHERE id = $1")
            .bind(owner.as_str())
            .fetch_optional(self.0.read())
            .await?
            .ok_or(ShelfError::Absent)?;
        Ok(Balance { available: row.try_get("available")?, frozen: row.try_get("frozen")? })
    }

    /// Gives credits, 0 to 10^12; `false` where this reference gave some before, and nothing is given again.
    ///
    /// # Errors
    /// [`Range`](ShelfError::Range) for another amount; [`Absent`](ShelfError::Absent) for an owner who has no account.
    pub async fn grant(&self, owner: &Owner, reference: &str, amount: i64, now: Moment) -> Result<bool> {
        let (owner, reference) = (owner.text(), plain(reference, SHORT)?);
        self.0
            .write(move |db| Box::pin(async move { grant(db, &owner, &reference, amount, now).await }))
            .await
    }

    /// Holds credits, 0 to 10^12; with a reference that holds some for this owner already, nothing more happens.
    ///
    /// # Errors
    /// [`NoCredits`](ShelfError::NoCredits) where fewer are available; [`Absent`](ShelfError::Absent) for an owner who has no account;
    /// [`OtherBody`](ShelfError::OtherBody) where the reference held another amount, or for somebody else.
    pub async fn reserve(&self, owner: &Owner, reference: &str, amount: i64, now: Moment) -> Result<()> {
        let (owner, reference) = (owner.text(), plain(reference, SHORT)?);
        self.0
            .write(move |db| Box::pin(async move { reserve(db, &owner, &reference, amount, now).await }))
            .await
    }

    /// Spends 0 to all of a hold; the rest is available again. `false` where the hold was resolved before.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) where this owner has no such hold; [`Range`](ShelfError::Range) for more than it holds.
    pub async fn charge(&self, owner: &Owner, reference: &str, amount: i64, now: Moment) -> Result<bool> {
        let (owner, reference) = (owner.text(), reference.to_owned());
        self.0
            .write(move |db| {
                Box::pin(async move { resolve(db, &owner, &reference, EntryKind::Charge, amount, now).await })
            })
            .await
    }

    /// Gives a hold back. `false` where it was resolved before.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) where this owner has no such hold.
    pub async fn refund(&self, owner: &Owner, reference: &str, now: Moment) -> Result<bool> {
        let (owner, reference) = (owner.text(), reference.to_owned());
        self.0
            .write(move |db| {
                Box::pin(async move { resolve(db, &owner, &reference, EntryKind::Refund, 0, now).await })
            })
            .await
    }

    /// Gives back the holds that are older than `older` and that no live job owns; how many.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn expire(&self, older: Moment, now: Moment) -> Result<u64> {
        let open = sqlx::query(
            "SELECT account, reference FROM entry hold WHERE kind = 'reserve' AND made_ms < $1
             AND NOT EXISTS (SELECT 1 FROM entry done WHERE done.reference = hold.reference
                             AND done.kind IN ('charge', 'refund', 'expire'))
             AND NOT (hold.reference LIKE 'job:%' AND EXISTS (SELECT 1 FROM job WHERE job.id = substr(hold.reference, 5)
                      AND job.state IN ('waiting', 'running')))",
        )
        .bind(older.0)
        .fetch_all(self.0.read())
        .await?;
        let mut expired = 0;
        for row in open {
            let (owner, reference): (String, String) = (row.try_get("account")?, row.try_get("reference")?);
            let resolved = self.0.write(move |db| {
                Box::pin(async move { resolve(db, &owner, &reference, EntryKind::Expire, 0, now).await })
            });
            expired += u64::from(resolved.await?);
        }
        Ok(expired)
    }
}

/// An amount that a movement may have.
fn within(amount: i64) -> Result<i64> {
    if (0..=MOST).contains(&amount) { Ok(amount) } else { Err(ShelfError::Range("credits")) }
}

/// [`Ledger::grant`] inside a transaction.
pub(crate) async fn grant(
    db: &mut AnyConnection,
    owner: &str,
    reference: &str,
    amount: i64,
    now: Moment,
) -> Result<bool> {
    if !entries::add(db, owner, reference, EntryKind::Grant, (within(amount)?, 0), now).await? {
        return Ok(false);
    }
    balance_by(db, owner, amount, 0).await?.then_some(true).ok_or(ShelfError::Absent)
}

/// [`Ledger::reserve`] inside a transaction.
pub(crate) async fn reserve(
    db: &mut AnyConnection,
    owner: &str,
    reference: &str,
    amount: i64,
    now: Moment,
) -> Result<()> {
    let amount = within(amount)?;
    if !entries::add(db, owner, reference, EntryKind::Reserve, (-amount, amount), now).await? {
        let held = held(db, owner, reference).await?;
        return if held == Some(amount) { Ok(()) } else { Err(ShelfError::OtherBody) };
    }
    if balance_by(db, owner, -amount, amount).await? {
        return Ok(());
    }
    let row =
        sqlx::query("SELECT available FROM account WHERE id = $1").bind(owner).fetch_optional(db).await?;
    let row = row.ok_or(ShelfError::Absent)?;
    Err(ShelfError::NoCredits { available: row.try_get("available")? })
}

/// Charges, refunds or lets expire inside a transaction; `false` where the hold was resolved before.
pub(crate) async fn resolve(
    db: &mut AnyConnection,
    owner: &str,
    reference: &str,
    kind: EntryKind,
    charge: i64,
    now: Moment,
) -> Result<bool> {
    let held = held(db, owner, reference).await?.ok_or(ShelfError::Absent)?;
    if !(0..=held).contains(&charge) {
        return Err(ShelfError::Range("charge"));
    }
    let change = (held - charge, -held);
    if !entries::add(db, owner, reference, kind, change, now).await? {
        return Ok(false);
    }
    if balance_by(db, owner, change.0, change.1).await? {
        Ok(true)
    } else {
        Err(ShelfError::Database("a hold that its account does not have".to_owned()))
    }
}

/// Gives back what this reference still holds for this owner, if anything.
pub(crate) async fn give_back(
    db: &mut AnyConnection,
    owner: &str,
    reference: &str,
    now: Moment,
) -> Result<()> {
    match resolve(db, owner, reference, EntryKind::Refund, 0, now).await {
        Ok(_) | Err(ShelfError::Absent) => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// What this reference holds, or held, for this owner.
async fn held(db: &mut AnyConnection, owner: &str, reference: &str) -> Result<Option<i64>> {
    let hold =
        sqlx::query("SELECT frozen FROM entry WHERE reference = $1 AND account = $2 AND kind = 'reserve'")
            .bind(reference)
            .bind(owner)
            .fetch_optional(db)
            .await?;
    Ok(hold.map(|row| row.try_get("frozen")).transpose()?)
}

/// Changes the balance; `false`, and no change, where it would go below zero or there is no such account.
async fn balance_by(db: &mut AnyConnection, owner: &str, available: i64, frozen: i64) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE account SET available = available + $1, frozen = frozen + $2
         WHERE id = $3 AND available + $1 >= 0 AND frozen + $2 >= 0",
    )
    .bind(available)
    .bind(frozen)
    .bind(owner)
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}
