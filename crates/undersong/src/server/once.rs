//! `Idempotency-Key`: who sends the same request twice gets the same answer, and what it asks for is done once.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use shelf::{Before, Moment, ShelfError};

use super::caller::{Caller, bearer};
use super::dialect::errors::Problem;
use super::house::{Shared, refused};
use super::random;
use super::routes::BODY;

/// The longest key, in bytes.
const LONGEST: usize = 200;
/// How long a request may be worked on before its key is free again, and how long one that sends files.
const LEASE: Duration = Duration::from_secs(120);
const SENDING: Duration = Duration::from_secs(3600);

/// Answers a request that was answered before, or lets it through and remembers its answer.
pub(crate) async fn answer(
    State(house): State<Shared>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let key = request.headers().get("idempotency-key").cloned();
    let Some(key) = key.filter(|_| request.method() == Method::POST && bearer(request.headers()).is_some())
    else {
        return Ok(next.run(request).await);
    };
    let key = key.to_str().ok().map(str::trim).filter(|key| !key.is_empty() && key.len() <= LONGEST);
    let key = key
        .ok_or_else(|| Problem::Malformed("Idempotency-Key must be 1 to 200 plain characters.".to_owned()))?;
    let (mut parts, body) = request.into_parts();
    let caller = Caller::from_request_parts(&mut parts, &house).await?;
    let mut digest = Sha256::new();
    digest.update(parts.uri.path().as_bytes());
    digest.update([0]);
    let (body, lease) = match sends_files(&parts.headers) {
        // Files are not held in memory to be compared: of what is sent, the key has to say that it is the same.
        true => (body, SENDING),
        false => {
            let body = to_bytes(body, BODY).await;
            let body = body.map_err(|_| Problem::Malformed("The body is too large.".to_owned()))?;
            digest.update(&body);
            (Body::from(body), LEASE)
        }
    };
    let digest = random::hex(&digest.finalize());
    // Who was let in once is let in.
    parts.extensions.insert(caller.clone());
    let asked = Keyed { house, caller, key: key.to_owned(), digest, lease };
    // A client that leaves takes its connection's work along; what stands behind a key goes on without it, so that whoever
    // asks again hears how it went. Where the body itself broke off, it is refused, and the key is free.
    let carried = tokio::spawn(asked.carry(next, Request::from_parts(parts, body)));
    carried.await.unwrap_or_else(|_| Err(Problem::Failed("The work could not be done.".to_owned())))
}

/// A request with a key.
struct Keyed {
    house: Shared,
    caller: Caller,
    key: String,
    /// What tells it from another under the same key.
    digest: String,
    lease: Duration,
}

impl Keyed {
    /// Answers it as before, or does what it asks and remembers the answer.
    async fn carry(self, next: Next, request: Request) -> Result<Response, Problem> {
        let Keyed { house, caller, key, digest, lease } = self;
        let replies = house.shelf.replies();
        match replies.begin(caller.owner(), &key, &digest, lease, Moment::now()).await {
            Ok(Before::Answered { status, body }) => return Ok(again(status, body)),
            Ok(Before::Fresh) => {}
            Err(ShelfError::Busy) => return Err(Problem::Occupied("request with this key")),
            Err(fault) => return Err(refused("request")(fault)),
        }
        // In a task of its own, so that what panics frees its key, too.
        let Ok(answer) = tokio::spawn(next.run(request)).await else {
            replies.abandon(caller.owner(), &key).await.map_err(refused("request"))?;
            return Err(Problem::Failed("The work could not be done.".to_owned()));
        };
        remembered(&house, &caller, &key, answer).await
    }
}

fn sends_files(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"))
}

/// Remembers an answer that did something; any other leaves the key free.
async fn remembered(
    house: &Shared,
    caller: &Caller,
    key: &str,
    answer: Response,
) -> Result<Response, Problem> {
    let replies = house.shelf.replies();
    let json = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if !json || !answer.status().is_success() {
        replies.abandon(caller.owner(), key).await.map_err(refused("request"))?;
        return Ok(answer);
    }
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap_or_default();
    let body = String::from_utf8_lossy(&body).into_owned();
    replies.answer(caller.owner(), key, status, &body).await.map_err(refused("request"))?;
    Ok(told(status, body))
}

fn told(status: u16, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// An answer that was given before.
fn again(status: u16, body: String) -> Response {
    let mut answer = told(status, body);
    answer.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
    answer
}
