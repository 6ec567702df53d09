//! Whoever does jobs of one kind: takes one after the other until the server ends.

use std::time::Duration;

use shelf::{Claim, Moment};

use crate::server::disk;
use crate::server::house::Shared;

/// How long to wait before what may go well another time is tried again.
pub(crate) const PAUSE: Duration = Duration::from_secs(5);

/// Carries out jobs of one kind, one at a time; none where the disk is full.
pub(crate) async fn each<Done: Future<Output = ()>>(
    house: Shared,
    kind: &'static str,
    carry: impl Fn(Shared, Claim) -> Done,
) {
    while !house.is_closing() {
        if disk::room(&house, 0).is_err() {
            tokio::time::sleep(PAUSE).await;
            continue;
        }
        let claimed = house.shelf.jobs().claim(&[kind], house.settings.lease(), Moment::now()).await;
        match claimed {
            Ok(Some(claim)) => carry(house.clone(), claim).await,
            Ok(None) => _ = house.shelf.jobs().arrived(Duration::from_secs(1)).await,
            Err(fault) => {
                tracing::error!(%fault, kind, "no job could be claimed");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
