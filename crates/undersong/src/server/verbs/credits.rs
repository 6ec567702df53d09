//! What is left to pay with.

use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use crate::server::caller::Caller;
use crate::server::dialect::envelope::ok_twice;
use crate::server::dialect::errors::Problem;
use crate::server::house::{Shared, refused};

/// `GET /api/credits/balance/simple`
pub(crate) async fn balance(State(house): State<Shared>, caller: Caller) -> Result<Response, Problem> {
    let balance = house.shelf.ledger().balance(caller.owner()).await.map_err(refused("account"))?;
    let (available, frozen) = (balance.available, balance.frozen);
    Ok(ok_twice(json!({ "available": available, "frozen": frozen, "total": available + frozen })))
}
