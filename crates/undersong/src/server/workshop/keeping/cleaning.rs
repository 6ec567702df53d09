//! Throws away what nobody needs any more: what is older than the settings keep it, and blobs that no row names.

use std::time::Duration;

use shelf::{Job, Moment, Owner, Plan, ShelfError};

use crate::server::house::Shared;
use crate::server::workshop::preview::{self, PREVIEW};
use crate::server::workshop::rendering::{self, RENDER};
use crate::server::workshop::resuming;

/// How many things are thrown away at once.
const HANDFUL: u32 = 100;
/// How long answers to idempotent requests are remembered, and credits held that no job owns.
const REMEMBERED: Duration = Duration::from_secs(24 * 3600);

/// Throws away what is old.
pub(super) async fn clean(house: &Shared) -> Result<(), ShelfError> {
    let now = Moment::now();
    leave(house, now).await?;
    films(house, now).await?;
    files(house).await?;
    rows(house, now).await?;
    disk(house).await
}

/// Deletes sessions of anonymous accounts that nobody came back to.
async fn leave(house: &Shared, now: Moment) -> Result<(), ShelfError> {
    let Some(before) = house.settings.keep.anonymous_sessions.before(now) else { return Ok(()) };
    loop {
        let idle = house.shelf.sessions().idle(Plan::Anonymous, before, HANDFUL).await?;
        for (owner, session) in &idle {
            match house.shelf.sessions().delete(owner, session, now).await {
                // Another server was quicker.
                Err(ShelfError::Absent) => {}
                done => done?,
            }
        }
        if idle.len() < HANDFUL as usize {
            return Ok(());
        }
    }
}

/// Removes films and previews that were kept long enough, and those of sessions that are gone.
async fn films(house: &Shared, now: Moment) -> Result<(), ShelfError> {
    let jobs = house.shelf.jobs();
    let kept = [(RENDER, house.settings.keep.exports.before(now)), (PREVIEW, Some(now.minus(preview::KEPT)))];
    for (kind, before) in kept {
        loop {
            let mut old = jobs.orphaned(kind, HANDFUL).await?;
            if let Some(before) = before {
                old.extend(jobs.finished_before(kind, before, HANDFUL).await?);
            }
            for (owner, job) in &old {
                remove(house, owner, job).await?;
            }
            if old.len() < HANDFUL as usize {
                break;
            }
        }
    }
    Ok(())
}

/// Removes a film; the row first, for a film that no row names is found again, but a row without its film is a promise.
async fn remove(house: &Shared, owner: &Owner, job: &Job) -> Result<(), ShelfError> {
    let film = rendering::made(job).map(|made| made.blob);
    house.shelf.jobs().forget_result(owner, &job.id).await?;
    match film {
        Some(film) => house.shelf.blobs().remove(&film).await,
        None => Ok(()),
    }
}

/// Removes the files of sessions that were deleted.
async fn files(house: &Shared) -> Result<(), ShelfError> {
    loop {
        let gone = house.shelf.files().gone(HANDFUL).await?;
        for blob in &gone {
            house.shelf.blobs().remove(blob).await?;
            house.shelf.files().forget(blob).await?;
        }
        if gone.len() < HANDFUL as usize {
            return Ok(());
        }
    }
}

/// Strikes out rows.
async fn rows(house: &Shared, now: Moment) -> Result<(), ShelfError> {
    let (shelf, keep) = (&house.shelf, &house.settings.keep);
    if let Some(older) = keep.deleted_sessions.before(now) {
        while shelf.sessions().forget(older, HANDFUL).await? == u64::from(HANDFUL) {}
    }
    if let Some(older) = keep.events.before(now) {
        while shelf.events().forget(older, HANDFUL).await? == u64::from(HANDFUL) {}
    }
    if let Some(older) = keep.deliveries.before(now) {
        shelf.deliveries().forget(older).await?;
    }
    // A client that is forgotten may come again, so not before its token has ended.
    shelf.accounts().forget(now.minus(house.settings.token_life())).await?;
    let remembered = now.minus(REMEMBERED);
    shelf.replies().forget(remembered).await?;
    shelf.ledger().expire(remembered, now).await.map(|_| ())
}

/// Removes copies, and what killed servers left.
async fn disk(house: &Shared) -> Result<(), ShelfError> {
    let (blobs, keep) = (house.shelf.blobs(), &house.settings.keep);
    if let Some(older) = keep.copies.duration() {
        blobs.sweep_copies(older).await?;
    }
    if let Some(older) = keep.unfinished.duration() {
        blobs.sweep_incoming(older).await?;
        blobs.sweep_scratch(older).await?;
        if let Err(why) = resuming::sweep(house, older) {
            tracing::warn!(kind = ?why.kind(), "uploads that were broken off cannot be removed");
        }
    }
    Ok(())
}

/// Removes blobs that no row names: a server was killed between keeping one and writing down that it did.
pub(super) async fn take_stock(house: &Shared) -> Result<(), ShelfError> {
    let Some(older) = house.settings.keep.unfinished.duration() else { return Ok(()) };
    let (blobs, mut strays) = (house.shelf.blobs(), 0_u64);
    for key in blobs.list("up", older).await? {
        if !house.shelf.files().names(&key).await? {
            blobs.remove(&key).await?;
            strays += 1;
        }
    }
    let made = [blobs.list(RENDER, older).await?, blobs.list(PREVIEW, older).await?].concat();
    for key in made {
        let job = key.split_once('/').and_then(|(_, name)| name.rsplit_once('-')).map(|(job, _)| job);
        if !house.shelf.jobs().names(job.unwrap_or_default(), &key).await? {
            blobs.remove(&key).await?;
            strays += 1;
        }
    }
    tracing::info!(strays, "stock was taken");
    Ok(())
}
