//! What has to be done now and then: runs and jobs of dead servers, and what nobody needs any more.

mod cleaning;

use std::time::{Duration, Instant};

use shelf::{Moment, ShelfError};

use super::{rendering, turning};
use crate::server::house::Shared;

/// How often somebody looks.
const ROUND: Duration = Duration::from_secs(2);
/// How often every blob is held against the rows; it takes a while where there are many.
const STOCKTAKING: Duration = Duration::from_secs(24 * 3600);

/// Looks after the house until the server ends.
pub(crate) async fn work(house: Shared) {
    let every = house.settings.keep.every.duration().unwrap_or(STOCKTAKING);
    let (mut cleaned, mut counted): (Option<Instant>, Option<Instant>) = (None, None);
    let due = |last: Option<Instant>, every| last.is_none_or(|last| last.elapsed() >= every);
    let mut closing = house.closing.subscribe();
    while !house.is_closing() {
        told("looking after the house", look(&house).await);
        if due(cleaned, every) {
            cleaned = Some(Instant::now());
            told("throwing away what is old", cleaning::clean(&house).await);
        }
        if due(counted, STOCKTAKING) {
            counted = Some(Instant::now());
            told("looking for what no row names", cleaning::take_stock(&house).await);
        }
        // A closed channel is as good as the word.
        let _ = tokio::time::timeout(ROUND.min(every), closing.wait_for(|closing| *closing)).await;
    }
}

fn told(what: &str, done: Result<(), ShelfError>) {
    if let Err(fault) = done {
        tracing::warn!(%fault, what, "it failed");
    }
}

async fn look(house: &Shared) -> Result<(), ShelfError> {
    while turning::take_over(house).await? {}
    house.shelf.jobs().sweep(Moment::now(), rendering::obituary).await.map(|_| ())
}
