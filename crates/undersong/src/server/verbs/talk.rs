//! A sentence to the agent, and what it does about it.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::stream::{self, Follow, Streamed};
use crate::server::caller::Caller;
use crate::server::dialect::envelope::Listed;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::event::Event;
use crate::server::dialect::message::{Body, Message};
use crate::server::document::signature::{Answers, Asks};
use crate::server::document::sketch::Sketch;
use crate::server::house::Shared;
use crate::server::workshop::turning;

/// The number of the last event that a client has seen, where it goes on with a stream.
pub(crate) struct Seen(Option<i64>);

impl FromRequestParts<Shared> for Seen {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Seen, Problem> {
        let Some(told) = parts.headers.get("last-event-id") else { return Ok(Seen(None)) };
        let told = told.to_str().unwrap_or("?").trim();
        match told.parse::<i64>() {
            _ if told.is_empty() => Ok(Seen(None)),
            Ok(number) if number >= 0 => Ok(Seen(Some(number))),
            _ => Err(Problem::Malformed("Last-Event-ID must be the number of an event.".to_owned())),
        }
    }
}

impl Asks for Seen {
    fn ask(sketch: &mut Sketch) {
        let about = "The number of the last event that was seen: what came after it is told, and nothing is run again.";
        let schema = json!({ "type": "integer", "format": "int64", "minimum": 0, "maximum": i64::MAX });
        sketch.asks("header", "Last-Event-ID", false, about, schema);
    }
}

/// Events as they were written down.
pub(crate) struct Events(Vec<Value>);

impl IntoResponse for Events {
    fn into_response(self) -> Response {
        Json(self.0).into_response()
    }
}

impl Answers for Events {
    fn answer(sketch: &mut Sketch) {
        Listed::<Event>::answer(sketch);
    }
}

/// Says a sentence and streams what comes of it.
pub(crate) async fn run_sse(
    State(house): State<Shared>,
    caller: Caller,
    Seen(seen): Seen,
    body: Body<Message>,
) -> Result<Streamed, Problem> {
    let message = body.read()?;
    let place = stream::room(&house, &caller)?;
    is_spoken_to(&house, &caller, &message).await?;
    let follow = match seen {
        Some(seen) => missed(&house, &caller, &message, seen).await?,
        None => begun(&house, &caller, &message).await?,
    };
    Ok(stream::answer(&house, follow, place))
}

/// Says a sentence and tells what came of it.
pub(crate) async fn run(
    State(house): State<Shared>,
    caller: Caller,
    body: Body<Message>,
) -> Result<Events, Problem> {
    let message = body.read()?;
    is_spoken_to(&house, &caller, &message).await?;
    let follow = begun(&house, &caller, &message).await?;
    let events = stream::collect(&house, follow).await;
    Ok(Events(events.iter().filter_map(|event| serde_json::from_str(event).ok()).collect()))
}

/// That the session is the caller's, and that the caller is who the message says.
async fn is_spoken_to(house: &Shared, caller: &Caller, message: &Message) -> Result<(), Problem> {
    let found = house.shelf.sessions().find(caller.owner(), &message.session).await;
    found.map_err(|fault| caller.refused(fault))?;
    message.user.as_ref().map_or(Ok(()), |user| caller.is(user))
}

/// Begins a run and follows it.
async fn begun(house: &Shared, caller: &Caller, message: &Message) -> Result<Follow, Problem> {
    let words = message.words.as_deref();
    let words = words.ok_or_else(|| Problem::Malformed("new_message has no text.".to_owned()))?;
    let begun = turning::begin(house, caller, &message.session, words).await?;
    let (owner, session) = (caller.owner().clone(), message.session.clone());
    Ok(Follow { owner, session, after: begun.before, run: Some(begun.run), all: false })
}

/// Follows what goes on, from what the client has seen; nothing is run again.
async fn missed(house: &Shared, caller: &Caller, message: &Message, seen: i64) -> Result<Follow, Problem> {
    let (owner, session) = (caller.owner().clone(), message.session.clone());
    let live = house.shelf.runs().current(&owner, &session).await.map_err(|fault| caller.refused(fault))?;
    Ok(Follow { owner, session, after: seen, run: live.map(|run| run.id), all: true })
}
