//! The audit: balances against the lines that they follow from.

use sqlx::Row;

use super::Ledger;
use crate::error::Result;

impl Ledger<'_> {
    /// What does not add up, a sentence each; nothing, if all is well.
    ///
    /// Holds that the balance of every account is the sum of its lines and not negative, and that every hold that is resolved was
    /// made, and gave back or spent exactly what it held.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn audit(&self) -> Result<Vec<String>> {
        let balances = sqlx::query(
            "SELECT account.id, account.available, account.frozen,
                    CAST(coalesce(sum(entry.available), 0) AS BIGINT) AS sum_available,
                    CAST(coalesce(sum(entry.frozen), 0) AS BIGINT) AS sum_frozen
             FROM account LEFT JOIN entry ON entry.account = account.id
             GROUP BY account.id, account.available, account.frozen
             HAVING account.available <> coalesce(sum(entry.available), 0)
                 OR account.frozen <> coalesce(sum(entry.frozen), 0) OR account.available < 0 OR account.frozen < 0",
        )
        .fetch_all(self.0.read())
        .await?;
        let holds = sqlx::query(
            "SELECT done.reference, done.kind FROM entry done
             LEFT JOIN entry hold ON hold.reference = done.reference AND hold.kind = 'reserve' AND hold.account = done.account
             WHERE done.kind IN ('charge', 'refund', 'expire')
               AND (hold.id IS NULL OR done.frozen <> -hold.frozen OR done.available < 0 OR done.available > hold.frozen
                    OR (done.kind <> 'charge' AND done.available <> hold.frozen))",
        )
        .fetch_all(self.0.read())
        .await?;
        let mut wrong = Vec::new();
        for row in balances {
            let figure = |column: &str| row.try_get::<i64, _>(column);
            wrong.push(format!(
                "{}: {} available and {} frozen, but {} and {} by the ledger",
                row.try_get::<String, _>("id")?,
                figure("available")?,
                figure("frozen")?,
                figure("sum_available")?,
                figure("sum_frozen")?
            ));
        }
        for row in holds {
            let (reference, kind): (String, String) = (row.try_get("reference")?, row.try_get("kind")?);
            wrong.push(format!("{reference}: a {kind} that its hold does not bear out"));
        }
        Ok(wrong)
    }
}
