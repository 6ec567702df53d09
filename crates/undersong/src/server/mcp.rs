//! `/mcp`: tools for assistants over HTTP, on the sessions of who asks. Every request stands for itself, in every version of the
//! protocol: it brings its token, and no session of the protocol is kept that somebody else could take over.

mod advice;
mod desk;
pub(crate) mod errands;
mod handle;
mod making;
mod opening;
mod running;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};

use super::caller::Caller;
use super::dialect::errors::Problem;
use super::house::Shared;
use super::routes::BODY;
use crate::mcp::door::Door;
use crate::mcp::refusal::Refusal;
use desk::Sessions;

/// Answers one message of the protocol.
pub(super) async fn answer(State(house): State<Shared>, caller: Caller, request: Request) -> Response {
    let tools = house.errands.tools.clone();
    let desk = Arc::new(Sessions { house, caller });
    // Who came this far has a token, or came from this machine under its name: other pages have neither.
    let config = StreamableHttpServerConfig::default()
        .disable_allowed_hosts()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(BODY);
    let door = move || Ok(Door::new(Arc::clone(&desk), tools.clone()));
    let service = StreamableHttpService::new(door, Arc::new(NeverSessionManager::default()), config);
    service.handle(request).await.map(Body::new)
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Refusal {
        let (_, retryable) = problem.advice();
        let message = format!("{} {}", problem.sentence(), advice::of(&problem));
        Refusal { code: problem.code(), message, retryable }
    }
}
