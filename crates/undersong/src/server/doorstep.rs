//! Who stands at the door with a name and a password: how often they may try, and how many are looked at a time.

use std::time::Instant;

use sha2::{Digest, Sha256};
use shelf::{Moment, Owner, Plan, Shelf, ShelfError};
use tokio::sync::SemaphorePermit;

use super::dialect::errors::Problem;
use super::house::Shared;
use super::origin::Origin;
use super::random;
use super::settings::Settings;

/// Lets somebody try a password; while this is held, memory for one more hash is taken.
///
/// Counted for the address and for the e-mail address, whether it is known or not: neither one machine with many names nor many
/// machines with one name get far, and nobody hears from a refusal who is registered.
///
/// # Errors
/// [`Problem::TooOften`].
pub(crate) async fn knock<'h>(
    house: &'h Shared,
    from: Origin,
    email: &str,
) -> Result<SemaphorePermit<'h>, Problem> {
    let (per_minute, now) = (house.settings.token.sign_ins_per_minute, Instant::now());
    if let Some(place) = from.place() {
        house.rates.take(&format!("door {place}"), per_minute, now).map_err(Problem::TooOften)?;
    }
    // Hashed, so that a long text takes no more room than a short one.
    let name = random::hex(&Sha256::digest(email.trim().to_lowercase()));
    house.rates.take(&format!("name {name}"), per_minute, now).map_err(Problem::TooOften)?;
    house.passwords.acquire().await.map_err(|_| Problem::Failed("The server ends.".to_owned()))
}

/// Gives an account the credits that come with its plan, unless it had them before.
///
/// # Errors
/// Those of the shelf.
pub(crate) async fn welcome(
    shelf: &Shelf,
    settings: &Settings,
    owner: &Owner,
    plan: Plan,
) -> Result<(), ShelfError> {
    let credits = settings.rights(plan).credits;
    // The anonymous got theirs with the account.
    if plan == Plan::Anonymous || credits == 0 {
        return Ok(());
    }
    let reference = format!("plan:{}:{owner}", plan.as_str());
    shelf.ledger().grant(owner, &reference, credits, Moment::now()).await.map(|_| ())
}
