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

/// The most characters of a name and of a language.
const NAME: usize = 200;
const LANGUAGE: usize = 35;

/// Makes a session.
pub(crate) async fn make(
    State(house): State<Shared>,
    caller: Caller,
    Path((user, _app)): Path<(String, String)>,
    body: Body<SessionWish>,
) -> Result<Twice<MadeSession>, Problem> {
    caller.is(&user)?;
    let wish = body.read()?;
    let short =
        |text: String, most: usize| text.chars().filter(|c| !c.is_control()).take(most).collect::<String>();
    let name = wish.task_name.map_or("project".to_owned(), |name| short(name, NAME));
    let language = wish.language.map_or("en".to_owned(), |name| short(name, LANGUAGE));
    let document = Document::default().written();
    let draft = Draft { name: &name, language: &language, document: &document, key: None };
    let made = house.shelf.sessions().make(caller.owner(), draft, Moment::now()).await;
    Ok(Twice(MadeSession::of(&made.map_err(refused(SESSION))?, &caller)))
}
