//! Hooks: addresses that hear when an export has ended.

use axum::extract::{Path, State};
use shelf::Moment;

use crate::server::caller::Caller;
use crate::server::dialect::envelope::{Nothing, Told};
use crate::server::dialect::errors::Problem;
use crate::server::dialect::hook::{Deliveries, Delivery, Webhook, WebhookWish, Webhooks};
use crate::server::dialect::message::Body;
use crate::server::house::{Shared, refused};
use crate::server::workshop::fetching;

/// The most hooks of an account, and deliveries in a list.
const HOOKS: usize = 10;
const MOST: u32 = 100;

/// Makes a webhook; its secret is told this once.
pub(crate) async fn add(
    State(house): State<Shared>,
    caller: Caller,
    body: Body<WebhookWish>,
) -> Result<Told<Webhook>, Problem> {
    let WebhookWish { url } = body.read()?;
    fetching::read(&url, &house.settings.upload.private_hosts)?;
    let hooks = house.shelf.hooks();
    if hooks.list(caller.owner()).await.map_err(refused("webhook"))?.len() >= HOOKS {
        return Err(Problem::OverLimit(format!("An account has {HOOKS} webhooks at most.")));
    }
    let hook = hooks.add(caller.owner(), &url, Moment::now()).await.map_err(refused("webhook"))?;
    Ok(Told(Webhook::fresh(hook)))
}

/// The webhooks of an account.
pub(crate) async fn list(State(house): State<Shared>, caller: Caller) -> Result<Told<Webhooks>, Problem> {
    let hooks = house.shelf.hooks().list(caller.owner()).await.map_err(refused("webhook"))?;
    Ok(Told(Webhooks { webhooks: hooks.iter().map(Webhook::of).collect() }))
}

/// Takes a webhook away.
pub(crate) async fn remove(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Told<Nothing>, Problem> {
    house.shelf.hooks().remove(caller.owner(), &id, Moment::now()).await.map_err(refused("webhook"))?;
    Ok(Told(Nothing))
}

/// What was sent, the latest first.
pub(crate) async fn deliveries(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Told<Deliveries>, Problem> {
    let hooks = house.shelf.hooks().list(caller.owner()).await.map_err(refused("webhook"))?;
    if !hooks.iter().any(|hook| hook.id == id) {
        return Err(Problem::NotThere("webhook"));
    }
    let sent = house.shelf.deliveries().list(caller.owner(), &id, MOST).await.map_err(refused("webhook"))?;
    Ok(Told(Deliveries { deliveries: sent.iter().map(Delivery::of).collect() }))
}
