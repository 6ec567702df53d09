//! Events: what happened in a session, numbered from 1 without a hole.

use sqlx::{AnyConnection, Row};

use crate::base::{Base, LONG, moment, plain};
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;
use crate::wake::Listening;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its place in the session, from 1.
    pub number: i64,
    /// The run that it belongs to, if any.
    pub run: Option<String>,
    /// JSON text as it was written, byte for byte.
    pub body: String,
    /// When.
    pub made: Moment,
}

/// The events of a [`Shelf`](crate::Shelf).
#[derive(Clone, Copy)]
pub struct Events<'a>(pub(crate) &'a Base);

impl Events<'_> {
    /// Writes events, all of them or none, and answers with the number of the last; each at most 64 MiB.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) where the owner has no such session; [`Text`](ShelfError::Text).
    pub async fn append(
        &self,
        owner: &Owner,
        session: &str,
        run: Option<&str>,
        bodies: &[String],
        now: Moment,
    ) -> Result<i64> {
        let (account, id, bodies) = (owner.text(), session.to_owned(), bodies.to_vec());
        let run = run.map(str::to_owned);
        let last = self
            .0
            .write(move |db| {
                Box::pin(async move { append(db, &account, &id, run.as_deref(), &bodies, now).await })
            })
            .await?;
        self.0.wakes().events(session);
        Ok(last)
    }

    /// The events behind `number`, at most `most`, in order; 0 is before the first.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) where the owner has no such session.
    pub async fn after(&self, owner: &Owner, session: &str, number: i64, most: u32) -> Result<Vec<Event>> {
        self.last(owner, session).await?;
        let rows = sqlx::query(
            "SELECT number, run, body, made_ms FROM event WHERE session = $1 AND number > $2
             ORDER BY number LIMIT $3",
        )
        .bind(session)
        .bind(number)
        .bind(i64::from(most))
        .fetch_all(self.0.read())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Event {
                    number: row.try_get("number")?,
                    run: row.try_get("run")?,
                    body: row.try_get("body")?,
                    made: moment(row, "made_ms")?,
                })
            })
            .collect()
    }

    /// The number of the last event; 0 where there is none.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) where the owner has no such session.
    pub async fn last(&self, owner: &Owner, session: &str) -> Result<i64> {
        let found =
            sqlx::query("SELECT events FROM session WHERE id = $1 AND account = $2 AND deleted_ms IS NULL")
                .bind(session)
                .bind(owner.as_str())
                .fetch_optional(self.0.read())
                .await?;
        Ok(found.ok_or(ShelfError::Absent)?.try_get("events")?)
    }

    /// Strikes out events from before `older`, but for those of runs that go on: at most `most`; how many. Numbers are not used
    /// again.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn forget(&self, older: Moment, most: u32) -> Result<u64> {
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let gone = sqlx::query(
                        "DELETE FROM event WHERE (session, number) IN
                             (SELECT old.session, old.number FROM event old WHERE old.made_ms < $1
                                AND NOT EXISTS (SELECT 1 FROM run WHERE run.id = old.run AND run.state = 'running')
                              ORDER BY old.made_ms LIMIT $2)",
                    )
                    .bind(older.0)
                    .bind(i64::from(most))
                    .execute(db)
                    .await?;
                    Ok(gone.rows_affected())
                })
            })
            .await
    }

    /// Listens for new events. Listen first and read [`after`](Self::after) then, and nothing is missed.
    #[must_use]
    pub fn listen(&self, session: &str) -> Listening {
        self.0.wakes().listen(session)
    }
}

/// [`Events::append`] inside a transaction, without waking anybody.
pub(crate) async fn append(
    db: &mut AnyConnection,
    owner: &str,
    session: &str,
    run: Option<&str>,
    bodies: &[String],
    now: Moment,
) -> Result<i64> {
    // Counting up in the session's row keeps writers in line, so that the numbers have no hole.
    let counted = sqlx::query(
        "UPDATE session SET events = events + $1 WHERE id = $2 AND account = $3 AND deleted_ms IS NULL RETURNING events",
    )
    .bind(bodies.len() as i64)
    .bind(session)
    .bind(owner)
    .fetch_optional(&mut *db)
    .await?;
    let last: i64 = counted.ok_or(ShelfError::Absent)?.try_get("events")?;
    for (number, body) in (last - bodies.len() as i64 + 1..).zip(bodies) {
        sqlx::query("INSERT INTO event (session, number, run, body, made_ms) VALUES ($1, $2, $3, $4, $5)")
            .bind(session)
            .bind(number)
            .bind(run)
            .bind(plain(body, LONG)?)
            .bind(now.0)
            .execute(&mut *db)
            .await?;
    }
    Ok(last)
}
