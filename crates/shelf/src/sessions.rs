//! Sessions: what people work on, and in which revision.

mod old;
mod save;

use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::base::{Base, LONG, SHORT, moment, plain};
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;
use crate::secret;

pub(crate) use save::save;

/// A session to be made.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// What people call it: display text, at most 1024 bytes.
    pub name: &'a str,
    /// The language of its talk, BCP 47; empty where it is not known.
    pub language: &'a str,
    /// What it begins with: JSON text, at most 64 MiB.
    pub document: &'a str,
    /// Where the same key comes again, it is the same session; at most 1024 bytes.
    pub key: Option<&'a str>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its name on the wire: a number of 19 digits.
    pub id: String,
    /// The task that it belongs to: `task_` and 32 hexadecimal digits.
    pub task: String,
    /// What people call it.
    pub name: String,
    /// The language of its talk.
    pub language: String,
    /// Counts what was saved, from 1.
    pub revision: i64,
    /// JSON text as it was saved.
    pub document: String,
    /// When it was made.
    pub created: Moment,
    /// When it was last changed.
    pub updated: Moment,
}

/// A session in a list: all but its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name on the wire: a number of 19 digits.
    pub id: String,
    /// The task that it belongs to.
    pub task: String,
    /// What people call it.
    pub name: String,
    /// The language of its talk.
    pub language: String,
    /// Counts what was saved, from 1.
    pub revision: i64,
    /// When it was made.
    pub created: Moment,
    /// When it was last changed.
    pub updated: Moment,
}

impl Row {
    fn read(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            task: row.try_get("task")?,
            name: row.try_get("name")?,
            language: row.try_get("language")?,
            revision: row.try_get("revision")?,
            created: moment(row, "created_ms")?,
            updated: moment(row, "updated_ms")?,
        })
    }
}

impl Session {
    fn read(row: &AnyRow) -> Result<Self> {
        let Row { id, task, name, language, revision, created, updated } = Row::read(row)?;
        let document = row.try_get("document")?;
        Ok(Self { id, task, name, language, revision, document, created, updated })
    }
}

/// The sessions of a [`Shelf`](crate::Shelf).
#[derive(Clone, Copy)]
pub struct Sessions<'a>(pub(crate) &'a Base);

impl Sessions<'_> {
    /// Makes a session, of revision 1; with a key that made one before, that one as it is now.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) for an owner who has no account, or where the key's session was deleted;
    /// [`Text`](ShelfError::Text) for text that cannot be kept.
    pub async fn make(&self, owner: &Owner, draft: Draft<'_>, now: Moment) -> Result<Session> {
        let (id, task, account) = (secret::nineteen()?, secret::name("task_")?, owner.text());
        let (name, language) = (plain(draft.name, SHORT)?, plain(draft.language, SHORT)?);
        let document = plain(draft.document, LONG)?;
        let key = draft.key.map(|key| plain(key, SHORT)).transpose()?;
        let (own, again) = (id.clone(), key.clone());
        self.0
            .write(move |db| {
                Box::pin(async move {
                    sqlx::query(
                        "INSERT INTO session (id, task, account, key, name, language, revision, document, events, created_ms, updated_ms)
                         SELECT $1, $2, id, $4, $5, $6, 1, $7, 0, CAST($8 AS BIGINT), CAST($8 AS BIGINT) FROM account WHERE id = $3
                         ON CONFLICT (account, key) DO NOTHING",
                    )
                    .bind(own)
                    .bind(task)
                    .bind(account)
                    .bind(key)
                    .bind(name)
                    .bind(language)
                    .bind(document)
                    .bind(now.0)
                    .execute(db)
                    .await?;
                    Ok(())
                })
            })
            .await?;
        match again {
            Some(key) => self.one("key", owner, &key).await,
            None => self.find(owner, &id).await,
        }
    }

    /// The owner's session of this id.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent).
    pub async fn find(&self, owner: &Owner, id: &str) -> Result<Session> {
        self.one("id", owner, id).await
    }

    /// The session whose `column`, which no two have alike, has this value.
    async fn one(&self, column: &'static str, owner: &Owner, value: &str) -> Result<Session> {
        let statement = format!(
            "SELECT id, task, name, language, revision, document, created_ms, updated_ms FROM session
             WHERE {column} = $1 AND account = $2 AND deleted_ms IS NULL",
        );
        let found = sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(value)
            .bind(owner.as_str())
            .fetch_optional(self.0.read())
            .await?;
        found.as_ref().map(Session::read).transpose()?.ok_or(ShelfError::Absent)
    }

    /// The owner's sessions, newest first: at most `most`, made before the one whose id is `before`.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn list(&self, owner: &Owner, most: u32, before: Option<&str>) -> Result<Vec<Row>> {
        let rows = sqlx::query(
            "SELECT id, task, name, language, revision, created_ms, updated_ms FROM session
             WHERE account = $1 AND deleted_ms IS NULL AND ($2 = '' OR (created_ms, id) <
                   (SELECT last.created_ms, last.id FROM session last WHERE last.id = $2 AND last.account = $1))
             ORDER BY created_ms DESC, id DESC LIMIT $3",
        )
        .bind(owner.as_str())
        .bind(before.unwrap_or_default())
        .bind(i64::from(most))
        .fetch_all(self.0.read())
        .await?;
        rows.iter().map(Row::read).collect()
    }
}
