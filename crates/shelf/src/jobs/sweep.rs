//! Jobs whose workers died, and figures about all jobs.

use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::end::{Words, settle};
use super::{ATTEMPTS, COLUMNS, Fault, Job, JobState, Jobs};
use crate::error::Result;
use crate::ledger::EntryKind;
use crate::moment::Moment;
use crate::owner::Owner;

/// What is said of a job whose last worker died too.
#[derive(Clone, Debug)]
pub struct Obituary {
    /// Why it failed.
    pub fault: Fault,
    /// An event for its session: JSON text.
    pub event: Option<String>,
    /// A notice for the account's hooks: its kind, and its body as JSON text.
    pub notice: Option<(String, String)>,
}

/// How many jobs there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Jobs that wait for a worker.
    pub waiting: i64,
    /// Jobs that a worker has.
    pub running: i64,
}

/// Jobs that one sweep looks at.
const AT_ONCE: i64 = 100;

impl Jobs<'_> {
    /// Takes jobs from workers that let their lease run out: they wait again, or have failed after [`ATTEMPTS`] attempts, with the
    /// price given back and `obituary` said in the same transaction. Those that failed are returned.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn sweep(
        &self,
        now: Moment,
        obituary: impl Fn(&Owner, &Job) -> Obituary,
    ) -> Result<Vec<(Owner, Job)>> {
        let statement = format!(
            "SELECT {COLUMNS} FROM job WHERE state = 'running' AND lease_ms < $1 ORDER BY lease_ms LIMIT $2"
        );
        let rows =
            sqlx::query(AssertSqlSafe(statement)).bind(now.0).bind(AT_ONCE).fetch_all(self.0.read()).await?;
        let mut failed = Vec::new();
        for row in &rows {
            let (owner, job) = Job::owned(row)?;
            let last = (job.attempt >= ATTEMPTS).then(|| obituary(&owner, &job));
            let (id, attempt) = (job.id, job.attempt);
            let taken =
                self.0.write(move |db| Box::pin(async move { take(db, &id, attempt, last, now).await }));
            if let Some((owner, job)) = taken.await? {
                self.told(&job);
                if job.state == JobState::Failed {
                    failed.push((owner, job));
                }
            }
        }
        Ok(failed)
    }

    /// How many jobs wait and run, of everybody.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn counts(&self) -> Result<Counts> {
        let row = sqlx::query(
            "SELECT (SELECT count(*) FROM job WHERE state = 'waiting') AS waiting,
                    (SELECT count(*) FROM job WHERE state = 'running') AS running",
        )
        .fetch_one(self.0.read())
        .await?;
        Ok(Counts { waiting: row.try_get("waiting")?, running: row.try_get("running")? })
    }

    /// How many jobs of this owner wait or run.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn live_of(&self, owner: &Owner) -> Result<i64> {
        let row = sqlx::query(
            "SELECT (SELECT count(*) FROM job WHERE state = 'waiting' AND account = $1)
                  + (SELECT count(*) FROM job WHERE state = 'running' AND account = $1) AS live",
        )
        .bind(owner.as_str())
        .fetch_one(self.0.read())
        .await?;
        Ok(row.try_get("live")?)
    }

    /// Jobs of one kind that were done before a moment, oldest first: at most `most`, while their results are kept.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn finished_before(&self, kind: &str, before: Moment, most: u32) -> Result<Vec<(Owner, Job)>> {
        let statement = format!(
            "SELECT {COLUMNS} FROM job WHERE state = 'done' AND kind = $1 AND updated_ms < $2 AND result IS NOT NULL
             ORDER BY updated_ms, id LIMIT $3"
        );
        let rows = sqlx::query(AssertSqlSafe(statement))
            .bind(kind)
            .bind(before.0)
            .bind(i64::from(most))
            .fetch_all(self.0.read())
            .await?;
        rows.iter().map(Job::owned).collect()
    }

    /// Jobs of one kind whose results are kept though their sessions were deleted: at most `most`.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn orphaned(&self, kind: &str, most: u32) -> Result<Vec<(Owner, Job)>> {
        let statement = format!(
            "SELECT {COLUMNS} FROM job WHERE session IN (SELECT id FROM session WHERE deleted_ms IS NOT NULL)
               AND state = 'done' AND kind = $1 AND result IS NOT NULL ORDER BY id LIMIT $2"
        );
        let rows = sqlx::query(AssertSqlSafe(statement))
            .bind(kind)
            .bind(i64::from(most))
            .fetch_all(self.0.read())
            .await?;
        rows.iter().map(Job::owned).collect()
    }

    /// Whether the result of the job with this id speaks of a blob: for finding what no row names.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn names(&self, id: &str, blob: &str) -> Result<bool> {
        let found =
            sqlx::query("SELECT result FROM job WHERE id = $1 AND state = 'done' AND result IS NOT NULL")
                .bind(id)
                .fetch_optional(self.0.read())
                .await?;
        let result: Option<String> = found.map(|row| row.try_get("result")).transpose()?;
        Ok(result.is_some_and(|result| result.contains(blob)))
    }

    /// Strikes out the result of a job that is done, for what it names is to be removed: it is still known, and never listed by
    /// [`finished_before`](Self::finished_before) again.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn forget_result(&self, owner: &Owner, id: &str) -> Result<()> {
        let (owner, id) = (owner.text(), id.to_owned());
        self.0
            .write(move |db| {
                Box::pin(async move {
                    sqlx::query(
                        "UPDATE job SET result = NULL WHERE id = $1 AND account = $2 AND state = 'done'",
                    )
                    .bind(id)
                    .bind(owner)
                    .execute(db)
                    .await?;
                    Ok(())
                })
            })
            .await
    }
}

/// Takes one job from its worker, unless that one was quicker; with last words it has failed.
async fn take(
    db: &mut AnyConnection,
    id: &str,
    attempt: i64,
    last: Option<Obituary>,
    now: Moment,
) -> Result<Option<(Owner, Job)>> {
    let state = if last.is_some() { JobState::Failed } else { JobState::Waiting };
    let statement = format!(
        "UPDATE job SET state = $1, due_ms = $2, error_code = $3, error = $4, updated_ms = $2
         WHERE id = $5 AND attempt = $6 AND state = 'running' AND lease_ms < $2 RETURNING {COLUMNS}"
    );
    let taken = sqlx::query(AssertSqlSafe(statement))
        .bind(state.as_str())
        .bind(now.0)
        .bind(last.as_ref().map(|last| last.fault.code))
        .bind(last.as_ref().map(|last| last.fault.sentence.clone()))
        .bind(id)
        .bind(attempt)
        .fetch_optional(&mut *db)
        .await?;
    let Some(row) = taken else { return Ok(None) };
    let (owner, job) = Job::owned(&row)?;
    if let Some(last) = last {
        Words { event: last.event, notice: last.notice }.say(db, &owner, &job, now).await?;
        settle(db, &owner, &job, EntryKind::Refund, 0, now).await?;
    }
    Ok(Some((owner, job)))
}
