//! Sessions are made.

use axum::extract::{Path, State};
use shelf::{Draft, Moment};

use crate::server::caller::Caller;
use crate::server::dialect::envelope::Twice;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::message::Body;
use crate::server::dialect::session::{MadeSession, SessionWish};
use crate::server::house::{SESSION, Shared, refused};
use crate::server::workshop::document::Document;

/// Makes a session.
pub(crate) async fn make(
    State(house): State<Shared>,
    caller: Caller,
    Path((user, _app)): Path<(String, String)>,
    body: Body<SessionWish>,
) -> Result<Twice<MadeSession>, Problem> {
    caller.is(&user)?;
    let wish = body.read()?;
    let name = wish.task_name.as_deref().unwrap_or("project");
    let language = wish.language.as_deref().unwrap_or("en");
    let document = Document::default().written();
    let draft = Draft { name, language, document: &document, key: None };
    let made = house.shelf.sessions().make(caller.owner(), draft, Moment::now()).await;
    Ok(Twice(MadeSession::of(&made.map_err(refused(SESSION))?, &caller)))
}
