//! The document of the API in the words of OpenAPI 3.1, made of the routes and of the signatures of those who answer there.

mod page;
pub(crate) mod parameters;
pub(crate) mod route;
pub(crate) mod signature;
pub(crate) mod sketch;
#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use route::{Group, Written};

/// What a developer reads first.
const ABOUT: &str = "A film and a sentence in, the film with original music out.\n\n\
    Get a token, make a session, upload a film, say what you want, export, download. Answers come in an envelope with `code` 0; \
    refusals carry a `code` that says more than the status, a `message` for people, a `hint` what to do, and whether it is \
    `retryable`. Keys that are not known are ignored, but for drafts and outputs of exports. Every answer has the number of its \
    request in `x-request-id`, and every 429 and 503 says in `Retry-After` how long to wait.";

/// The document, as it is served.
#[derive(Debug)]
pub(crate) struct Document {
    /// OpenAPI 3.1.
    pub(crate) json: String,
    /// The same as a page for people.
    pub(crate) page: String,
}

impl Document {
    /// Writes down what routes say of themselves.
    pub(crate) fn of(groups: Vec<Group>) -> Document {
        let order = groups.iter().map(page::Chapter::of).collect::<Vec<_>>();
        let told = written(groups);
        Document { json: format!("{told:#}\n"), page: page::page(&told, &order) }
    }
}

fn written(groups: Vec<Group>) -> Value {
    let (mut written, mut tags) = (Written::default(), Vec::new());
    for Group { name, about, routes } in groups {
        tags.push(json!({ "name": name, "description": about }));
        routes.into_iter().for_each(|route| route.write(name, &mut written));
    }
    let bearer = json!({
        "type": "http", "scheme": "bearer",
        "description": "A token of `/api/auth/anonymous-token`. With `--single-user`, requests from this machine need none.",
    });
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "undersong", "version": env!("CARGO_PKG_VERSION"), "description": ABOUT,
            "license": { "name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT" },
        },
        "tags": tags, "paths": written.paths,
        "components": {
            "schemas": written.schemas, "responses": written.refusals, "securitySchemes": { "bearer": bearer },
        },
    })
}
