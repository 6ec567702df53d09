//! How the server is: for who starts it, who watches it, and who counts.

use std::fmt::Write;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::server::dialect::envelope::Bare;
use crate::server::dialect::errors::Problem;
use crate::server::document::signature::Answers;
use crate::server::document::sketch::Sketch;
use crate::server::house::{Shared, refused};

/// The type of the figures.
const PROMETHEUS: &str = "text/plain; version=0.0.4; charset=utf-8";

/// How it is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// `ok` or `ready`.
    status: &'static str,
}

/// What it is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Version {
    version: &'static str,
    language: &'static str,
}

/// Figures as Prometheus reads them.
pub(crate) struct Metrics(String);

/// That it is there.
pub(crate) async fn alive() -> Bare<Health> {
    Bare(Health { status: "ok" })
}

/// That it can keep what it is given.
pub(crate) async fn ready(State(house): State<Shared>) -> Result<Bare<Health>, Problem> {
    if house.is_closing() {
        return Err(Problem::Busy(Duration::from_secs(5)));
    }
    house.shelf.ping().await.map_err(|_| Problem::Busy(Duration::from_secs(5)))?;
    Ok(Bare(Health { status: "ready" }))
}

/// Which one it is.
pub(crate) async fn version() -> Bare<Version> {
    Bare(Version { version: env!("CARGO_PKG_VERSION"), language: "rust" })
}

impl IntoResponse for Metrics {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, PROMETHEUS)], self.0).into_response()
    }
}

impl Answers for Metrics {
    fn answer(sketch: &mut Sketch) {
        sketch.answers_plain(200, "Figures, one on a line.", &["text/plain"]);
    }
}

/// What has happened since it began, and what goes on.
pub(crate) async fn metrics(State(house): State<Shared>) -> Result<Metrics, Problem> {
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
        ("streams", "Open streams", house.streams.all() as i64),
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
    Ok(Metrics(text))
}
