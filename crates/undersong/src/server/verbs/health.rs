//! How the server is: for who starts it, who watches it, and who counts.

use std::fmt::Write;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::server::dialect::errors::Problem;
use crate::server::house::{Shared, refused};

/// `GET /healthz` and `GET /health`: it is there.
pub(crate) async fn alive() -> Response {
    Json(json!({ "status": "ok" })).into_response()
}

/// `GET /readyz`: it can keep what it is given.
pub(crate) async fn ready(State(house): State<Shared>) -> Result<Response, Problem> {
    if house.is_closing() {
        return Err(Problem::Busy(Duration::from_secs(5)));
    }
    house.shelf.ping().await.map_err(|_| Problem::Busy(Duration::from_secs(5)))?;
    Ok(Json(json!({ "status": "ready" })).into_response())
}

/// `GET /version`
pub(crate) async fn version() -> Response {
    Json(json!({ "version": env!("CARGO_PKG_VERSION"), "language": "rust" })).into_response()
}

/// `GET /metrics`, as Prometheus reads it.
pub(crate) async fn metrics(State(house): State<Shared>) -> Result<Response, Problem> {
    let counts = house.shelf.jobs().counts().await.map_err(refused("figure"))?;
    let figures = &house.figures;
    let counters = [
        ("requests_total", "Requests answered", figures.requests.load(Relaxed)),
        ("requests_refused_total", "Requests answered with 4xx", figures.refused.load(Relaxed)),
        ("requests_failed_total", "Requests answered with 5xx", figures.failed.load(Relaxed)),
        ("turns_total", "Turns begun", figures.turns.load(Relaxed)),
        ("exports_total", "Exports worked on", figures.exports.load(Relaxed)),
    ];
    let gauges = [
        ("streams", "Open streams", figures.streams.load(Relaxed) as i64),
        ("exports_waiting", "Exports that wait", counts.waiting),
        ("exports_running", "Exports that are made", counts.running),
    ];
    let mut text = String::new();
    let mut line = |kind: &str, name: &str, help: &str, value: String| {
        // A string takes whatever is written to it.
        let _ = write!(
            text,
            "# HELP undersong_{name} {help}\n# TYPE undersong_{name} {kind}\nundersong_{name} {value}\n"
        );
    };
    counters.into_iter().for_each(|(name, help, value)| line("counter", name, help, value.to_string()));
    gauges.into_iter().for_each(|(name, help, value)| line("gauge", name, help, value.to_string()));
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}
