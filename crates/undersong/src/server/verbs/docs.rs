//! The document of the API: for programs, and as a page for people.

use std::sync::Arc;

use axum::Extension;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::server::document::Document;
use crate::server::document::signature::Answers;
use crate::server::document::sketch::Sketch;
use crate::server::page::Page;

/// The document as it is sent.
pub(crate) struct OpenApi(Arc<Document>);

impl IntoResponse for OpenApi {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], self.0.json.clone()).into_response()
    }
}

impl Answers for OpenApi {
    fn answer(sketch: &mut Sketch) {
        sketch.answers_json(serde_json::json!({ "type": "object" }));
    }
}

/// The document for programs.
pub(crate) async fn openapi(Extension(document): Extension<Arc<Document>>) -> OpenApi {
    OpenApi(document)
}

/// The document for people.
pub(crate) async fn page(Extension(document): Extension<Arc<Document>>) -> Page {
    Page::of_text(&document.page)
}
