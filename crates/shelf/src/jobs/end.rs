//! The end of a job: its state, its price, its event and its notices in one transaction.

use std::time::Duration;

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::{ATTEMPTS, COLUMNS, Fault, Fence, Job, JobState, Jobs, hold};
use crate::base::{LONG, SHORT, plain};
use crate::deliveries;
use crate::error::{Result, ShelfError};
use crate::events;
use crate::ledger::{self, EntryKind};
use crate::moment::Moment;
use crate::owner::Owner;

/// What every hook of the account is told.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    /// What happened, such as `render.completed`.
    pub kind: &'a str,
    /// What is said about it: JSON text.
    pub body: &'a str,
}

/// How a job ends well.
#[derive(Clone, Copy, Debug)]
pub struct Finish<'a> {
    /// What came of it: JSON text.
    pub result: &'a str,
    /// What it costs, 0 to its price; the rest is available again.
    pub charge: i64,
    /// An event for its session: JSON text.
    pub event: Option<&'a str>,
    /// A notice for the account's hooks.
    pub notice: Option<Notice<'a>>,
}

/// How an attempt ends badly.
#[derive(Clone, Copy, Debug)]
pub struct Failure<'a> {
    /// A number that the doors know.
    pub code: i64,
    /// What went wrong, and what can be done; at most 1024 bytes.
    pub sentence: &'a str,
    /// Try again after this time, while there are attempts left; `None` where it would be in vain.
    pub again: Option<Duration>,
    /// An event for its session, if this is the end: JSON text.
    pub event: Option<&'a str>,
    /// A notice for the account's hooks, if this is the end.
    pub notice: Option<Notice<'a>>,
}

/// What is said at the end of a job.
pub(super) struct Words {
    pub(super) event: Option<String>,
    pub(super) notice: Option<(String, String)>,
}

impl Words {
    fn new(event: Option<&str>, notice: Option<Notice<'_>>) -> Result<Self> {
        let notice =
            notice.map(|notice| Ok::<_, ShelfError>((plain(notice.kind, SHORT)?, plain(notice.body, LONG)?)));
        Ok(Self { event: event.map(str::to_owned), notice: notice.transpose()? })
    }

    /// Says it, in the transaction of the end.
    pub(super) async fn say(
        self,
        db: &mut AnyConnection,
        owner: &Owner,
        job: &Job,
        now: Moment,
    ) -> Result<()> {
        if let Some(event) = self.event {
            let said = events::append(db, owner.as_str(), &job.session, None, &[event], now).await;
            // A session that was deleted meanwhile has nobody to tell.
            if !matches!(said, Err(ShelfError::Absent)) {
                said?;
            }
        }
        if let Some((kind, body)) = self.notice {
            deliveries::post(db, owner.as_str(), &kind, &body, now).await?;
        }
        Ok(())
    }
}

