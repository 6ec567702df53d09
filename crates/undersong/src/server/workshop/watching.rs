//! Watches films as soon as they have arrived, so that nobody who asks for music waits for it.

use std::path::PathBuf;

use shelf::Owner;
use studio::Unattended;

use super::intake::About;
use super::{apart, problem};
use crate::cli::watch_view::WatchView;
use crate::server::dialect::errors::Problem;
use crate::server::house::{Shared, refused};

/// Begins to watch a film of a session.
pub(crate) fn begin(house: &Shared, owner: &Owner, session: &str, file: &str) {
    let (house, owner) = (house.clone(), owner.clone());
    let (session, file) = (session.to_owned(), file.to_owned());
    tokio::spawn(async move {
        if let Err(fault) = watch(&house, &owner, &session, &file).await {
            // Whoever asks for music will be told.
            tracing::warn!(code = fault.code(), "a film could not be watched");
        }
    });
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
