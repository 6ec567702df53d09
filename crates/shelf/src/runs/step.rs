//! The steps of a run: document, events and credits together, or nothing of them.

use sqlx::{AnyConnection, Row};

use super::{RunFence, RunState, Runs};
use crate::base::{LONG, met, plain};
use crate::error::{Result, ShelfError};
use crate::ledger::{self, EntryKind};
use crate::moment::Moment;
use crate::{events, sessions};

/// What a step changes; all of it at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Step<'a> {
    /// A new document over the revision that the run has read.
    pub save: Option<(i64, &'a str)>,
    /// Events to write: JSON texts.
    pub events: &'a [String],
    /// A hold of the owner to charge, by its reference, and how much of it; the rest is available again.
    pub charge: Option<(&'a str, i64)>,
    /// Ends the run in this state, which is not [`Running`](RunState::Running); what it still holds is given back.
    pub end: Option<RunState>,
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stepped {
    /// The revision of the document, if one was saved.
    pub revision: Option<i64>,
    /// The number of the session's last event.
    pub last_event: i64,
}

impl Runs<'_> {
    /// Writes one step of the run in one transaction.
    ///
    /// # Errors
    /// [`Lost`](ShelfError::Lost) where the run has ended or somebody took it over; [`Stale`](ShelfError::Stale) where somebody saved
    /// over the revision; those of [`charge`](crate::Ledger::charge). Nothing is written then, and a run that was not lost goes on.
    pub async fn step(&self, fence: &RunFence, step: Step<'_>, now: Moment) -> Result<Stepped> {
        let own = Owned {
            save: step
                .save
                .map(|(over, document)| Ok::<_, ShelfError>((over, plain(document, LONG)?)))
                .transpose()?,
            events: step.events.to_vec(),
            charge: step.charge.map(|(reference, amount)| (reference.to_owned(), amount)),
            end: step.end,
        };
        let writer = fence.clone();
        let stepped =
            self.0.write(move |db| Box::pin(async move { own.write(db, &writer, now).await })).await?;
        if !step.events.is_empty() || step.end.is_some() {
            self.0.wakes().events(&fence.session);
        }
        Ok(stepped)
    }
}

/// A [`Step`] that outlives its caller.
struct Owned {
    save: Option<(i64, String)>,
    events: Vec<String>,
    charge: Option<(String, i64)>,
    end: Option<RunState>,
}

impl Owned {
    async fn write(self, db: &mut AnyConnection, fence: &RunFence, now: Moment) -> Result<Stepped> {
        // The fence first: on PostgreSQL it locks the run until the step is over.
        keep(db, fence, self.end, now).await?;
        let (owner, session) = (fence.owner.as_str(), fence.session.as_str());
        let revision = match self.save {
            Some((over, document)) => Some(sessions::save(db, owner, session, over, &document, now).await?),
            None => None,
        };
        let last_event = events::append(db, owner, session, Some(&fence.id), &self.events, now).await?;
        if let Some((reference, amount)) = self.charge {
            ledger::resolve(db, owner, &reference, EntryKind::Charge, amount, now).await?;
        }
        if self.end.is_some() {
            ledger::give_back(db, owner, &fence.id, now).await?;
        }
        Ok(Stepped { revision, last_event })
    }
}

/// Holds credits for a run that is still this attempt's.
pub(super) async fn reserve(
    db: &mut AnyConnection,
    fence: &RunFence,
    amount: i64,
    now: Moment,
) -> Result<()> {
    keep(db, fence, None, now).await?;
    ledger::reserve(db, fence.owner.as_str(), &fence.id, amount, now).await
}

/// Makes sure that the run is still this attempt's, and ends it if it is to end.
async fn keep(db: &mut AnyConnection, fence: &RunFence, end: Option<RunState>, now: Moment) -> Result<()> {
    if end == Some(RunState::Running) {
        return Err(ShelfError::Range("end"));
    }
    let held = sqlx::query(
        "UPDATE run SET state = $1, ended_ms = $2 WHERE id = $3 AND attempt = $4 AND state = 'running'",
    )
    .bind(end.unwrap_or(RunState::Running).name())
    .bind(end.map(|_| now.0))
    .bind(&fence.id)
    .bind(fence.attempt)
    .execute(db)
    .await?;
    met(&held, ShelfError::Lost)
}

/// The first line of a run, unless another goes on.
pub(super) async fn begin(
    db: &mut AnyConnection,
    fence: &RunFence,
    said: &str,
    lease: Moment,
    now: Moment,
) -> Result<()> {
    let (session, owner) = (fence.session.as_str(), fence.owner.as_str());
    let begun = sqlx::query(
        "INSERT INTO run (id, session, account, state, said, started_ms, lease_ms, attempt)
         SELECT $1, id, account, 'running', $4, CAST($5 AS BIGINT), CAST($6 AS BIGINT), 1 FROM session
         WHERE id = $2 AND account = $3 AND deleted_ms IS NULL ON CONFLICT DO NOTHING",
    )
    .bind(&fence.id)
    .bind(session)
    .bind(owner)
    .bind(said)
    .bind(now.0)
    .bind(lease.0)
    .execute(&mut *db)
    .await?;
    if begun.rows_affected() > 0 {
        return Ok(());
    }
    let other = sqlx::query("SELECT id FROM run WHERE session = $1 AND account = $2 AND state = 'running'")
        .bind(session)
        .bind(owner)
        .fetch_optional(&mut *db)
        .await?;
    if let Some(other) = other {
        return Err(ShelfError::AlreadyRunning { run: other.try_get("id")? });
    }
    let own = sqlx::query("SELECT id FROM session WHERE id = $1 AND account = $2 AND deleted_ms IS NULL")
        .bind(session)
        .bind(owner)
        .fetch_optional(db)
        .await?;
    // It ended between the two looks, or there is no session to run in.
    Err(if own.is_some() { ShelfError::Busy } else { ShelfError::Absent })
}
