//! Uploads that may be broken off and gone on with, by the protocol tus 1.0: <https://tus.io/protocols/resumable-upload>.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::upload::room;
use crate::server::caller::Caller;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::errors::refusal::Refusal;
use crate::server::document::signature::{Answers, Asks};
use crate::server::document::sketch::{Sketch, bytes};
use crate::server::house::Shared;
use crate::server::workshop::intake;
use crate::server::workshop::resuming::{self, Parcel, Standing};

/// The version that is spoken.
const VERSION: &str = "1.0.0";
/// Bytes of a megabyte, as people who send files count.
const MEGABYTE: u64 = 1_000_000;

/// What an upload is to be, as its headers tell.
pub(crate) struct Wanted {
    length: u64,
    session: String,
    name: String,
}

impl FromRequestParts<Shared> for Wanted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Wanted, Problem> {
        let missing = |what: &str| Problem::Malformed(format!("{what} is missing, or no such thing."));
        let length = number(&parts.headers, "upload-length").ok_or_else(|| missing("Upload-Length"))?;
        let told =
            parts.headers.get("upload-metadata").and_then(|told| told.to_str().ok()).unwrap_or_default();
        let pairs = told.split(',').filter_map(|pair| pair.trim().split_once(' '));
        let named = |key: &str| {
            let text = pairs.clone().find(|(name, _)| *name == key)?.1;
            String::from_utf8(STANDARD.decode(text.trim()).ok()?).ok()
        };
        let session = named("session_id").ok_or_else(|| missing("session_id in Upload-Metadata"))?;
        Ok(Wanted { length, session, name: named("filename").unwrap_or_else(|| "file".to_owned()) })
    }
}

impl Asks for Wanted {
    fn ask(sketch: &mut Sketch) {
        let length = "Bytes of the whole file.";
        sketch.asks("header", "Upload-Length", true, length, json!({ "type": "integer", "minimum": 0 }));
        let about = "`session_id` and `filename`, each with its value in base64, separated by a comma.";
        sketch.asks("header", "Upload-Metadata", true, about, json!({ "type": "string" }));
        sketch.refuses(&[Refusal::Malformed, Refusal::NoSession, Refusal::TooLarge, Refusal::OverLimit]);
    }
}

/// Bytes that go on with an upload.
pub(crate) struct More(Request);

impl FromRequest<Shared> for More {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &Shared) -> Result<More, Infallible> {
        Ok(More(request))
    }
}

impl Asks for More {
    fn ask(sketch: &mut Sketch) {
        let about = "How many bytes were sent before.";
        sketch.asks("header", "Upload-Offset", true, about, json!({ "type": "integer", "minimum": 0 }));
        sketch.takes("application/offset+octet-stream", true, bytes());
        sketch.refuses(&Refusal::OF_FILES);
        sketch.refuses(&[Refusal::Malformed, Refusal::NotThere, Refusal::Elsewhere, Refusal::Occupied]);
    }
}

/// A whole number in a header.
fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// An upload that was begun.
pub(crate) struct Begun(String);

impl IntoResponse for Begun {
    fn into_response(self) -> Response {
        let place = HeaderValue::from_str(&self.0).unwrap_or(HeaderValue::from_static(""));
        spoken(StatusCode::CREATED, [(header::LOCATION, place)])
    }
}

impl Answers for Begun {
    fn answer(sketch: &mut Sketch) {
        sketch.answers(201, "It is begun: `Location` says where to send the bytes.", &[]);
    }
}

/// How far an upload is.
pub(crate) struct Told(Standing);

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        let Standing { parcel, offset } = self.0;
        let length = (HeaderName::from_static("upload-length"), HeaderValue::from(parcel.length));
        spoken(
            StatusCode::OK,
            [(HeaderName::from_static("upload-offset"), HeaderValue::from(offset)), length],
        )
    }
}

impl Answers for Told {
    fn answer(sketch: &mut Sketch) {
        sketch.answers(200, "`Upload-Offset` says how many of `Upload-Length` bytes are here.", &[]);
    }
}

/// Bytes that were taken; with the last of them the file.
pub(crate) struct Went {
    offset: u64,
    file: Option<String>,
}

impl IntoResponse for Went {
    fn into_response(self) -> Response {
        let offset = (HeaderName::from_static("upload-offset"), HeaderValue::from(self.offset));
        let file = self.file.and_then(|file| HeaderValue::from_str(&file).ok());
        let file = file.map(|file| (HeaderName::from_static("x-file-id"), file));
        spoken(StatusCode::NO_CONTENT, std::iter::once(offset).chain(file))
    }
}

impl Answers for Went {
    fn answer(sketch: &mut Sketch) {
        let about = "They are kept; `Upload-Offset` says where to go on. With the last of them the file is in the session, and \
                     `X-File-Id` is its `file_id`.";
        sketch.answers(204, about, &[]);
    }
}

/// An upload that was given up.
pub(crate) struct Left;

impl IntoResponse for Left {
    fn into_response(self) -> Response {
        spoken(StatusCode::NO_CONTENT, [])
    }
}

impl Answers for Left {
    fn answer(sketch: &mut Sketch) {
        sketch.answers(204, "It is gone.", &[]);
    }
}

/// An answer without a body, in this protocol.
fn spoken(status: StatusCode, headers: impl IntoIterator<Item = (HeaderName, HeaderValue)>) -> Response {
    let mut answer = status.into_response();
    answer.headers_mut().insert("tus-resumable", HeaderValue::from_static(VERSION));
    answer.headers_mut().extend(headers);
    answer
}

/// Begins an upload.
pub(crate) async fn begin(
    State(house): State<Shared>,
    caller: Caller,
    wanted: Wanted,
) -> Result<Begun, Problem> {
    let Wanted { length, session, name } = wanted;
    let found = house.shelf.sessions().find(caller.owner(), &session).await;
    found.map_err(|fault| caller.refused(fault))?;
    if length > caller.rights.megabytes.saturating_mul(MEGABYTE) {
        return Err(Problem::TooLarge(caller.rights.megabytes));
    }
    let _slot = room(&house, &caller, length).await?;
    let parcel = Parcel::new(caller.owner(), session, name, length);
    let id = resuming::begin(&house, &parcel).await?;
    Ok(Begun(format!("{}/files/{id}", caller.base)))
}

/// How far it is.
pub(crate) async fn look(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Told, Problem> {
    resuming::standing(&house, caller.owner(), &id).await.map(Told)
}

/// Goes on with it; with its last bytes the file is taken in.
pub(crate) async fn go_on(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
    More(request): More,
) -> Result<Went, Problem> {
    let offset = number(request.headers(), "upload-offset");
    let offset = offset.ok_or_else(|| Problem::Malformed("Upload-Offset is missing.".to_owned()))?;
    let _slot = room(&house, &caller, 0).await?;
    let bytes = Body::into_data_stream(request.into_body());
    let Standing { parcel, offset } = resuming::add(&house, caller.owner(), &id, offset, bytes).await?;
    if offset < parcel.length {
        return Ok(Went { offset, file: None });
    }
    let sealed = resuming::whole(&house, &id).await?;
    let taken = intake::take(&house, caller.owner(), &parcel.session, &parcel.name, sealed).await?;
    let file = taken.file.id.clone();
    intake::show(&house, caller.owner(), &parcel.session, &[taken]).await?;
    Ok(Went { offset, file: Some(file) })
}

/// Gives it up.
pub(crate) async fn leave(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Left, Problem> {
    resuming::give_up(&house, caller.owner(), &id).await.map(|()| Left)
}
