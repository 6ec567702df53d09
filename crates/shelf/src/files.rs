//! Files: what people brought to a session, and which blob it is.

mod gone;

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::base::{Base, LONG, SHORT, moment, plain};
use crate::blobs::{Kept, Vault};
use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::owner::Owner;
use crate::secret;

/// What is known of a file when it comes.
#[derive(Clone, Copy, Debug)]
pub struct FileDraft<'a> {
    /// What people call it: display text, at most 1024 bytes, never a path.
    pub name: &'a str,
    /// `video`, `image` or `audio`.
    pub kind: &'a str,
    /// What it is like: JSON text.
    pub about: &'a str,
    /// Where the same key comes again in a session, it is the same file; at most 1024 bytes.
    pub key: Option<&'a str>,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// `file_` and 32 hexadecimal digits.
    pub id: String,
    /// The session that it belongs to.
    pub session: String,
    /// What people call it.
    pub name: String,
    /// `video`, `image` or `audio`.
    pub kind: String,
    /// SHA-256 of its content, 64 hexadecimal digits.
    pub sha256: String,
    /// Its bytes.
    pub bytes: u64,
    /// What it is like: JSON text.
    pub about: String,
    /// The key of its blob.
    pub blob: String,
    /// When it came.
    pub made: Moment,
}

impl File {
    fn read(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            session: row.try_get("session")?,
            name: row.try_get("name")?,
            kind: row.try_get("kind")?,
            sha256: row.try_get("sha256")?,
            bytes: row.try_get::<i64, _>("bytes")?.unsigned_abs(),
            about: row.try_get("about")?,
            blob: row.try_get("blob")?,
            made: moment(row, "made_ms")?,
        })
    }
}

/// The files of a [`Shelf`](crate::Shelf).
#[derive(Clone, Copy)]
pub struct Files<'a> {
    pub(crate) base: &'a Base,
    pub(crate) vault: &'a Vault,
}

impl Files<'_> {
    /// Writes down that a blob is a file of this session.
    ///
    /// With a key that came before, it is the file of then, and the blob that came now is removed; so it is where there is no
    /// session for it.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent) where the owner has no such session, or the key's file was deleted;
    /// [`Text`](ShelfError::Text).
    pub async fn put(
        &self,
        owner: &Owner,
        session: &str,
        draft: FileDraft<'_>,
        kept: Kept,
        now: Moment,
    ) -> Result<File> {
        let blob = kept.key.clone();
        let put = self.write(owner, session, draft, kept, now).await;
        let other = match &put {
            Ok(file) => file.blob != blob,
            Err(error) => *error == ShelfError::Absent,
        };
        if other {
            self.vault.remove(&blob).await?;
        }
        put
    }

    /// The row of a new file, or the one that its key has.
    async fn write(
        &self,
        owner: &Owner,
        session: &str,
        draft: FileDraft<'_>,
        kept: Kept,
        now: Moment,
    ) -> Result<File> {
        let (id, account, within) = (secret::name("file_")?, owner.text(), session.to_owned());
        let (name, kind) = (plain(draft.name, SHORT)?, plain(draft.kind, SHORT)?);
        let about = plain(draft.about, LONG)?;
        let key = draft.key.map(|key| plain(key, SHORT)).transpose()?;
        let bytes = i64::try_from(kept.bytes).map_err(|_| ShelfError::Range("bytes"))?;
        let own = id.clone();
        self.base
            .write(move |db| {
                Box::pin(async move {
                    sqlx::query(
                        "INSERT INTO file (id, session, account, key, name, kind, sha256, bytes, about, blob, made_ms)
                         SELECT $1, id, account, $4, $5, $6, $7, CAST($8 AS BIGINT), $9, $10, CAST($11 AS BIGINT) FROM session
                         WHERE id = $2 AND account = $3 AND deleted_ms IS NULL ON CONFLICT (session, key) DO NOTHING",
                    )
                    .bind(own)
                    .bind(within)
                    .bind(account)
                    .bind(key)
                    .bind(name)
                    .bind(kind)
                    .bind(kept.sha256)
                    .bind(bytes)
                    .bind(about)
                    .bind(kept.key)
                    .bind(now.0)
                    .execute(db)
                    .await?;
                    Ok(())
                })
            })
            .await?;
        let found = match draft.key {
            Some(key) => self.one("key", owner, session, key).await?,
            None => self.one("id", owner, session, &id).await?,
        };
        found.ok_or(ShelfError::Absent)
    }

    /// The first live file of a session whose `column` has this value.
    async fn one(
        &self,
        column: &'static str,
        owner: &Owner,
        session: &str,
        value: &str,
    ) -> Result<Option<File>> {
        let statement = format!(
            "SELECT id, session, name, kind, sha256, bytes, about, blob, made_ms FROM file
             WHERE session = $1 AND account = $2 AND deleted_ms IS NULL AND {column} = $3 ORDER BY made_ms, id LIMIT 1",
        );
        let found = sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(session)
            .bind(owner.as_str())
            .bind(value)
            .fetch_optional(self.base.read())
            .await?;
        found.as_ref().map(File::read).transpose()
    }

    /// The file of this id in this session.
    ///
    /// # Errors
    /// [`Absent`](ShelfError::Absent).
    pub async fn find(&self, owner: &Owner, session: &str, id: &str) -> Result<File> {
        self.one("id", owner, session, id).await?.ok_or(ShelfError::Absent)
    }

    /// The first file of this session with this content, if any.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn same(&self, owner: &Owner, session: &str, sha256: &str) -> Result<Option<File>> {
        self.one("sha256", owner, session, sha256).await
    }

    /// The files of a session, at most 1000, in the order in which they came.
    ///
    /// # Errors
    /// Only those of the database; another's session has no files.
    pub async fn list(&self, owner: &Owner, session: &str) -> Result<Vec<File>> {
        let rows = sqlx::query(
            "SELECT id, session, name, kind, sha256, bytes, about, blob, made_ms FROM file
             WHERE session = $1 AND account = $2 AND deleted_ms IS NULL ORDER BY made_ms, id LIMIT 1000",
        )
        .bind(session)
        .bind(owner.as_str())
        .fetch_all(self.base.read())
        .await?;
        rows.iter().map(File::read).collect()
    }
}
