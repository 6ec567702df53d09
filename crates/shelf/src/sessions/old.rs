//! Sessions that nobody comes back to, and what is left of those that were deleted.

use sqlx::Row as _;

use super::Sessions;
use crate::accounts::Plan;
use crate::error::Result;
use crate::moment::Moment;
use crate::owner::Owner;

/// In this order, for a session's row is named by all others.
const LEFT: [&str; 5] = [
    "DELETE FROM event WHERE session = $1",
    "DELETE FROM run WHERE session = $1",
    "DELETE FROM claim WHERE session = $1",
    "DELETE FROM job WHERE session = $1",
    "DELETE FROM session WHERE id = $1",
];

impl Sessions<'_> {
    /// Sessions of accounts with this plan in which nothing was changed, said, brought or asked for since `before`, and nothing
    /// goes on: at most `most`. For throwing them away.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn idle(&self, plan: Plan, before: Moment, most: u32) -> Result<Vec<(Owner, String)>> {
        let rows = sqlx::query(
            "SELECT session.account, session.id FROM session JOIN account ON account.id = session.account
             WHERE account.plan = $1 AND session.deleted_ms IS NULL AND session.updated_ms < $2
               AND NOT EXISTS (SELECT 1 FROM file WHERE file.session = session.id AND file.made_ms >= $2)
               AND NOT EXISTS (SELECT 1 FROM event WHERE event.session = session.id AND event.made_ms >= $2)
               AND NOT EXISTS (SELECT 1 FROM job WHERE job.session = session.id
                               AND (job.created_ms >= $2 OR job.state IN ('waiting', 'running')))
             ORDER BY session.updated_ms LIMIT $3",
        )
        .bind(plan.as_str())
        .bind(before.0)
        .bind(i64::from(most))
        .fetch_all(self.0.read())
        .await?;
        rows.iter().map(|row| Ok((Owner::kept(row.try_get("account")?), row.try_get("id")?))).collect()
    }

    /// Strikes out what is left of sessions that were deleted before `older`: at most `most` sessions; how many.
    ///
    /// One whose blobs are still to be removed waits: see [`Files::gone`](crate::Files::gone) and
    /// [`Jobs::orphaned`](crate::Jobs::orphaned).
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn forget(&self, older: Moment, most: u32) -> Result<u64> {
        let rows = sqlx::query(
            "SELECT id FROM session WHERE deleted_ms < $1
               AND NOT EXISTS (SELECT 1 FROM file WHERE file.session = session.id)
               AND NOT EXISTS (SELECT 1 FROM job WHERE job.session = session.id AND job.result IS NOT NULL)
             LIMIT $2",
        )
        .bind(older.0)
        .bind(i64::from(most))
        .fetch_all(self.0.read())
        .await?;
        for row in &rows {
            let id: String = row.try_get("id")?;
            self.0
                .write(move |db| {
                    Box::pin(async move {
                        for statement in LEFT {
                            sqlx::query(statement).bind(&id).execute(&mut *db).await?;
                        }
                        Ok(())
                    })
                })
                .await?;
        }
        Ok(rows.len() as u64)
    }
}
