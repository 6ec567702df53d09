//! Sessions and artifacts as clients of the Agent Development Kit read them.

use serde::Serialize;
use serde_json::Value;
use shelf::{Row, Session};
use utoipa::ToSchema;

use super::draft::{Drafted, draft};
use super::errors::Problem;
use super::event::{AGENT, Event};
use super::message::Read;
use super::render::Film;
use super::session::name;
use crate::server::workshop::document::Document;

/// A session with its events.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Session)]
pub(crate) struct KitSession {
    id: String,
    app_name: &'static str,
    user_id: String,
    state: KitState,
    /// None in a list. They are given as they were written.
    #[schema(value_type = Vec<Event>)]
    events: Vec<Value>,
    /// Seconds since 1970.
    last_update_time: f64,
}

/// What holds in the session; empty in a list.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = State)]
struct KitState {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    draft: Option<Drafted>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    revision: Option<i64>,
}

/// A change to the state. Only the name can be changed like this; sentences change the rest.
#[derive(Debug, ToSchema)]
#[allow(dead_code)] // it is read key by key, leniently
pub(crate) struct Change {
    #[serde(rename = "stateDelta")]
    state_delta: Option<Delta>,
}

/// What is to hold.
#[derive(Debug, ToSchema)]
#[allow(dead_code)]
struct Delta {
    /// The first 200 characters are kept.
    task_name: Option<String>,
}

/// The new name of a session, where there is one.
pub(crate) struct Renaming(pub(crate) Option<String>);

/// A finished export as a part of a message.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Artifact {
    file_data: FilePart,
}

/// Where a file is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FilePart {
    /// Signed and good without a token for a while; whole or in part.
    #[schema(required)]
    file_uri: Option<String>,
    mime_type: &'static str,
    #[schema(required)]
    display_name: Option<String>,
}

impl Read for Renaming {
    type Written = Change;
    const OPTIONAL: bool = true;

    fn read(body: &Value) -> Result<Renaming, Problem> {
        let delta = body.get("stateDelta").or_else(|| body.get("state_delta")).unwrap_or(body);
        Ok(Renaming(name(delta, &["task_name", "name"])))
    }
}

impl KitSession {
    /// A session as it stands.
    pub(crate) fn of(session: &Session, document: &Document, user: &str, events: Vec<Value>) -> KitSession {
        let draft = draft(document.now(), &document.music, session.revision);
        KitSession {
            id: session.id.clone(),
            app_name: AGENT,
            user_id: user.to_owned(),
            state: KitState { draft: Some(draft), revision: Some(session.revision) },
            events,
            last_update_time: session.updated.0 as f64 / 1000.0,
        }
    }

    /// A session in a list.
    pub(crate) fn listed(row: &Row, user: &str) -> KitSession {
        KitSession {
            id: row.id.clone(),
            app_name: AGENT,
            user_id: user.to_owned(),
            state: KitState::default(),
            events: Vec::new(),
            last_update_time: row.updated.0 as f64 / 1000.0,
        }
    }
}

impl Artifact {
    pub(crate) fn of(film: Option<Film>) -> Artifact {
        let (file_uri, display_name) = film.map(|film| (film.url, film.filename)).unzip();
        Artifact { file_data: FilePart { file_uri, mime_type: "video/mp4", display_name } }
    }
}
