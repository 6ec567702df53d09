//! Deliveries: notices on their way to the hooks, and the log of those that arrived.

mod send;

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

pub use send::Parcel;

use crate::base::{Base, LONG, SHORT, moment, plain};
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;
use crate::secret;

/// How a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is to be sent, again perhaps.
    Waiting,
    /// The other side has it.
    Sent,
    /// It was given up.
    Failed,
}

impl DeliveryState {
    /// Its name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }
}

/// A notice for one hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// `msg_` and 32 hexadecimal digits: the `webhook-id`, the same each time it is sent.
    pub id: String,
    /// The hook.
    pub hook: String,
    /// What happened, such as `render.completed`.
    pub kind: String,
    /// What is said about it: JSON text.
    pub body: String,
    /// How it stands.
    pub state: DeliveryState,
    /// How often it was sent, this time included.
    pub attempt: i64,
    /// What the other side answered last: an HTTP status.
    pub status: Option<i64>,
    /// What went wrong last.
    pub error: Option<String>,
    /// When it was written.
    pub made: Moment,
    /// When it last changed.
    pub updated: Moment,
}

/// The columns of a [`Delivery`].
const COLUMNS: &str = "id, hook, kind, body, state, attempt, status, error, made_ms, updated_ms";

impl Delivery {
    fn read(row: &AnyRow) -> Result<Self> {
        let state: String = row.try_get("state")?;
        Ok(Self {
            id: row.try_get("id")?,
            hook: row.try_get("hook")?,
            kind: row.try_get("kind")?,
            body: row.try_get("body")?,
            state: [DeliveryState::Waiting, DeliveryState::Sent, DeliveryState::Failed]
                .into_iter()
                .find(|known| known.as_str() == state)
                .ok_or(ShelfError::Range("delivery"))?,
            attempt: row.try_get("attempt")?,
            status: row.try_get("status")?,
            error: row.try_get("error")?,
            made: moment(row, "made_ms")?,
            updated: moment(row, "updated_ms")?,
        })
    }
}

/// The deliveries of a [`Shelf`](crate::Shelf).
#[derive(Clone, Copy)]
pub struct Deliveries<'a>(pub(crate) &'a Base);

impl Deliveries<'_> {
    /// Writes a notice to every hook of the account; how many.
    ///
    /// # Errors
    /// [`Text`](ShelfError::Text).
    pub async fn send(&self, owner: &Owner, kind: &str, body: &str, now: Moment) -> Result<u64> {
        let (owner, kind, body) = (owner.text(), plain(kind, SHORT)?, plain(body, LONG)?);
        self.0.write(move |db| Box::pin(async move { post(db, &owner, &kind, &body, now).await })).await
    }

    /// The log of a hook, newest first: at most `most`.
    ///
    /// # Errors
    /// Only those of the database; another's hook has no log.
    pub async fn list(&self, owner: &Owner, hook: &str, most: u32) -> Result<Vec<Delivery>> {
        let statement = format!(
            "SELECT {COLUMNS} FROM delivery WHERE account = $1 AND hook = $2 ORDER BY made_ms DESC, id DESC LIMIT $3"
        );
        let rows = sqlx::query(AssertSqlSafe(statement))
            .bind(owner.as_str())
            .bind(hook)
            .bind(i64::from(most))
            .fetch_all(self.0.read())
            .await?;
        rows.iter().map(Delivery::read).collect()
    }

    /// Strikes out what came to its end before `older`; how many.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn forget(&self, older: Moment) -> Result<u64> {
        self.0
            .write(move |db| {
                Box::pin(async move {
                    let gone =
                        sqlx::query("DELETE FROM delivery WHERE updated_ms < $1 AND state <> 'waiting'")
                            .bind(older.0)
                            .execute(db)
                            .await?;
                    Ok(gone.rows_affected())
                })
            })
            .await
    }
}

/// [`Deliveries::send`] inside a transaction.
pub(crate) async fn post(
    db: &mut AnyConnection,
    owner: &str,
    kind: &str,
    body: &str,
    now: Moment,
) -> Result<u64> {
    let hooks = sqlx::query("SELECT id FROM hook WHERE account = $1 AND deleted_ms IS NULL")
        .bind(owner)
        .fetch_all(&mut *db)
        .await?;
    for hook in &hooks {
        sqlx::query(
            "INSERT INTO delivery (id, hook, account, kind, body, state, attempt, due_ms, made_ms, updated_ms)
             VALUES ($1, $2, $3, $4, $5, 'waiting', 0, $6, $6, $6)",
        )
        .bind(secret::name("msg_")?)
        .bind(hook.try_get::<String, _>("id")?)
        .bind(owner)
        .bind(kind)
        .bind(body)
        .bind(now.0)
        .execute(&mut *db)
        .await?;
    }
    Ok(hooks.len() as u64)
}
