//! The audit: balances against the lines that they follow from.

use sqlx::Row;

use super::Ledger;
use crate::base::Dialect;
use crate::error::Result;

/// Accounts whose balance is not the sum of their lines.
const BALANCES: &str = "SELECT account.id || ': ' || account.available || ' available and ' || account.frozen || ' frozen, but '
        || coalesce(sum(entry.available), 0) || ' and ' || coalesce(sum(entry.frozen), 0) || ' by the ledger' AS wrong
    FROM account LEFT JOIN entry ON entry.account = account.id
    GROUP BY account.id, account.available, account.frozen
    HAVING account.available <> coalesce(sum(entry.available), 0) OR account.frozen <> coalesce(sum(entry.frozen), 0)
        OR account.available < 0 OR account.frozen < 0";

/// Holds that were resolved without having been made, or by other than what they held.
const HOLDS: &str = "SELECT done.reference || ': a ' || done.kind || ' that its hold does not bear out' AS wrong FROM entry done
    LEFT JOIN entry hold ON hold.reference = done.reference AND hold.kind = 'reserve' AND hold.account = done.account
    WHERE done.kind IN ('charge', 'refund', 'expire')
      AND (hold.id IS NULL OR done.frozen <> -hold.frozen OR done.available < 0 OR done.available > hold.frozen
           OR (done.kind <> 'charge' AND done.available <> hold.frozen))";

/// Jobs with a price that are live without an open hold, done without a charge, or have come to nothing without a refund.
const JOBS: &str = "SELECT job.id || ': ' || job.state || ', but its hold is ' || coalesce(done.kind, 'open') AS wrong FROM job
    LEFT JOIN entry done ON done.reference = 'job:' || job.id AND done.kind IN ('charge', 'refund', 'expire')
    WHERE job.price > 0 AND coalesce(done.kind, 'open') <> CASE job.state WHEN 'done' THEN 'charge'
        WHEN 'failed' THEN 'refund' WHEN 'cancelled' THEN 'refund' ELSE 'open' END";

impl Ledger<'_> {
    /// What does not add up, a sentence each; nothing, if all is well.
    ///
    /// Holds that the balance of every account is the sum of its lines and not negative; that every hold that is resolved was made,
    /// and gave back or spent exactly what it held; and that every job with a price was charged if it is done, given back if it came
    /// to nothing, and holds its price while it is live.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn audit(&self) -> Result<Vec<String>> {
        let mut wrong = Vec::new();
        // One transaction, so that nothing is written between the looks; only reading, so that nobody waits for it.
        let mut look = self.0.read().begin().await?;
        if self.0.dialect() == Dialect::Postgres {
            sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").execute(&mut *look).await?;
        }
        for statement in [BALANCES, HOLDS, JOBS] {
            for row in sqlx::query(statement).fetch_all(&mut *look).await? {
                wrong.push(row.try_get("wrong")?);
            }
        }
        look.rollback().await?;
        Ok(wrong)
    }
}
