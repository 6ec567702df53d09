//! What is left to pay with.

use axum::extract::State;

use crate::server::caller::Caller;
use crate::server::dialect::account::Balance;
use crate::server::dialect::envelope::Twice;
use crate::server::dialect::errors::Problem;
use crate::server::house::{Shared, refused};

/// What the caller can pay with.
pub(crate) async fn balance(State(house): State<Shared>, caller: Caller) -> Result<Twice<Balance>, Problem> {
    let balance = house.shelf.ledger().balance(caller.owner()).await.map_err(refused("account"))?;
    let (available, frozen) = (balance.available, balance.frozen);
    Ok(Twice(Balance { available, frozen, total: available + frozen }))
}
