//! Runs: turns of a conversation, one at a time in a session, that outlive the connection that asked for them.

mod step;

use std::time::Duration;

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

pub use step::{Step, Stepped};

use crate::base::{Base, LONG, met, moment, plain};
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;
use crate::secret;

/// How a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// Going on.
    Running,
    /// Ended as it should.
    Done,
    /// Ended with an error.
    Failed,
    /// Given up, for its session was deleted or its server died.
    Lost,
}

impl RunState {
    fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Lost => "lost",
        }
    }

    fn named(name: &str) -> Result<Self> {
        [Self::Running, Self::Done, Self::Failed, Self::Lost]
            .into_iter()
            .find(|state| state.name() == name)
            .ok_or(ShelfError::Range("run"))
    }
}

/// A run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// `e-` and a UUID: the wire's invocation id.
    pub id: String,
    /// The session that it runs in.
    pub session: String,
    /// How it stands.
    pub state: RunState,
    /// What was asked, as it was given.
    pub said: String,
    /// When it began.
    pub started: Moment,
    /// When it ended.
    pub ended: Option<Moment>,
    /// Who works on it: 1 for the first, one more for each that took it over.
    pub attempt: i64,
}

/// The right to write for a run, as long as nobody took it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunFence {
    id: String,
    session: String,
    owner: Owner,
    attempt: i64,
}

impl RunFence {
    /// The run.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its session.
    #[must_use]
    pub fn session(&self) -> &str {
        &self.session
    }

    /// Whose it is.
    #[must_use]
    pub fn owner(&self) -> &Owner {
        &self.owner
    }
}

impl Run {
    fn read(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            session: row.try_get("session")?,
            state: RunState::named(row.try_get("state")?)?,
            said: row.try_get("said")?,
            started: moment(row, "started_ms")?,
            ended: row.try_get::<Option<i64>, _>("ended_ms")?.map(Moment),
            attempt: row.try_get("attempt")?,
        })
    }
}

/// The runs of a [`Shelf`](crate::Shelf).
#[derive(Clone, Copy)]
pub struct Runs<'a>(pub(crate) &'a Base);

impl Runs<'_> {
    /// Begins a run that must be renewed within `lease`; `said` is what was asked, at most 64 MiB.
    ///
    /// # Errors
    /// [`AlreadyRunning`](ShelfError::AlreadyRunning) while another has not ended, even one whose server died: whoever
    /// [takes it over](Self::take_over) ends it. [`Absent`](ShelfError::Absent) where the owner has no such session.
    pub async fn begin(
        &self,
        owner: &Owner,
        session: &str,
        said: &str,
        lease: Duration,
        now: Moment,
    ) -> Result<RunFence> {
        let fence = RunFence {
            id: secret::uuid("e-")?,
            session: session.to_owned(),
            owner: owner.clone(),
            attempt: 1,
        };
        let (begun, said) = (fence.clone(), plain(said, LONG)?);
        self.0
            .write(move |db| {
                Box::pin(async move { step::begin(db, &begun, &said, now.plus(lease), now).await })
            })
            .await?;
        Ok(fence)
    }

    /// Says that work goes on, and will for `lease`.
    ///
    /// # Errors
    /// [`Lost`](ShelfError::Lost) where the run has ended or somebody took it over.
    pub async fn renew(&self, fence: &RunFence, lease: Duration, now: Moment) -> Result<()> {
        let fence = fence.clone();
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let renewed = sqlx::query(
                        "UPDATE run SET lease_ms = $1 WHERE id = $2 AND attempt = $3 AND state = 'running'",
                    )
                    .bind(now.plus(lease).0)
                    .bind(fence.id)
                    .bind(fence.attempt)
                    .execute(db)
                    .await?;
                    met(&renewed, ShelfError::Lost)
                })
            })
            .await
    }

    /// Holds credits, 0 to 10^12, for the run under its own id, until a [step](Self::step) charges some of them or ends the run.
    ///
    /// # Errors
    /// [`Lost`](ShelfError::Lost) where the run has ended or somebody took it over, and nothing is held; those of
    /// [`reserve`](crate::Ledger::reserve).
    pub async fn hold(&self, fence: &RunFence, amount: i64, now: Moment) -> Result<()> {
        let fence = fence.clone();
        self.0.write(move |db| Box::pin(async move { step::reserve(db, &fence, amount, now).await })).await
    }

    /// The run of this id in this session.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent).
    pub async fn find(&self, owner: &Owner, session: &str, id: &str) -> Result<Run> {
        let found = sqlx::query(
            "SELECT id, session, state, said, started_ms, ended_ms, attempt FROM run
             WHERE id = $1 AND session = $2 AND account = $3",
        )
        .bind(id)
        .bind(session)
        .bind(owner.as_str())
        .fetch_optional(self.0.read())
        .await?;
        found.as_ref().map(Run::read).transpose()?.ok_or(ShelfError::Absent)
    }

    /// The run that goes on in this session, if any.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn current(&self, owner: &Owner, session: &str) -> Result<Option<Run>> {
        let found = sqlx::query(
            "SELECT id, session, state, said, started_ms, ended_ms, attempt FROM run
             WHERE session = $1 AND account = $2 AND state = 'running'",
        )
        .bind(session)
        .bind(owner.as_str())
        .fetch_optional(self.0.read())
        .await?;
        found.as_ref().map(Run::read).transpose()
    }

    /// Takes over a run that nobody renewed in time; who had it can write nothing any more.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn take_over(&self, lease: Duration, now: Moment) -> Result<Option<(RunFence, Run)>> {
        let statement = format!(
            "UPDATE run SET attempt = attempt + 1, lease_ms = $1 WHERE id =
                 (SELECT id FROM run WHERE state = 'running' AND lease_ms < $2 ORDER BY lease_ms LIMIT 1{})
             AND state = 'running' AND lease_ms < $2
             RETURNING id, session, account, state, said, started_ms, ended_ms, attempt",
            self.0.dialect().skip_locked()
        );
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let taken = sqlx::query(AssertSqlSafe(statement))
                        .bind(now.plus(lease).0)
                        .bind(now.0)
                        .fetch_optional(db)
                        .await?;
                    let Some(row) = taken else { return Ok(None) };
                    let run = Run::read(&row)?;
                    let owner = Owner::kept(row.try_get("account")?);
                    let fence = RunFence {
                        id: run.id.clone(),
                        session: run.session.clone(),
                        owner,
                        attempt: run.attempt,
                    };
                    Ok(Some((fence, run)))
                })
            })
            .await
    }
}
