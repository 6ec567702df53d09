//! Jobs: long work that belongs to its session, whoever does it and however often that one dies.
//!
//! A job is claimed for a lease and a numbered attempt; everything that its worker writes afterwards names the attempt, and touches
//! nothing where another attempt, or the end, has come. The price is held from the asking to the end, and resolved in the transaction
//! that ends the job.

mod ask;
mod claim;
mod end;
mod sweep;

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

pub use ask::{Ask, Asked};
pub use claim::{Claim, Fence};
pub(crate) use end::cancel_all;
pub use end::{Failure, Finish, Notice};
pub use sweep::{Counts, Obituary};

use crate::base::{Base, moment};
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;

/// How often a job is tried before it has failed.
pub const ATTEMPTS: i64 = 3;

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Nobody works on it.
    Waiting,
    /// A worker has it.
    Running,
    /// It has a result.
    Done,
    /// It has a fault, and cost nothing.
    Failed,
    /// It was called off, and cost nothing.
    Cancelled,
}

impl JobState {
    const ALL: [Self; 5] = [Self::Waiting, Self::Running, Self::Done, Self::Failed, Self::Cancelled];

    /// Its name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether it is still to be done.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }

    fn named(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name).ok_or(ShelfError::Range("job"))
    }
}

/// Why a job failed, or its last attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// A number that the doors know.
    pub code: i64,
    /// What went wrong, and what can be done.
    pub sentence: String,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// `job_` and 32 hexadecimal digits.
    pub id: String,
    /// The session that it belongs to.
    pub session: String,
    /// What kind of work it is, such as `render`.
    pub kind: String,
    /// By what its owner calls it; each of an owner's keys names one job.
    pub key: String,
    /// What is to be done: JSON text.
    pub body: String,
    /// Credits that are held for it.
    pub price: i64,
    /// How it stands.
    pub state: JobState,
    /// How often it was tried, this time included; 0 before the first.
    pub attempt: i64,
    /// How much is done, 0 to 100; never falls.
    pub progress: i64,
    /// What came of it: JSON text.
    pub result: Option<String>,
    /// What went wrong in the end, or in the last attempt.
    pub fault: Option<Fault>,
    /// When it was asked for.
    pub created: Moment,
    /// When it last changed.
    pub updated: Moment,
}

/// The columns of a [`Job`], and whose it is.
const COLUMNS: &str = "id, session, account, kind, key, body, price, state, attempt, progress, result, error_code, error, \
                       created_ms, updated_ms";

impl Job {
    fn read(row: &AnyRow) -> Result<Self> {
        let (code, sentence): (Option<i64>, Option<String>) =
            (row.try_get("error_code")?, row.try_get("error")?);
        Ok(Self {
            id: row.try_get("id")?,
            session: row.try_get("session")?,
            kind: row.try_get("kind")?,
            key: row.try_get("key")?,
            body: row.try_get("body")?,
            price: row.try_get("price")?,
            state: JobState::named(row.try_get("state")?)?,
            attempt: row.try_get("attempt")?,
            progress: row.try_get("progress")?,
            result: row.try_get("result")?,
            fault: code.zip(sentence).map(|(code, sentence)| Fault { code, sentence }),
            created: moment(row, "created_ms")?,
            updated: moment(row, "updated_ms")?,
        })
    }

    /// A job with its owner.
    fn owned(row: &AnyRow) -> Result<(Owner, Self)> {
        Ok((Owner::kept(row.try_get("account")?), Self::read(row)?))
    }
}

/// What a job's hold is called in the ledger.
fn hold(id: &str) -> String {
    format!("job:{id}")
}

/// The jobs of a [`Shelf`](crate::Shelf).
#[derive(Clone, Copy)]
pub struct Jobs<'a>(pub(crate) &'a Base);

impl Jobs<'_> {
    /// The owner's job of this id, or else of this key.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent).
    pub async fn find(&self, owner: &Owner, id: &str) -> Result<Job> {
        let statement = format!(
            "SELECT {COLUMNS} FROM job WHERE account = $1 AND (id = $2 OR key = $2)
             ORDER BY CASE WHEN id = $2 THEN 0 ELSE 1 END LIMIT 1"
        );
        let found = sqlx::query(AssertSqlSafe(statement))
            .bind(owner.as_str())
            .bind(id)
            .fetch_optional(self.0.read())
            .await?;
        found.as_ref().map(Job::read).transpose()?.ok_or(ShelfError::Absent)
    }

    /// The owner's jobs, newest first: at most `most`, of one session or all, of one kind or all.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn list(
        &self,
        owner: &Owner,
        session: Option<&str>,
        kind: Option<&str>,
        most: u32,
    ) -> Result<Vec<Job>> {
        let statement = format!(
            "SELECT {COLUMNS} FROM job WHERE account = $1 AND ($2 = '' OR session = $2) AND ($3 = '' OR kind = $3)
             ORDER BY created_ms DESC, id DESC LIMIT $4"
        );
        let rows = sqlx::query(AssertSqlSafe(statement))
            .bind(owner.as_str())
            .bind(session.unwrap_or_default())
            .bind(kind.unwrap_or_default())
            .bind(i64::from(most))
            .fetch_all(self.0.read())
            .await?;
        rows.iter().map(Job::read).collect()
    }
}
