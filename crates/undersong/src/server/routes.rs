//! Every address, and who answers there.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, Method, header};
use axum::middleware;
use axum::routing::{delete, get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any, CorsLayer};

use super::dialect::errors::Problem;
use super::house::Shared;
use super::verbs::{
    adk, credits, files, health, hooks, latest, render, session, talk, token, upload, workspace,
};
use super::{once, outer};

/// The largest body that is not a file.
pub(crate) const BODY: usize = 2_000_000;

/// The router of the whole server.
pub(crate) fn router(house: Shared) -> Router {
    let uploads = Router::new()
        .route("/api/upload-video/{app}/{user}/{session}", post(upload::upload))
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .merge(published())
        .merge(kit())
        .merge(around())
        .layer(middleware::from_fn_with_state(house.clone(), once::answer))
        .layer(DefaultBodyLimit::max(BODY))
        .merge(streams())
        .merge(uploads)
        .fallback(async || Problem::NotThere("page"))
        .method_not_allowed_fallback(async || Problem::WrongMethod)
        .layer(CatchPanicLayer::new())
        .layer(cors())
        .layer(middleware::from_fn_with_state(house.clone(), outer::pass))
        .with_state(house)
}

/// What published skills use.
fn published() -> Router<Shared> {
    Router::new()
        .route("/api/auth/anonymous-token", post(token::anonymous))
        .route("/api/auth/claim-token", post(token::claim))
        .route("/api/auth/register", post(workspace::register))
        .route("/api/tasks/{user}/with-session/{app}", post(session::make))
        .route("/api/credits/balance/simple", get(credits::balance))
        .route("/api/state/{app}/{user}/{session}/latest", get(latest::state))
        .route("/api/render/proxy/lambda", post(render::ask))
        .route("/api/render/proxy/lambda/{id}", get(render::look))
        .route("/api/render/proxy/lambda/{id}/cancel", post(render::cancel))
        .route("/api/render/proxy/{id}", get(render::look))
        .route("/api/render/proxy/{id}/cancel", post(render::cancel))
        .route("/api/render/proxy/{id}/download", get(files::download))
        .route("/api/render/proxy/lambda/{id}/download", get(files::download))
        .route("/api/renders", get(render::list))
        .route("/api/webhooks", get(hooks::list).post(hooks::add))
        .route("/api/webhooks/{id}", delete(hooks::remove))
        .route("/api/webhooks/{id}/deliveries", get(hooks::deliveries))
}

/// What answers with a stream, which nobody can remember.
fn streams() -> Router<Shared> {
    Router::new().route("/run_sse", post(talk::run_sse)).layer(DefaultBodyLimit::max(BODY))
}

/// What clients of the Agent Development Kit use.
fn kit() -> Router<Shared> {
    Router::new()
        .route("/list-apps", get(adk::apps))
        .route("/version", get(health::version))
        .route("/health", get(health::alive))
        .route("/run", post(talk::run))
        .route("/apps/{app}/users/{user}/sessions", get(adk::list).post(adk::make))
        .route(
            "/apps/{app}/users/{user}/sessions/{session}",
            get(adk::find).patch(adk::patch).delete(adk::delete),
        )
        .route("/apps/{app}/users/{user}/sessions/{session}/artifacts", get(adk::artifacts))
        .route("/apps/{app}/users/{user}/sessions/{session}/artifacts/{name}", get(adk::artifact))
}

/// What stands around it.
fn around() -> Router<Shared> {
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/files/{kind}/{id}", get(files::linked))
        .route("/workspace/claim", get(workspace::claim))
        .route("/register", get(workspace::register_page))
}

/// Pages of others may ask, with a token they hold; there are no cookies that could be borrowed.
fn cors() -> CorsLayer {
    let exposed = [header::RETRY_AFTER, header::CONTENT_RANGE, HeaderName::from_static("x-request-id")];
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::DELETE])
        .allow_headers(Any)
        .expose_headers(exposed)
}
