//! Hooks: addresses that hear when an export has ended.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};
use shelf::{Hook, Moment};

use crate::server::caller::Caller;
use crate::server::clock::rfc3339;
use crate::server::dialect::envelope::ok;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::message::{field, lenient};
use crate::server::house::{Shared, refused};
use crate::server::workshop::fetching;

/// The most hooks of an account, and deliveries in a list.
const HOOKS: usize = 10;
const MOST: u32 = 100;

fn view(hook: &Hook) -> Value {
    json!({ "id": hook.id, "url": hook.url, "createdAt": rfc3339(hook.made) })
}

/// `POST /api/webhooks`: the secret is told this once.
pub(crate) async fn add(
    State(house): State<Shared>,
    caller: Caller,
    body: Bytes,
) -> Result<Response, Problem> {
    let url = field(&lenient(&body)?, &["url"]);
    let url = url.ok_or_else(|| Problem::Malformed("url is missing.".to_owned()))?;
    fetching::read(&url, &house.settings.upload.private_hosts)?;
    let hooks = house.shelf.hooks();
    if hooks.list(caller.owner()).await.map_err(refused("webhook"))?.len() >= HOOKS {
        return Err(Problem::OverLimit(format!("An account has {HOOKS} webhooks at most.")));
    }
    let hook = hooks.add(caller.owner(), &url, Moment::now()).await.map_err(refused("webhook"))?;
    let mut told = view(&hook);
    told["secret"] = hook.secret.into();
    Ok(ok(told))
}

/// `GET /api/webhooks`
pub(crate) async fn list(State(house): State<Shared>, caller: Caller) -> Result<Response, Problem> {
    let hooks = house.shelf.hooks().list(caller.owner()).await.map_err(refused("webhook"))?;
    Ok(ok(json!({ "webhooks": hooks.iter().map(view).collect::<Vec<Value>>() })))
}

/// `DELETE /api/webhooks/{id}`
pub(crate) async fn remove(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    house.shelf.hooks().remove(caller.owner(), &id, Moment::now()).await.map_err(refused("webhook"))?;
    Ok(ok(Value::Null))
}

/// `GET /api/webhooks/{id}/deliveries`: what was sent, the latest first.
pub(crate) async fn deliveries(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let hooks = house.shelf.hooks().list(caller.owner()).await.map_err(refused("webhook"))?;
    if !hooks.iter().any(|hook| hook.id == id) {
        return Err(Problem::NotThere("webhook"));
    }
    let sent = house.shelf.deliveries().list(caller.owner(), &id, MOST).await.map_err(refused("webhook"))?;
    let told = |one: &shelf::Delivery| {
        json!({
            "id": one.id, "type": one.kind, "state": one.state.as_str(), "attempt": one.attempt,
            "status": one.status, "error": one.error, "createdAt": rfc3339(one.made),
        })
    };
    Ok(ok(json!({ "deliveries": sent.iter().map(told).collect::<Vec<Value>>() })))
}
