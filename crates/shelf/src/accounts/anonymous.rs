//! Accounts without a name: one for each client, with credits and a token.

use std::time::Duration;

use sqlx::{AnyConnection, Row};

use super::{Account, Accounts, Plan, tokens};
use crate::base::{SHORT, plain};
use crate::error::{Result, ShelfError};
use crate::ledger;
use crate::moment::Moment;
use crate::owner::Owner;
use crate::secret;

/// On what terms somebody without a name comes in.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Credits to begin with; 0 or more.
    pub credits: i64,
    /// How long a token opens the door, and how soon the same client can have another.
    pub life: Duration,
    /// Accounts that one place can have in that time; `None` is no limit.
    pub per_origin: Option<u32>,
}

/// A new account, or an old one with a new token.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// The token, here and nowhere else: `nmv_usr_` and 43 letters of base64url. Only its hash is kept.
    pub token: String,
    /// What it opens.
    pub account: Account,
    /// Until when.
    pub expires: Moment,
}

/// The owner of the one account of a single-user server.
const SINGLE: &str = "local";

impl Accounts<'_> {
    /// A new account for `client`, any stable text; `origin` is where the request came from, if places are counted.
    ///
    /// A client whose token has expired gets a new account, not the old one: a client's id is no secret.
    ///
    /// # Errors
    /// [`TooOften`](ShelfError::TooOften) where this client, or its place, has what it may have.
    pub async fn anonymous(
        &self,
        client: &str,
        origin: Option<&str>,
        terms: &Terms,
        now: Moment,
    ) -> Result<Welcome> {
        let coming = Coming {
            client: secret::sha256(client),
            origin: origin.map(|place| secret::sha256(&format!("origin {place}"))),
            terms: *terms,
            owner: secret::name("anon_")?,
            token: secret::token("nmv_usr_")?,
            now,
        };
        let token = coming.token.clone();
        let owner = Owner::kept(coming.owner.clone());
        self.0.write(move |db| Box::pin(coming.come_in(db))).await?;
        let account = self.find(&owner).await?;
        Ok(Welcome { token, account, expires: now.plus(terms.life) })
    }

    /// The one account of a single-user server, with `credits` from the first time on.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn single(&self, credits: i64, now: Moment) -> Result<Account> {
        self.0
            .write(move |db| {
                Box::pin(async move {
                    if make(db, SINGLE, Plan::Pro, now).await? {
                        ledger::grant(db, SINGLE, "welcome:local", credits, now).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        self.find(&Owner::vouched(SINGLE)).await
    }
}

/// Somebody at the door.
struct Coming {
    client: String,
    origin: Option<String>,
    terms: Terms,
    owner: String,
    token: String,
    now: Moment,
}

impl Coming {
    /// Account, credits, token; all or nothing.
    async fn come_in(self, db: &mut AnyConnection) -> Result<()> {
        let since = self.now.minus(self.terms.life);
        if let (Some(origin), Some(most)) = (&self.origin, self.terms.per_origin) {
            places(db, origin, most, since).await?;
        }
        make(db, &self.owner, Plan::Anonymous, self.now).await?;
        let entered = sqlx::query(
            "INSERT INTO client (hash, account, origin, made_ms) VALUES ($1, $2, $3, $4)
             ON CONFLICT (hash) DO UPDATE SET account = excluded.account, origin = excluded.origin, made_ms = excluded.made_ms
             WHERE client.made_ms <= $5",
        )
        .bind(&self.client)
        .bind(&self.owner)
        .bind(&self.origin)
        .bind(self.now.0)
        .bind(since.0)
        .execute(&mut *db)
        .await?;
        if entered.rows_affected() == 0 {
            let row = sqlx::query("SELECT made_ms FROM client WHERE hash = $1")
                .bind(&self.client)
                .fetch_one(db)
                .await?;
            return Err(ShelfError::TooOften { wait: Moment(row.try_get("made_ms")?).since(since) });
        }
        ledger::grant(db, &self.owner, &format!("welcome:{}", self.owner), self.terms.credits, self.now)
            .await?;
        tokens::keep(db, &self.token, &self.owner, self.now, self.now.plus(self.terms.life)).await
    }
}

/// Refuses a place that has had its accounts since then.
async fn places(db: &mut AnyConnection, origin: &str, most: u32, since: Moment) -> Result<()> {
    let row = sqlx::query(
        "SELECT count(*) AS had, coalesce(min(made_ms), 0) AS first FROM client WHERE origin = $1 AND made_ms > $2",
    )
    .bind(origin)
    .bind(since.0)
    .fetch_one(db)
    .await?;
    if row.try_get::<i64, _>("had")? >= i64::from(most) {
        return Err(ShelfError::TooOften { wait: Moment(row.try_get("first")?).since(since) });
    }
    Ok(())
}

/// An empty account; whether it is new.
async fn make(db: &mut AnyConnection, id: &str, plan: Plan, now: Moment) -> Result<bool> {
    let made = sqlx::query(
        "INSERT INTO account (id, plan, available, frozen, created_ms) VALUES ($1, $2, 0, 0, $3)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(plain(id, SHORT)?)
    .bind(plan.as_str())
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(made.rows_affected() > 0)
}
