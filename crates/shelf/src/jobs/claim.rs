//! Claims a job for a worker, and keeps it while the worker lives.

use std::time::Duration;

use sqlx::{AnyConnection, AssertSqlSafe};

use super::{COLUMNS, Job, Jobs};
use crate::base::{Dialect, met};
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;

/// Which attempt at which job: what a worker shows with everything it writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    id: String,
    attempt: i64,
}

impl Fence {
    /// The job.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The attempt, from 1: in the names of all files that the attempt writes.
    #[must_use]
    pub fn attempt(&self) -> i64 {
        self.attempt
    }
}

/// A job that a worker has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// For whom it is.
    pub owner: Owner,
    /// What is to be done.
    pub job: Job,
    /// What its worker shows.
    pub fence: Fence,
}

/// How often a claim is tried anew where another worker was quicker with the same lane.
const TRIES: u32 = 8;
/// Kinds of work that one worker can do.
const KINDS: usize = 16;

impl Jobs<'_> {
    /// Takes the next job of these kinds (1 to 16), for a lease that must be [renewed](Self::renew).
    ///
    /// Next is who has the fewest running, then who was served longest ago, then who came first: so one who has a lot waiting keeps
    /// nobody else from a first.
    ///
    /// # Errors
    /// [`Range`](ShelfError::Range) for no kinds or too many.
    pub async fn claim(&self, kinds: &[&str], lease: Duration, now: Moment) -> Result<Option<Claim>> {
        if !(1..=KINDS).contains(&kinds.len()) {
            return Err(ShelfError::Range("kinds"));
        }
        for _ in 0..TRIES {
            let (statement, kinds) = (next(kinds.len(), self.0.dialect()), owned(kinds));
            let claimed = self
                .0
                .write(move |db| {
                    Box::pin(async move { take(db, statement, &kinds, now.plus(lease), now).await })
                })
                .await;
            match claimed {
                // The lane's index let the other worker in.
                Err(ShelfError::Taken) => {}
                claimed => return claimed,
            }
        }
        Ok(None)
    }

    /// Says that the work goes on, and will for `lease`; `progress` is 0 to 100.
    ///
    /// # Errors
    /// [`Lost`](ShelfError::Lost) where the job is another's, or has ended: stop, end the child, delete what this attempt wrote.
    pub async fn renew(&self, fence: &Fence, progress: i64, lease: Duration, now: Moment) -> Result<()> {
        let fence = fence.clone();
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let renewed = sqlx::query(
                        "UPDATE job SET lease_ms = $1, updated_ms = $2,
                                progress = CASE WHEN progress < $3 THEN $3 ELSE progress END
                         WHERE id = $4 AND attempt = $5 AND state = 'running'",
                    )
                    .bind(now.plus(lease).0)
                    .bind(now.0)
                    .bind(progress.clamp(0, 100))
                    .bind(fence.id)
                    .bind(fence.attempt)
                    .execute(db)
                    .await?;
                    met(&renewed, ShelfError::Lost)
                })
            })
            .await
    }

    /// Waits until a job is asked for, at most this long; whether one was.
    ///
    /// Only this process is heard: claim, whether something was heard or not.
    pub async fn arrived(&self, at_most: Duration) -> bool {
        self.0.wakes().job_arrived(at_most).await
    }
}

fn owned(kinds: &[&str]) -> Vec<String> {
    kinds.iter().map(|kind| (*kind).to_owned()).collect()
}

/// The one statement of a claim.
fn next(kinds: usize, dialect: Dialect) -> String {
    let kinds: Vec<String> = (0..kinds).map(|n| format!("${}", n + 3)).collect();
    format!(
        "UPDATE job SET state = 'running', attempt = attempt + 1, lease_ms = $1, updated_ms = $2 WHERE id =
             (SELECT next.id FROM job next
              WHERE next.state = 'waiting' AND next.due_ms <= $2 AND next.kind IN ({})
                AND NOT EXISTS (SELECT 1 FROM job busy WHERE busy.lane = next.lane AND busy.state = 'running')
              ORDER BY (SELECT count(*) FROM job own WHERE own.account = next.account AND own.state = 'running'),
                       (SELECT account.served_ms FROM account WHERE account.id = next.account), next.created_ms, next.id
              LIMIT 1{})
         AND state = 'waiting' RETURNING {COLUMNS}",
        kinds.join(", "),
        dialect.skip_locked()
    )
}

async fn take(
    db: &mut AnyConnection,
    statement: String,
    kinds: &[String],
    lease: Moment,
    now: Moment,
) -> Result<Option<Claim>> {
    let mut query = sqlx::query(AssertSqlSafe(statement)).bind(lease.0).bind(now.0);
    for kind in kinds {
        query = query.bind(kind);
    }
    let Some(row) = query.fetch_optional(&mut *db).await? else { return Ok(None) };
    let (owner, job) = Job::owned(&row)?;
    sqlx::query("UPDATE account SET served_ms = $1 WHERE id = $2")
        .bind(now.0)
        .bind(owner.as_str())
        .execute(db)
        .await?;
    let fence = Fence { id: job.id.clone(), attempt: job.attempt };
    Ok(Some(Claim { owner, job, fence }))
}
