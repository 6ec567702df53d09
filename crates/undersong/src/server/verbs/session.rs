//! Sessions are made.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use shelf::{Draft, Moment};

use crate::server::caller::Caller;
use crate::server::dialect::envelope::ok_twice;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::message::{field, lenient};
use crate::server::dialect::session;
use crate::server::house::{SESSION, Shared, refused};
use crate::server::workshop::document::Document;

/// The most characters of a name and of a language.
const NAME: usize = 200;
const LANGUAGE: usize = 35;

/// `POST /api/tasks/{user}/with-session/{app}`
pub(crate) async fn make(
    State(house): State<Shared>,
    caller: Caller,
    Path((user, _app)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, Problem> {
    caller.is(&user)?;
    let body = lenient(&body)?;
    let short =
        |text: String, most: usize| text.chars().filter(|c| !c.is_control()).take(most).collect::<String>();
    let name = field(&body, &["task_name", "taskName", "name"])
        .map_or("project".to_owned(), |name| short(name, NAME));
    let language = field(&body, &["language", "lang"]).map_or("en".to_owned(), |name| short(name, LANGUAGE));
    let document = Document::default().written();
    let draft = Draft { name: &name, language: &language, document: &document, key: None };
    let made = house.shelf.sessions().make(caller.owner(), draft, Moment::now()).await;
    Ok(ok_twice(session::made(&made.map_err(refused(SESSION))?, &caller)))
}