impl Jobs<'_> {
    /// Ends a job well: result, charge, event and notices, all of it or nothing.
    ///
    /// # Errors
    /// [`Lost`](ShelfError::Lost) where the job is another's, or has ended; [`Range`](ShelfError::Range) for more than its price.
    pub async fn finish(&self, fence: &Fence, finish: Finish<'_>, now: Moment) -> Result<Job> {
        let words = Words::new(finish.event, finish.notice)?;
        let (fence, result, charge) = (fence.clone(), plain(finish.result, LONG)?, finish.charge);
        let done = self.0.write(move |db| {
            Box::pin(async move {
                let statement = format!(
                    "UPDATE job SET state = 'done', progress = 100, result = $1, error_code = NULL, error = NULL, updated_ms = $2
                     WHERE id = $3 AND attempt = $4 AND state = 'running' RETURNING {COLUMNS}"
                );
                let row = sqlx::query(AssertSqlSafe(statement))
                    .bind(result)
                    .bind(now.0)
                    .bind(fence.id())
                    .bind(fence.attempt())
                    .fetch_optional(&mut *db);
                let (owner, job) = held(row.await?)?;
                words.say(db, &owner, &job, now).await?;
                settle(db, &owner, &job, EntryKind::Charge, charge, now).await?;
                Ok(job)
            })
        });
        let job = done.await?;
        self.told(&job);
        Ok(job)
    }

    /// Ends an attempt badly: the job waits for the next one, or has failed and costs nothing.
    ///
    /// # Errors
    /// [`Lost`](ShelfError::Lost) where the job is another's, or has ended.
    pub async fn fail(&self, fence: &Fence, failure: Failure<'_>, now: Moment) -> Result<Job> {
        let words = Words::new(failure.event, failure.notice)?;
        let fault = Fault { code: failure.code, sentence: plain(failure.sentence, SHORT)? };
        let again = failure.again.filter(|_| fence.attempt() < ATTEMPTS);
        let fence = fence.clone();
        let failed = self.0.write(move |db| {
            Box::pin(async move {
                let state = if again.is_some() { JobState::Waiting } else { JobState::Failed };
                let statement = format!(
                    "UPDATE job SET state = $1, due_ms = $2, error_code = $3, error = $4, updated_ms = $5
                     WHERE id = $6 AND attempt = $7 AND state = 'running' RETURNING {COLUMNS}"
                );
                let row = sqlx::query(AssertSqlSafe(statement))
                    .bind(state.as_str())
                    .bind(now.plus(again.unwrap_or_default()).0)
                    .bind(fault.code)
                    .bind(fault.sentence)
                    .bind(now.0)
                    .bind(fence.id())
                    .bind(fence.attempt())
                    .fetch_optional(&mut *db);
                let (owner, job) = held(row.await?)?;
                if state == JobState::Failed {
                    words.say(db, &owner, &job, now).await?;
                    settle(db, &owner, &job, EntryKind::Refund, 0, now).await?;
                }
                Ok(job)
            })
        });
        let job = failed.await?;
        self.told(&job);
        Ok(job)
    }

    /// Calls a job off at once; its price is available again, and its worker hears of it at its next renewal. A job that has ended
    /// stays as it is.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) where the owner has no job of this id or key.
    pub async fn cancel(&self, owner: &Owner, id: &str, now: Moment) -> Result<Job> {
        let (id, whose) = (self.find(owner, id).await?.id, owner.clone());
        let called = id.clone();
        self.0.write(move |db| Box::pin(async move { cancel(db, &whose, &called, now).await })).await?;
        self.find(owner, &id).await
    }

    /// Wakes whom the change of a job concerns.
    pub(super) fn told(&self, job: &Job) {
        if job.state == JobState::Waiting {
            self.0.wakes().job();
        } else {
            self.0.wakes().events(&job.session);
        }
    }
}

/// The job that a fenced write met, and whose it is.
fn held(row: Option<AnyRow>) -> Result<(Owner, Job)> {
    Job::owned(&row.ok_or(ShelfError::Lost)?)
}

/// Resolves the hold of a job that has ended.
pub(super) async fn settle(
    db: &mut AnyConnection,
    owner: &Owner,
    job: &Job,
    kind: EntryKind,
    charge: i64,
    now: Moment,
) -> Result<()> {
    if job.price == 0 {
        return if charge == 0 { Ok(()) } else { Err(ShelfError::Range("charge")) };
    }
    ledger::resolve(db, owner.as_str(), &hold(&job.id), kind, charge, now).await?;
    Ok(())
}

/// Calls one job off, if it is live.
async fn cancel(db: &mut AnyConnection, owner: &Owner, id: &str, now: Moment) -> Result<()> {
    let statement = format!(
        "UPDATE job SET state = 'cancelled', updated_ms = $1 WHERE id = $2 AND account = $3 AND state IN ('waiting', 'running')
         RETURNING {COLUMNS}"
    );
    let cancelled = sqlx::query(AssertSqlSafe(statement))
        .bind(now.0)
        .bind(id)
        .bind(owner.as_str())
        .fetch_optional(&mut *db)
        .await?;
    if let Some(row) = cancelled {
        settle(db, owner, &Job::read(&row)?, EntryKind::Refund, 0, now).await?;
    }
    Ok(())
}

/// Calls off what is live in a session, inside the transaction that deletes it; the holds that are to be given back.
pub(crate) async fn cancel_all(
    db: &mut AnyConnection,
    owner: &str,
    session: &str,
    now: Moment,
) -> Result<Vec<String>> {
    let rows = sqlx::query(
        "UPDATE job SET state = 'cancelled', updated_ms = $1 WHERE session = $2 AND account = $3 AND state IN ('waiting', 'running')
         RETURNING id, price",
    )
    .bind(now.0)
    .bind(session)
    .bind(owner)
    .fetch_all(db)
    .await?;
    let priced = rows.iter().filter(|row| row.try_get::<i64, _>("price").is_ok_and(|price| price > 0));
    priced.map(|row| Ok(hold(row.try_get("id")?))).collect()
}
