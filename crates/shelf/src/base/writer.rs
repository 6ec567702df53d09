//! Group commit: one connection writes for everybody, and many writes share one flush.
//!
//! What waits when a flush ends goes into the next transaction together, each write in a savepoint of its own; so nobody waits for
//! company, and everybody has it under load. A write hears of its success after the flush, never before.

use std::future::Future;
use std::pin::Pin;

use sqlx::{AnyConnection, Connection};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::Work;
use crate::error::{Result, ShelfError};

/// Writes in one transaction at most: what an unlucky flush can fail together.
const TOGETHER: usize = 256;
/// Writes that may wait; beyond that, callers wait to be let in.
const WAITING: usize = 1024;

/// Hands writes to the connection.
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Write>>,
    task: JoinHandle<()>,
}

/// A write, whatever it answers with.
trait Write: Send {
    /// Does the work, and keeps its outcome; whether it succeeded.
    fn run<'c>(&'c mut self, db: &'c mut AnyConnection) -> Pin<Box<dyn Future<Output = bool> + Send + 'c>>;

    /// Tells the caller: its outcome where the flush succeeded, else what went wrong with that.
    fn answer(self: Box<Self>, flushed: Result<()>);
}

/// Work with the place to which its outcome goes.
struct Piece<T, F> {
    work: Option<F>,
    outcome: Option<Result<T>>,
    tell: oneshot::Sender<Result<T>>,
}

impl<T, F> Write for Piece<T, F>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut AnyConnection) -> Work<'c, T> + Send + 'static,
{
    fn run<'c>(&'c mut self, db: &'c mut AnyConnection) -> Pin<Box<dyn Future<Output = bool> + Send + 'c>> {
        Box::pin(async move {
            let Some(work) = self.work.take() else { return false };
            let outcome = work(db).await;
            let good = outcome.is_ok();
            self.outcome = Some(outcome);
            good
        })
    }

    fn answer(self: Box<Self>, flushed: Result<()>) {
        // A refusal stands whatever the flush did: nothing of it was to be kept.
        let outcome = match (self.outcome, flushed) {
            (Some(Err(refused)), _) => Err(refused),
            (_, Err(lost)) => Err(lost),
            (Some(Ok(outcome)), Ok(())) => Ok(outcome),
            (None, Ok(())) => Err(ShelfError::Closed),
        };
        // Whoever went away does not want to know.
        let _ = self.tell.send(outcome);
    }
}

impl Writer {
    /// Starts writing on this connection.
    pub(super) fn start(connection: AnyConnection) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        Self { queue, task: tokio::spawn(write_all(connection, waiting)) }
    }

    /// Puts work into the queue; what comes back is told after the flush.
    pub(super) async fn hand_over<T, F>(&self, work: F) -> Result<oneshot::Receiver<Result<T>>>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> Work<'c, T> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let piece = Piece { work: Some(work), outcome: None, tell };
        self.queue.send(Box::new(piece)).await.map_err(|_| ShelfError::Closed)?;
        Ok(told)
    }

    /// Takes nothing more, and waits until all is written.
    pub(super) async fn close(self) {
        drop(self.queue);
        let _ = self.task.await;
    }
}

/// Writes until nobody can hand anything over any more.
async fn write_all(mut connection: AnyConnection, mut waiting: mpsc::Receiver<Box<dyn Write>>) {
    let mut group = Vec::with_capacity(TOGETHER);
    while waiting.recv_many(&mut group, TOGETHER).await > 0 {
        let flushed = transact(&mut connection, &mut group).await;
        if flushed.is_err() {
            // The transaction may be gone already: SQLite ends it by itself on a full disk.
            let _ = sqlx::query("ROLLBACK").execute(&mut connection).await;
        }
        for write in group.drain(..) {
            write.answer(flushed.clone());
        }
    }
    let _ = connection.close().await;
}

/// All of the group in one transaction.
async fn transact(db: &mut AnyConnection, group: &mut [Box<dyn Write>]) -> Result<()> {
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *db).await?;
    for write in group {
        sqlx::query("SAVEPOINT one").execute(&mut *db).await?;
        if !write.run(db).await {
            sqlx::query("ROLLBACK TO one").execute(&mut *db).await?;
        }
        sqlx::query("RELEASE one").execute(&mut *db).await?;
    }
    sqlx::query("COMMIT").execute(db).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use sqlx::{ConnectOptions, Row, any::AnyConnectOptions};

    use super::*;

    /// A writer on a database that has room for `pages` pages of 4 KiB, as on a disk that is nearly full.
    async fn writer(folder: &std::path::Path, pages: u32) -> Writer {
        sqlx::any::install_default_drivers();
        let url = format!("sqlite://{}/small.db?mode=rwc", folder.display());
        let mut connection = url.parse::<AnyConnectOptions>().unwrap().connect().await.unwrap();
        let room = format!("PRAGMA max_page_count = {pages}");
        for statement in
            ["PRAGMA journal_mode = WAL", room.as_str(), "CREATE TABLE line (text TEXT NOT NULL)"]
        {
            sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
        }
        Writer::start(connection)
    }

    async fn write(writer: &Writer, statement: &'static str, text: String) -> Result<i64> {
        let told = writer.hand_over(move |db| {
            Box::pin(async move {
                sqlx::query(statement).bind(text).execute(&mut *db).await?;
                let row = sqlx::query("SELECT count(*) AS lines FROM line").fetch_one(db).await?;
                Ok(row.try_get("lines")?)
            })
        });
        told.await?.await.unwrap()
    }

    #[test]
    fn full_disk_is_told_and_survived() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let writer = writer(folder.path(), 40).await;
            const ADD: &str = "INSERT INTO line VALUES ($1)";
            let mut lines = 0;
            let full = loop {
                match write(&writer, ADD, "x".repeat(10_000)).await {
                    Ok(count) => lines = count,
                    Err(error) => break error,
                }
            };
            assert_eq!(full, ShelfError::Full);
            assert!(lines > 5, "{lines} lines fitted");
            // All of a group are told, and what was acknowledged before is there.
            let group = (0..5).map(|_| write(&writer, ADD, "x".repeat(50_000)));
            for one in group {
                assert_eq!(one.await, Err(ShelfError::Full));
            }
            assert_eq!(
                write(&writer, "UPDATE line SET text = $1 WHERE text = ''", String::new()).await,
                Ok(lines)
            );
            write(&writer, "DELETE FROM line WHERE text <> $1", String::new()).await.unwrap();
            assert_eq!(write(&writer, ADD, "room again".to_owned()).await, Ok(1));
            writer.close().await;
        });
    }

    #[test]
    fn closed_writer_has_written_what_it_took() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let writer = writer(folder.path(), 1000).await;
            let mut told = Vec::new();
            for _ in 0..300 {
                let one = writer.hand_over(|db| {
                    Box::pin(async move {
                        sqlx::query("INSERT INTO line VALUES ('x')").execute(db).await?;
                        Ok(())
                    })
                });
                told.push(one.await.unwrap());
            }
            writer.close().await;
            for one in told {
                assert_eq!(one.await.unwrap(), Ok(()));
            }
        });
    }
}
