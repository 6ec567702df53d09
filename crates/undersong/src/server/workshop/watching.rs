//! Watches films as soon as they have arrived, so that nobody who asks for music waits for it.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use shelf::{File, Owner};
use studio::Unattended;

use super::intake::About;
use super::{apart, problem};
use crate::cli::watch_view::WatchView;
use crate::server::dialect::errors::Problem;
use crate::server::house::{Shared, refused};

/// The films that are being watched, by the numbers of their files, and those that could not be.
pub(crate) type Watched = Mutex<HashSet<String>>;

/// Begins to watch a film of a session, unless that was begun.
pub(crate) fn begin(house: &Shared, owner: &Owner, session: &str, file: &str) {
    let mut watched = house.watched.lock().unwrap_or_else(PoisonError::into_inner);
    if !watched.insert(file.to_owned()) {
        return;
    }
    let (house, owner) = (house.clone(), owner.clone());
    let (session, file) = (session.to_owned(), file.to_owned());
    tokio::spawn(async move {
        match watch(&house, &owner, &session, &file).await {
            Ok(()) => _ = house.watched.lock().unwrap_or_else(PoisonError::into_inner).remove(&file),
            // Whoever asks for music will be told.
            Err(fault) => tracing::warn!(code = fault.code(), "a film could not be watched"),
        }
    });
}

/// Begins again with films whose watching ended with the server that had begun it.
pub(crate) fn resume(house: &Shared, owner: &Owner, session: &str, files: &[File]) {
    let films = files.iter().filter(|file| file.kind == "video");
    let unwatched = films.filter(|file| About::of(file).analysis.is_none());
    unwatched.for_each(|file| begin(house, owner, session, &file.id));
}

async fn watch(house: &Shared, owner: &Owner, session: &str, id: &str) -> Result<(), Problem> {
    let files = house.shelf.files();
    let file = files.find(owner, session, id).await.map_err(refused("file"))?;
    let path: PathBuf = house.shelf.blobs().local(&file.blob).await.map_err(refused("file"))?;
    let slot = house.turns.acquire().await.map_err(|_| Problem::Failed("The server ends.".to_owned()))?;
    let found = apart(move || studio::glance(&path, &Unattended)).await?;
    drop(slot);
    let found = found.map_err(|fault| problem(&fault))?;
    let mut about = About::of(&file);
    about.analysis = serde_json::to_value(WatchView::new(&found.profile)).ok();
    files.describe(owner, session, id, &about.written()).await.map_err(refused("file"))
}
