//! Tokens: an anonymous account for whoever has a name for itself, and a token that opens one session in a page.

use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;
use shelf::{Moment, Terms};

use crate::server::caller::Caller;
use crate::server::clock::rfc3339;
use crate::server::dialect::envelope::{ok, ok_twice};
use crate::server::dialect::errors::Problem;
use crate::server::dialect::message::{field, lenient};
use crate::server::house::{Shared, refused};

/// The longest name that a client may give itself.
const LONGEST: usize = 64;
/// How long a token for a page holds.
const CLAIM: Duration = Duration::from_secs(604_800);

/// `POST /api/auth/anonymous-token`
pub(crate) async fn anonymous(
    State(house): State<Shared>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let client = headers.get("x-client-id").and_then(|id| id.to_str().ok()).unwrap_or_default().trim();
    if client.is_empty() || client.len() > LONGEST || client.chars().any(char::is_control) {
        return Err(Problem::NoClientId);
    }
    let settings = &house.settings.token;
    let terms = Terms {
        credits: settings.credits,
        life: house.settings.token_life(),
        per_origin: (!from.ip().is_loopback()).then_some(settings.per_address),
    };
    let origin = from.ip().to_string();
    let welcome = house.shelf.accounts().anonymous(client, Some(&origin), &terms, Moment::now()).await;
    let welcome = welcome.map_err(refused("account"))?;
    Ok(ok_twice(json!({
        "token": welcome.token, "user_id": welcome.account.owner.as_str(),
        "expires_at": rfc3339(welcome.expires), "credits": welcome.account.available,
    })))
}

/// `POST /api/auth/claim-token`
pub(crate) async fn claim(
    State(house): State<Shared>,
    caller: Caller,
    body: Bytes,
) -> Result<Response, Problem> {
    let body = lenient(&body)?;
    let session = field(&body, &["session_id", "sessionId"]);
    let session = session.ok_or_else(|| Problem::Malformed("session_id is missing.".to_owned()))?;
    let found =
        house.shelf.sessions().find(caller.owner(), &session).await.map_err(|fault| caller.refused(fault))?;
    if field(&body, &["task_id", "taskId"]).is_some_and(|task| task != found.task) {
        return Err(Problem::NoSession);
    }
    let token = house.shelf.accounts().claim_token(caller.owner(), &session, CLAIM, Moment::now()).await;
    let token = token.map_err(|fault| caller.refused(fault))?;
    Ok(ok(json!({ "claim_token": token, "expires_in": CLAIM.as_secs() })))
}
