//! What holds in a session now.

use axum::extract::{Path, State};

use crate::server::caller::Caller;
use crate::server::dialect::envelope::Told;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::session::Latest;
use crate::server::house::Shared;
use crate::server::workshop::document::Document;
use crate::server::workshop::watching;

/// A session as it stands.
pub(crate) async fn state(
    State(house): State<Shared>,
    caller: Caller,
    Path((_app, user, id)): Path<(String, String, String)>,
) -> Result<Told<Latest>, Problem> {
    caller.is(&user)?;
    let found =
        house.shelf.sessions().find(caller.owner(), &id).await.map_err(|fault| caller.refused(fault))?;
    let files = house.shelf.files().list(caller.owner(), &id).await.map_err(|fault| caller.refused(fault))?;
    watching::resume(&house, caller.owner(), &id, &files);
    let document = Document::read(&found.document)?;
    Ok(Told(Latest::of(&house, &caller, &found, &document, &files)))
}
