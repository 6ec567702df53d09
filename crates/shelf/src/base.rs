//! The database: many readers, and writes that are answered when they are flushed.

mod backup;
mod dialect;
mod open;
mod tables;
mod writer;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use sqlx::any::{AnyQueryResult, AnyRow};
use sqlx::{AnyConnection, AnyPool, Row};
use tokio::sync::RwLock;

pub(crate) use dialect::Dialect;
use writer::Writer;

use crate::error::{Result, ShelfError};
use crate::moment::Moment;
use crate::wake::Wakes;

/// What a write does with the connection that it is lent.
pub(crate) type Work<'c, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'c>>;

/// The database that is open.
pub(crate) struct Base {
    /// Connections that read; on PostgreSQL all of them.
    pool: AnyPool,
    /// The one that writes, on SQLite, until it is closed.
    writer: RwLock<Option<Writer>>,
    dialect: Dialect,
    wakes: Arc<Wakes>,
}

impl Base {
    /// Where reading starts.
    pub(crate) fn read(&self) -> &AnyPool {
        &self.pool
    }

    /// In what the databases differ.
    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Who waits for something new.
    pub(crate) fn wakes(&self) -> &Arc<Wakes> {
        &self.wakes
    }

    /// Does `work` in a transaction of its own, or undoes all of it where it fails; answers after the flush.
    ///
    /// Once begun it is carried through though the caller goes away.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> Work<'c, T> + Send + 'static,
    {
        match self.dialect {
            Dialect::Sqlite => {
                let answer = {
                    let writer = self.writer.read().await;
                    writer.as_ref().ok_or(ShelfError::Closed)?.hand_over(work).await?
                };
                answer.await.map_err(|_| ShelfError::Closed)?
            }
            Dialect::Postgres => {
                let pool = self.pool.clone();
                let done = tokio::spawn(async move {
                    let mut transaction = pool.begin().await?;
                    let outcome = work(&mut transaction).await?;
                    transaction.commit().await?;
                    Ok(outcome)
                });
                done.await.map_err(|_| ShelfError::Closed)?
            }
        }
    }

    /// One read, and one write that changes nothing.
    pub(crate) async fn ping(&self) -> Result<()> {
        sqlx::query("SELECT number FROM step").fetch_one(&self.pool).await?;
        self.write(|db| {
            Box::pin(async move {
                sqlx::query("UPDATE step SET number = number").execute(db).await?;
                Ok(())
            })
        })
        .await
    }

    /// Lets what was begun end, and closes every connection.
    pub(crate) async fn close(&self) {
        let writer = self.writer.write().await.take();
        if let Some(writer) = writer {
            writer.close().await;
        }
        self.pool.close().await;
    }
}

/// A moment in a column of milliseconds.
pub(crate) fn moment(row: &AnyRow, column: &str) -> Result<Moment> {
    Ok(Moment(row.try_get(column)?))
}

/// That a write met a row; `otherwise` where it met none.
pub(crate) fn met(written: &AnyQueryResult, otherwise: ShelfError) -> Result<()> {
    if written.rows_affected() == 0 { Err(otherwise) } else { Ok(()) }
}

/// Text that a column can take: at most `most` bytes, and no NUL, which PostgreSQL refuses.
pub(crate) fn plain(text: &str, most: usize) -> Result<String> {
    if text.len() > most || text.contains('\0') {
        return Err(ShelfError::Text);
    }
    Ok(text.to_owned())
}

/// Bytes that a name, an e-mail address or a key may have.
pub(crate) const SHORT: usize = 1024;
/// Bytes that a document or a body may have.
pub(crate) const LONG: usize = 64 << 20;
