//! Exports: asked for, looked at, called off, listed.

use axum::extract::{Path, State};
use shelf::Moment;
use timeline::Timeline;

use crate::server::caller::Caller;
use crate::server::dialect::envelope::Told;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::message::Body;
use crate::server::dialect::output::Request;
use crate::server::dialect::posted::{Stock, laid};
use crate::server::dialect::render::{Export, Exported, Exports};
use crate::server::house::{SESSION, Shared, refused};
use crate::server::workshop::document::Document;
use crate::server::workshop::intake;
use crate::server::workshop::rendering::{self, RENDER, Wish};

/// The most exports in a list.
const MOST: u32 = 200;

/// Asks for an export.
pub(crate) async fn ask(
    State(house): State<Shared>,
    caller: Caller,
    body: Body<Request>,
) -> Result<Exported, Problem> {
    if caller.is_blocked() {
        return Err(Problem::PlanBlocked);
    }
    let request = body.read()?;
    house.shelf.sessions().find(caller.owner(), &request.session).await.map_err(refused(SESSION))?;
    let key = request.id.clone().unwrap_or_else(|| Wish::plain().key);
    let known = rendering::known(&house, caller.owner(), &request.session, &key, &request.asked).await?;
    let job = match known {
        Some(job) => job,
        None => {
            let timeline = posted(&house, &caller, &request).await?;
            let wish = Wish { key, asked: request.asked, timeline, look: request.look };
            rendering::ask(&house, caller.owner(), &request.session, &wish).await?
        }
    };
    Ok(Exported::of(&house, &caller, &job))
}

/// The timeline of a posted draft, where there is one.
async fn posted(house: &Shared, caller: &Caller, request: &Request) -> Result<Option<Timeline>, Problem> {
    let Some(draft) = &request.draft else { return Ok(None) };
    let (owner, session) = (caller.owner(), request.session.as_str());
    let found = house.shelf.sessions().find(owner, session).await.map_err(refused(SESSION))?;
    let document = Document::read(&found.document)?;
    let nothing = || Problem::Malformed("There is nothing to export yet: upload a film first.".to_owned());
    let files = house.shelf.files().list(owner, session).await.map_err(refused(SESSION))?;
    let stock = Stock {
        films: files.iter().filter_map(intake::source).collect(),
        recordings: files
            .iter()
            .filter(|file| file.kind == "audio")
            .map(|file| (file.id.clone(), file.name.clone()))
            .collect(),
    };
    laid(draft, document.now().ok_or_else(nothing)?, &stock).map(Some)
}

/// An export as it stands.
pub(crate) async fn look(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Exported, Problem> {
    let job = rendering::find(&house, caller.owner(), &id, "export").await?;
    Ok(Exported::of(&house, &caller, &job))
}

/// Calls an export off.
pub(crate) async fn cancel(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Exported, Problem> {
    let id = rendering::find(&house, caller.owner(), &id, "export").await?.id;
    let job =
        house.shelf.jobs().cancel(caller.owner(), &id, Moment::now()).await.map_err(refused("export"))?;
    Ok(Exported::of(&house, &caller, &job))
}

/// The exports of an account.
pub(crate) async fn list(State(house): State<Shared>, caller: Caller) -> Result<Told<Exports>, Problem> {
    let jobs =
        house.shelf.jobs().list(caller.owner(), None, Some(RENDER), MOST).await.map_err(refused("export"))?;
    Ok(Told(Exports { renders: jobs.iter().map(|job| Export::of(&house, &caller, job)).collect() }))
}
