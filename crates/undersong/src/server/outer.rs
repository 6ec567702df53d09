//! The outer door: numbers requests, finishes refusals, adds what every answer carries, and keeps the log.

use std::sync::atomic::Ordering::Relaxed;
use std::time::Instant;

use axum::body::to_bytes;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::{Json, RequestExt};

use super::dialect::errors::Problem;
use super::house::Shared;
use super::random;

/// Headers of every answer: nothing is guessed, framed or run.
const ALWAYS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "cross-origin"),
    ("x-frame-options", "DENY"),
];
/// Longest sentence of the framework that is passed on, in bytes.
const SENTENCE: usize = 2000;

/// Lets a request in and its answer out.
pub(crate) async fn pass(State(house): State<Shared>, mut request: Request, next: Next) -> Response {
    let (began, number) = (Instant::now(), format!("req_{}", random::hex(&random::bytes::<12>())));
    // The pattern of the path and never the path itself: it may hold identifiers and tokens.
    let route =
        request.extract_parts::<MatchedPath>().await.map_or("-".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().clone();
    let answer = finished(next.run(request).await, &number).await;
    let status = answer.status().as_u16();
    house.figures.requests.fetch_add(1, Relaxed);
    match status {
        500.. => house.figures.failed.fetch_add(1, Relaxed),
        400.. => house.figures.refused.fetch_add(1, Relaxed),
        _ => 0,
    };
    let ms = began.elapsed().as_secs_f64() * 1000.0;
    tracing::info!(request = number, %method, route, status, ms, "answered");
    answer
}

async fn finished(mut answer: Response, number: &str) -> Response {
    let problem = answer.extensions_mut().remove::<Problem>();
    let status = answer.status();
    let bare = problem.is_none() && (status.is_client_error() || status.is_server_error());
    let plain = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let problem = match problem {
        // The framework's own refusals speak plain text.
        None if bare && plain && status.as_u16() != 416 => {
            let (parts, body) = answer.into_parts();
            let why = to_bytes(body, SENTENCE).await.unwrap_or_default();
            answer = Response::from_parts(parts, Default::default());
            Some(Problem::of_status(status, String::from_utf8_lossy(&why).into_owned()))
        }
        problem => problem,
    };
    if let Some(problem) = problem {
        let (mut parts, _) = answer.into_parts();
        // The framework's own statuses are not those of the table.
        parts.status = problem.status();
        if let Problem::NotThere(_) = problem {
            parts.headers.remove(header::ALLOW);
        }
        let body = Json(problem.told(number)).into_response();
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.headers.extend(body.headers().clone());
        answer = Response::from_parts(parts, body.into_body());
    }
    let headers = answer.headers_mut();
    if let Ok(number) = HeaderValue::from_str(number) {
        headers.insert("x-request-id", number);
    }
    for (name, value) in ALWAYS {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    answer
}
