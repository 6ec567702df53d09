//! Asks for work, once for each key.

use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::{COLUMNS, Job, Jobs, hold};
use crate::base::{LONG, SHORT, plain};
use crate::error::{Result, ShelfError};
use crate::ledger;
use crate::moment::Moment;
use crate::owner::Owner;
use crate::secret;

/// Work that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The session that it belongs to.
    pub session: &'a str,
    /// What kind of work it is, such as `render`; at most 1024 bytes.
    pub kind: &'a str,
    /// By what the owner calls it: the same key with the same body is the same job. At most 1024 bytes.
    pub key: &'a str,
    /// What is to be done: JSON text.
    pub body: &'a str,
    /// Credits to hold for it, 0 to 10^12.
    pub price: i64,
    /// Of one lane one job runs at a time, the others wait; `None` runs beside everything.
    pub lane: Option<&'a str>,
}

/// What became of the asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It waits for a worker.
    New(Job),
    /// It was asked for before, and stands like this.
    Same(Job),
}

impl Asked {
    /// The job, new or not.
    #[must_use]
    pub fn job(&self) -> &Job {
        match self {
            Self::New(job) | Self::Same(job) => job,
        }
    }
}

impl Jobs<'_> {
    /// Asks for work, and holds its price.
    ///
    /// # Errors
    /// [`OtherBody`](ShelfError::OtherBody) where the key came with another session, kind or body; [`NoCredits`](ShelfError::NoCredits);
    /// [`Absent`](ShelfError::Absent) where the owner has no such session; [`Text`](ShelfError::Text).
    pub async fn ask(&self, owner: &Owner, ask: Ask<'_>, now: Moment) -> Result<Asked> {
        let own = Owned {
            id: secret::name("job_")?,
            account: owner.text(),
            session: ask.session.to_owned(),
            kind: plain(ask.kind, SHORT)?,
            key: plain(ask.key, SHORT)?,
            // Lengths first, so that no two askings run together into one text.
            hash: secret::sha256(&format!(
                "{} {} {}{}{}",
                ask.session.len(),
                ask.kind.len(),
                ask.session,
                ask.kind,
                ask.body
            )),
            body: plain(ask.body, LONG)?,
            price: ask.price,
            lane: ask.lane.map(|lane| plain(lane, SHORT)).transpose()?,
        };
        let asked = self.0.write(move |db| Box::pin(async move { own.write(db, now).await })).await?;
        if matches!(asked, Asked::New(_)) {
            self.0.wakes().job();
        }
        Ok(asked)
    }
}

/// An [`Ask`] that outlives its caller.
struct Owned {
    id: String,
    account: String,
    session: String,
    kind: String,
    key: String,
    hash: String,
    body: String,
    price: i64,
    lane: Option<String>,
}

impl Owned {
    async fn write(self, db: &mut AnyConnection, now: Moment) -> Result<Asked> {
        let new = self.insert(db, now).await?;
        if new && self.price != 0 {
            ledger::reserve(db, &self.account, &hold(&self.id), self.price, now).await?;
        }
        let statement = format!("SELECT {COLUMNS}, body_hash FROM job WHERE account = $1 AND key = $2");
        let row = sqlx::query(AssertSqlSafe(statement))
            .bind(&self.account)
            .bind(&self.key)
            .fetch_optional(db)
            .await?
            .ok_or(ShelfError::Absent)?;
        let job = Job::read(&row)?;
        match (new, row.try_get::<String, _>("body_hash")? == self.hash) {
            (true, _) => Ok(Asked::New(job)),
            (false, true) => Ok(Asked::Same(job)),
            (false, false) => Err(ShelfError::OtherBody),
        }
    }

    /// Whether there is a new row now.
    async fn insert(&self, db: &mut AnyConnection, now: Moment) -> Result<bool> {
        let asked = sqlx::query(
            "INSERT INTO job (id, session, account, kind, key, body_hash, body, price, lane, state, attempt, due_ms, lease_ms,
                              progress, created_ms, updated_ms)
             SELECT $1, id, account, $4, $5, $6, $7, CAST($8 AS BIGINT), $9, 'waiting', 0, CAST($10 AS BIGINT), 0, 0,
                    CAST($10 AS BIGINT), CAST($10 AS BIGINT)
             FROM session WHERE id = $2 AND account = $3 AND deleted_ms IS NULL
             ON CONFLICT (account, key) DO NOTHING",
        )
        .bind(&self.id)
        .bind(&self.session)
        .bind(&self.account)
        .bind(&self.kind)
        .bind(&self.key)
        .bind(&self.hash)
        .bind(&self.body)
        .bind(self.price)
        .bind(&self.lane)
        .bind(now.0)
        .execute(db)
        .await?;
        Ok(asked.rows_affected() > 0)
    }
}
