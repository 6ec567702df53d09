//! Files go out: by a signed link, or to who has a token; whole or in part.

use std::convert::Infallible;
use std::path::Path as Place;

use axum::extract::{FromRequest, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use shelf::Job;
use tower_http::services::ServeFile;

use crate::server::caller::Caller;
use crate::server::dialect::errors::Problem;
use crate::server::document::signature::{Answers, Asks};
use crate::server::document::sketch::{Sketch, bytes};
use crate::server::house::{Shared, refused};
use crate::server::links::{self, Kind};
use crate::server::workshop::preview;
use crate::server::workshop::rendering::{self, Made, expired, made};

/// A request that may want the file in part only.
pub(crate) struct Ranged(Request);

impl FromRequest<Shared> for Ranged {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &Shared) -> Result<Ranged, Infallible> {
        Ok(Ranged(request))
    }
}

impl Asks for Ranged {
    fn ask(sketch: &mut Sketch) {
        let about = "Which bytes, like `bytes=0-1023`.";
        sketch.asks("header", "Range", false, about, json!({ "type": "string" }));
    }
}

/// A file on its way out.
pub(crate) struct Sent(Response);

impl IntoResponse for Sent {
    fn into_response(self) -> Response {
        self.0
    }
}

impl Answers for Sent {
    fn answer(sketch: &mut Sketch) {
        let kinds = ["video/*", "image/*", "audio/*", "application/octet-stream"].map(|kind| (kind, bytes()));
        sketch.answers(200, "The file, as an attachment.", &kinds);
        sketch.answers(206, "The part of it that was asked for.", &kinds);
        sketch.answers(304, "It has not changed since `If-Modified-Since`.", &[]);
        sketch.answers(412, "It has changed since `If-Unmodified-Since`.", &[]);
        sketch.answers(
            416,
            "There is no such part, or several were asked for; `Content-Range` says how long the file is.",
            &[],
        );
    }
}

/// A file, by a signed link.
pub(crate) async fn linked(
    State(house): State<Shared>,
    Path((kind, id)): Path<(String, String)>,
    Query(query): Query<links::Query>,
    Ranged(request): Ranged,
) -> Result<Sent, Problem> {
    let kinds = [Kind::Render, Kind::Media, Kind::Preview];
    let kind = kinds.into_iter().find(|one| one.name() == kind).ok_or(Problem::NotThere("file"))?;
    let owner = links::opened(&house, kind, &id, &query).ok_or(Problem::NotThere("file"))?;
    let (blob, name) = match kind {
        Kind::Render => {
            let job = rendering::find(&house, &owner, &id, "file").await?;
            let made = film(&job, "file")?;
            (made.blob, made.name)
        }
        Kind::Media => {
            let file = house.shelf.files().find(&owner, &query.w, &id).await.map_err(refused("file"))?;
            (file.blob, file.name)
        }
        Kind::Preview => {
            let made = preview::listen(&house, &owner, &query.w, &id).await?;
            (made.blob, made.name)
        }
    };
    send(&house, &blob, &name, request).await
}

/// The film of an export, for who has a token.
pub(crate) async fn download(
    State(house): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
    Ranged(request): Ranged,
) -> Result<Sent, Problem> {
    let job = rendering::find(&house, caller.owner(), &id, "export").await?;
    let made = film(&job, "finished export")?;
    send(&house, &made.blob, &made.name, request).await
}

/// The film of an export.
fn film(job: &Job, what: &'static str) -> Result<Made, Problem> {
    made(job).ok_or(if expired(job) { Problem::Expired } else { Problem::NotThere(what) })
}

/// Sends a file as an attachment.
async fn send(house: &Shared, blob: &str, name: &str, request: Request) -> Result<Sent, Problem> {
    let path = house.shelf.blobs().local(blob).await.map_err(refused("file"))?;
    let sent = ServeFile::new(path).try_call(request).await;
    let sent = sent.map_err(|_| Problem::Failed("The file could not be read.".to_owned()))?;
    let mut answer = sent.into_response();
    let headers = answer.headers_mut();
    if answer_holds(headers) {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(name)));
    }
    if let Ok(disposition) = HeaderValue::from_str(&disposition(name)) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    Ok(Sent(answer))
}

/// The type of a file by the ending of its name; what is unknown is bytes.
fn kind(name: &str) -> &'static str {
    let ending = Place::new(name).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref().unwrap_or_default() {
        "mp4" | "m4v" => "video/mp4",
        "mov" => "video/quicktime",
        "webm" => "video/webm",
        "mkv" => "video/x-matroska",
        "avi" => "video/x-msvideo",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "m4a" | "aac" => "audio/mp4",
        _ => "application/octet-stream",
    }
}

/// Whether an answer has bytes of the file, not several stretches of it or none.
fn answer_holds(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| !kind.as_bytes().starts_with(b"multipart/"))
}

/// An attachment under this name: plain for old clients, in full for new ones (RFC 6266, RFC 8187).
fn disposition(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_ ".contains(c) { c } else { '_' }).collect();
    let full: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        let told = disposition("城\"\r\n.mp4");
        assert_eq!(told, "attachment; filename=\"____.mp4\"; filename*=UTF-8''%E5%9F%8E%22%0D%0A.mp4");
        assert_eq!(kind("a.MP4"), "video/mp4");
        assert_eq!(kind("a.html"), "application/octet-stream");
    }
}
