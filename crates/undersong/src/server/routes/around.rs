//! What stands around it: health, figures, this document.

use crate::server::document::route::{Group, get};
use crate::server::verbs::{docs, health};

pub(super) fn group() -> Group {
    let routes = vec![
        get("readHealth", "/healthz", health::alive)
            .also("readKitHealth", "/health")
            .says("See whether it runs", "Answers as long as the server is there."),
        get("readReadiness", "/readyz", health::ready).says(
            "See whether it is ready",
            "Answers with 200 while it can keep what it is given and does not end.",
        ),
        get("readFigures", "/metrics", health::metrics)
            .says("Read figures", "Counters and gauges as Prometheus reads them."),
        get("readDocument", "/openapi.json", docs::openapi)
            .says("Read this document", "OpenAPI 3.1, made of the very routes that are served."),
        get("readPage", "/docs", docs::page).says("Read this document as a page", "For people."),
    ];
    Group { name: "Around it", about: "Health, figures, and this document.", routes }
}
