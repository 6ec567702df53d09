//! Sends deliveries: claimed, then sent, or to be sent again.

use std::time::Duration;

use sqlx::{AssertSqlSafe, Row};

use super::{COLUMNS, Deliveries, Delivery, DeliveryState};
use crate::base::{SHORT, met, plain};
use crate::error::{Result, ShelfError};
use crate::moment::Moment;

/// A delivery that a worker has, with what it needs to send it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// What is to be sent.
    pub delivery: Delivery,
    /// Where to.
    pub url: String,
    /// What it is signed with.
    pub secret: String,
}

impl Deliveries<'_> {
    /// Takes the delivery that is due longest; it is due again after `lease`, should nobody be heard of until then.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn claim(&self, lease: Duration, now: Moment) -> Result<Option<Parcel>> {
        let statement = format!(
            "UPDATE delivery SET attempt = attempt + 1, due_ms = $1, updated_ms = $2 WHERE id =
                 (SELECT id FROM delivery WHERE state = 'waiting' AND due_ms <= $2 ORDER BY due_ms, id LIMIT 1{})
             AND state = 'waiting' RETURNING {COLUMNS}",
            self.0.dialect().skip_locked()
        );
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let taken = sqlx::query(AssertSqlSafe(statement))
                        .bind(now.plus(lease).0)
                        .bind(now.0)
                        .fetch_optional(&mut *db)
                        .await?;
                    let Some(row) = taken else { return Ok(None) };
                    let delivery = Delivery::read(&row)?;
                    let hook = sqlx::query("SELECT url, secret FROM hook WHERE id = $1")
                        .bind(&delivery.hook)
                        .fetch_one(db)
                        .await?;
                    Ok(Some(Parcel { delivery, url: hook.try_get("url")?, secret: hook.try_get("secret")? }))
                })
            })
            .await
    }

    /// The other side has it; `status` is its HTTP status.
    ///
    /// # Errors
    /// [`Lost`](ShelfError::Lost) where another has claimed it since, or it was given up.
    pub async fn sent(&self, parcel: &Parcel, status: u16, now: Moment) -> Result<()> {
        self.note(parcel, DeliveryState::Sent, Some(status), None, now, now).await
    }

    /// It did not arrive; it is due again after `again`, or given up. Of `error` at most 1024 bytes are taken.
    ///
    /// # Errors
    /// [`Lost`](ShelfError::Lost) where another has claimed it since, or it was given up.
    pub async fn failed(
        &self,
        parcel: &Parcel,
        status: Option<u16>,
        error: &str,
        again: Option<Duration>,
        now: Moment,
    ) -> Result<()> {
        let error = plain(error, SHORT)?;
        let state = if again.is_some() { DeliveryState::Waiting } else { DeliveryState::Failed };
        self.note(parcel, state, status, Some(error), now.plus(again.unwrap_or_default()), now).await
    }

    /// Writes down what became of an attempt.
    async fn note(
        &self,
        parcel: &Parcel,
        state: DeliveryState,
        status: Option<u16>,
        error: Option<String>,
        due: Moment,
        now: Moment,
    ) -> Result<()> {
        let (id, attempt) = (parcel.delivery.id.clone(), parcel.delivery.attempt);
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let noted = sqlx::query(
                        "UPDATE delivery SET state = $1, status = $2, error = $3, due_ms = $4, updated_ms = $5
                         WHERE id = $6 AND attempt = $7 AND state = 'waiting'",
                    )
                    .bind(state.as_str())
                    .bind(status.map(i64::from))
                    .bind(error)
                    .bind(due.0)
                    .bind(now.0)
                    .bind(id)
                    .bind(attempt)
                    .execute(db)
                    .await?;
                    met(&noted, ShelfError::Lost)
                })
            })
            .await
    }
}
