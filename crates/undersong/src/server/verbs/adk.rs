//! The other routes of the Agent Development Kit, for its own clients and its page.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use shelf::{Draft, JobState, Moment, Session};

use crate::server::caller::Caller;
use crate::server::dialect::draft::draft;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::event::AGENT;
use crate::server::dialect::message::{field, lenient};
use crate::server::dialect::render;
use crate::server::house::{SESSION, Shared, refused};
use crate::server::workshop::document::Document;
use crate::server::workshop::rendering::RENDER;

/// The most sessions, events and exports in an answer.
const MOST: u32 = 1000;

/// `GET /list-apps`
pub(crate) async fn apps() -> Response {
    Json(json!([AGENT])).into_response()
}

/// A session as the Kit knows it.
fn view(session: &Session, document: &Document, user: &str, events: Vec<Value>) -> Value {
    json!({
        "id": session.id, "appName": AGENT, "userId": user,
        "state": { "draft": draft(document.now(), &document.music, session.revision), "revision": session.revision },
        "events": events, "lastUpdateTime": session.updated.0 as f64 / 1000.0,
    })
}

/// `GET /apps/{app}/users/{user}/sessions`
pub(crate) async fn list(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user)): Path<(String, String)>,
) -> Result<Response, Problem> {
    caller.is(&user)?;
    let rows = house.shelf.sessions().list(caller.owner(), MOST, None).await.map_err(refused(SESSION))?;
    let told = |row: &shelf::Row| {
        json!({
            "id": row.id, "appName": AGENT, "userId": user, "state": {}, "events": [],
            "lastUpdateTime": row.updated.0 as f64 / 1000.0,
        })
    };
    Ok(Json(rows.iter().map(told).collect::<Vec<Value>>()).into_response())
}

/// `POST /apps/{app}/users/{user}/sessions`
pub(crate) async fn make(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, Problem> {
    caller.is(&user)?;
    lenient(&body)?;
    let document = Document::default();
    let written = document.written();
    let draft = Draft { name: "project", language: "en", document: &written, key: None };
    let made =
        house.shelf.sessions().make(caller.owner(), draft, Moment::now()).await.map_err(refused(SESSION))?;
    Ok(Json(view(&made, &document, &user, Vec::new())).into_response())
}

/// `GET /apps/{app}/users/{user}/sessions/{session}`
pub(crate) async fn find(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user, id)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    caller.is(&user)?;
    let found = house.shelf.sessions().find(caller.owner(), &id).await.map_err(refused(SESSION))?;
    let events = house.shelf.events().after(caller.owner(), &id, 0, MOST).await.map_err(refused(SESSION))?;
    let events = events.iter().filter_map(|event| serde_json::from_str(&event.body).ok()).collect();
    Ok(Json(view(&found, &Document::read(&found.document)?, &user, events)).into_response())
}

/// `PATCH /apps/{app}/users/{user}/sessions/{session}`: only the name can be changed like this.
pub(crate) async fn patch(
    State(house): State<Shared>,
    caller: Caller,
    Path((app, user, id)): Path<(String, String, String)>,
    body: Bytes,
) -> Result<Response, Problem> {
    caller.is(&user)?;
    let body = lenient(&body)?;
    let delta = body.get("stateDelta").or_else(|| body.get("state_delta")).unwrap_or(&body);
    if let Some(name) = field(delta, &["task_name", "name"]) {
        let renamed = house.shelf.sessions().rename(caller.owner(), &id, &name, Moment::now()).await;
        renamed.map_err(refused(SESSION))?;
    }
    find(State(house), caller, Path((app, user, id))).await
}

/// `DELETE /apps/{app}/users/{user}/sessions/{session}`
pub(crate) async fn delete(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user, id)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    caller.is(&user)?;
    house.shelf.sessions().delete(caller.owner(), &id, Moment::now()).await.map_err(refused(SESSION))?;
    Ok(Json(Value::Null).into_response())
}

/// `GET /apps/{app}/users/{user}/sessions/{session}/artifacts`: the names of finished exports.
pub(crate) async fn artifacts(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user, id)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    caller.is(&user)?;
    house.shelf.sessions().find(caller.owner(), &id).await.map_err(refused(SESSION))?;
    let jobs = house
        .shelf
        .jobs()
        .list(caller.owner(), Some(&id), Some(RENDER), MOST)
        .await
        .map_err(refused(SESSION))?;
    let done = jobs.iter().filter(|job| job.state == JobState::Done);
    Ok(Json(done.map(|job| job.key.clone()).collect::<Vec<String>>()).into_response())
}

/// `GET /apps/{app}/users/{user}/sessions/{session}/artifacts/{name}`
pub(crate) async fn artifact(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user, id, name)): Path<(String, String, String, String)>,
) -> Result<Response, Problem> {
    caller.is(&user)?;
    let job = house.shelf.jobs().find(caller.owner(), &name).await.map_err(refused("artifact"))?;
    if job.session != id || job.state != JobState::Done {
        return Err(Problem::NotThere("artifact"));
    }
    let told = render::view(&house, &caller, &job);
    let uri = told.get("outputUrl").cloned().unwrap_or_default();
    let name = told.get("output").map(|output| output["filename"].clone()).unwrap_or_default();
    let file = json!({ "fileUri": uri, "mimeType": "video/mp4", "displayName": name });
    Ok(Json(json!({ "fileData": file })).into_response())
}
