//! The other routes of the Agent Development Kit, for its own clients and its page.

use axum::extract::{Path, State};
use shelf::{Draft, JobState, Moment};

use crate::server::caller::Caller;
use crate::server::dialect::envelope::{Bare, Listed, Nothing};
use crate::server::dialect::errors::Problem;
use crate::server::dialect::event::AGENT;
use crate::server::dialect::kit::{Artifact, KitSession, Renaming};
use crate::server::dialect::message::{Anything, Body};
use crate::server::dialect::render::Export;
use crate::server::house::{SESSION, Shared, refused};
use crate::server::workshop::document::Document;
use crate::server::workshop::rendering::{self, RENDER};

/// The most sessions, events and exports in an answer.
const MOST: u32 = 1000;

/// The names of the agents; there is one.
pub(crate) async fn apps() -> Listed<String> {
    Listed(vec![AGENT.to_owned()])
}

/// The sessions of an account.
pub(crate) async fn list(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user)): Path<(String, String)>,
) -> Result<Listed<KitSession>, Problem> {
    caller.is(&user)?;
    let rows = house.shelf.sessions().list(caller.owner(), MOST, None).await.map_err(refused(SESSION))?;
    Ok(Listed(rows.iter().map(|row| KitSession::listed(row, &user)).collect()))
}

/// Makes a session.
pub(crate) async fn make(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user)): Path<(String, String)>,
    body: Body<Anything>,
) -> Result<Bare<KitSession>, Problem> {
    caller.is(&user)?;
    body.read()?;
    let document = Document::default();
    let written = document.written();
    let draft = Draft { name: "project", language: "en", document: &written, key: None };
    let made =
        house.shelf.sessions().make(caller.owner(), draft, Moment::now()).await.map_err(refused(SESSION))?;
    Ok(Bare(KitSession::of(&made, &document, &user, Vec::new())))
}

/// A session with its events.
pub(crate) async fn find(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user, id)): Path<(String, String, String)>,
) -> Result<Bare<KitSession>, Problem> {
    caller.is(&user)?;
    found(&house, &caller, &user, &id).await
}

async fn found(house: &Shared, caller: &Caller, user: &str, id: &str) -> Result<Bare<KitSession>, Problem> {
    let found = house.shelf.sessions().find(caller.owner(), id).await.map_err(refused(SESSION))?;
    let events = house.shelf.events().after(caller.owner(), id, 0, MOST).await.map_err(refused(SESSION))?;
    let events = events.iter().filter_map(|event| serde_json::from_str(&event.body).ok()).collect();
    Ok(Bare(KitSession::of(&found, &Document::read(&found.document)?, user, events)))
}

/// Changes the name of a session; nothing else can be changed like this.
pub(crate) async fn patch(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user, id)): Path<(String, String, String)>,
    body: Body<Renaming>,
) -> Result<Bare<KitSession>, Problem> {
    caller.is(&user)?;
    if let Renaming(Some(name)) = body.read()? {
        let renamed = house.shelf.sessions().rename(caller.owner(), &id, &name, Moment::now()).await;
        renamed.map_err(refused(SESSION))?;
    }
    found(&house, &caller, &user, &id).await
}

/// Deletes a session.
pub(crate) async fn delete(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user, id)): Path<(String, String, String)>,
) -> Result<Bare<Nothing>, Problem> {
    caller.is(&user)?;
    house.shelf.sessions().delete(caller.owner(), &id, Moment::now()).await.map_err(refused(SESSION))?;
    Ok(Bare(Nothing))
}

/// The names of finished exports.
pub(crate) async fn artifacts(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user, id)): Path<(String, String, String)>,
) -> Result<Listed<String>, Problem> {
    caller.is(&user)?;
    house.shelf.sessions().find(caller.owner(), &id).await.map_err(refused(SESSION))?;
    let jobs = house
        .shelf
        .jobs()
        .list(caller.owner(), Some(&id), Some(RENDER), MOST)
        .await
        .map_err(refused(SESSION))?;
    let done = jobs.iter().filter(|job| job.state == JobState::Done);
    Ok(Listed(done.map(|job| job.key.clone()).collect()))
}

/// Where a finished export is.
pub(crate) async fn artifact(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user, id, name)): Path<(String, String, String, String)>,
) -> Result<Bare<Artifact>, Problem> {
    caller.is(&user)?;
    let job = rendering::find(&house, caller.owner(), &name, "artifact").await?;
    if job.session != id || job.state != JobState::Done {
        return Err(Problem::NotThere("artifact"));
    }
    Ok(Bare(Artifact::of(Export::of(&house, &caller, &job).output)))
}
