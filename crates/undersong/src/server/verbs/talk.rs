//! A sentence to the agent, and what it does about it.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Json, http::header};
use serde_json::Value;

use super::stream::{self, Follow};
use crate::server::caller::Caller;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::message::Message;
use crate::server::house::Shared;
use crate::server::workshop::turning;

/// `POST /run_sse`
pub(crate) async fn run_sse(
    State(house): State<Shared>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let message = Message::read(&body)?;
    stream::room(&house)?;
    let seen = seen(&headers)?;
    let follow = match seen {
        Some(seen) => missed(&house, &caller, &message, seen).await?,
        None => begun(&house, &caller, &message).await?,
    };
    Ok(stream::answer(&house, follow))
}

/// `POST /run`
pub(crate) async fn run(
    State(house): State<Shared>,
    caller: Caller,
    body: Bytes,
) -> Result<Response, Problem> {
    let message = Message::read(&body)?;
    let follow = begun(&house, &caller, &message).await?;
    let events = stream::collect(&house, follow).await;
    let events: Vec<Value> = events.iter().filter_map(|event| serde_json::from_str(event).ok()).collect();
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(events)).into_response())
}

/// The number of the last event that a client has seen, where it goes on with a stream.
fn seen(headers: &HeaderMap) -> Result<Option<i64>, Problem> {
    let Some(told) = headers.get("last-event-id") else { return Ok(None) };
    let told = told.to_str().unwrap_or("?").trim();
    match told.parse::<i64>() {
        _ if told.is_empty() => Ok(None),
        Ok(number) if number >= 0 => Ok(Some(number)),
        _ => Err(Problem::Malformed("Last-Event-ID must be the number of an event.".to_owned())),
    }
}

/// Begins a run and follows it.
async fn begun(house: &Shared, caller: &Caller, message: &Message) -> Result<Follow, Problem> {
    // Who names a session that is not there hears that first.
    let found = house.shelf.sessions().find(caller.owner(), &message.session).await;
    found.map_err(|fault| caller.refused(fault))?;
    if let Some(user) = &message.user {
        caller.is(user)?;
    }
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
