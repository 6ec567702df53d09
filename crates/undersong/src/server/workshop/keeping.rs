//! What has to be done now and then: runs and jobs of dead servers, and what nobody names any more.

use std::time::Duration;

use shelf::{Moment, ShelfError};

use super::{rendering, turning};
use crate::server::house::Shared;

/// How often somebody looks.
const ROUND: Duration = Duration::from_secs(2);
/// How often what is old is thrown away.
const CLEANING: u32 = 300;
/// How many things are thrown away in one round.
const HANDFUL: u32 = 100;
/// How long answers to idempotent requests are remembered.
const REMEMBERED: Duration = Duration::from_secs(24 * 3600);

/// Looks after the house until the server ends.
pub(crate) async fn work(house: Shared) {
    let mut round = 0_u32;
    while !house.is_closing() {
        if let Err(fault) = look(&house, round.is_multiple_of(CLEANING)).await {
            tracing::warn!(%fault, "looking after the house failed");
        }
        round = round.wrapping_add(1);
        tokio::time::sleep(ROUND).await;
    }
}

async fn look(house: &Shared, clean: bool) -> Result<(), ShelfError> {
    while turning::take_over(house).await? {}
    house.shelf.jobs().sweep(Moment::now(), rendering::obituary).await?;
    if clean {
        for blob in house.shelf.files().gone(HANDFUL).await? {
            house.shelf.blobs().remove(&blob).await?;
            house.shelf.files().forget(&blob).await?;
        }
        let old = Moment(Moment::now().0 - REMEMBERED.as_millis() as i64);
        house.shelf.replies().forget(old).await?;
        house.shelf.ledger().expire(old, Moment::now()).await?;
    }
    Ok(())
}
