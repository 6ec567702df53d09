//! Every address, and who answers there.

mod around;
mod exports;
mod hooks;
mod kit;
mod people;
mod resumable;
mod sessions;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, Method, header};
use axum::routing::any;
use axum::{Extension, Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any, CorsLayer};

use super::dialect::errors::Problem;
use super::document::Document;
use super::document::route::Group;
use super::house::Shared;
use super::{mcp, once, outer};

/// The largest body that is not a file.
pub(crate) const BODY: usize = 2_000_000;

/// Every route, in the order of the document.
pub(super) fn groups() -> Vec<Group> {
    vec![
        people::group(),
        sessions::group(),
        resumable::group(),
        exports::group(),
        hooks::group(),
        kit::group(),
        around::group(),
    ]
}

/// The router of the whole server.
pub(crate) fn router(house: Shared) -> Router {
    let groups = groups();
    let (mut repeatable, mut others) = (Router::new(), Router::new());
    for route in groups.iter().flat_map(|group| &group.routes) {
        for (address, answerer) in route.answerers() {
            match route.is_repeatable() {
                true => repeatable = repeatable.route(address, answerer),
                false => others = others.route(address, answerer),
            }
        }
    }
    let others = others.route("/mcp", any(mcp::answer));
    repeatable
        .layer(middleware::from_fn_with_state(house.clone(), once::answer))
        .merge(others)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(Extension(Arc::new(Document::of(groups))))
        .fallback(async || Problem::NotThere("page"))
        .method_not_allowed_fallback(async || Problem::WrongMethod)
        .layer(CatchPanicLayer::new())
        .layer(cors())
        .layer(middleware::from_fn_with_state(house.clone(), outer::pass))
        .with_state(house)
}

/// Pages of others may ask, with a token they hold; there are no cookies that could be borrowed.
fn cors() -> CorsLayer {
    let named = ["x-request-id", "upload-offset", "upload-length", "tus-resumable", "x-file-id"];
    let exposed = [header::RETRY_AFTER, header::CONTENT_RANGE, header::LOCATION].into_iter();
    let exposed: Vec<HeaderName> = exposed.chain(named.map(HeaderName::from_static)).collect();
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::DELETE])
        .allow_headers(Any)
        .expose_headers(exposed)
}
