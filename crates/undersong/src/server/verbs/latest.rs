//! What holds in a session now.

use axum::extract::{Path, State};
use axum::response::Response;

use crate::server::caller::Caller;
use crate::server::dialect::envelope::ok;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::session;
use crate::server::house::Shared;
use crate::server::workshop::document::Document;

/// `GET /api/state/{app}/{user}/{session}/latest`
pub(crate) async fn state(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user, id)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    caller.is(&user)?;
    let found =
        house.shelf.sessions().find(caller.owner(), &id).await.map_err(|fault| caller.refused(fault))?;
    let files = house.shelf.files().list(caller.owner(), &id).await.map_err(|fault| caller.refused(fault))?;
    let document = Document::read(&found.document)?;
    Ok(ok(session::latest(&house, &caller, &found, &document, &files)))
}
