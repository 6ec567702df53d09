//! What clients of the Agent Development Kit use beside `/run` and `/run_sse`.

use crate::server::document::route::{Group, delete, get, patch, post};
use crate::server::verbs::{adk, health};

pub(super) fn group() -> Group {
    let sessions = "/apps/{app}/users/{user}/sessions";
    let session = "/apps/{app}/users/{user}/sessions/{session}";
    let routes = vec![
        get("listApps", "/list-apps", adk::apps).says("List agents", "There is one."),
        get("listSessions", sessions, adk::list)
            .says("List sessions", "The latest first, without state and events."),
        post("makeKitSession", sessions, adk::make)
            .says("Make a session", "What is sent as its state is not kept."),
        get("readSession", session, adk::find).says(
            "Look at a session",
            "Its state and the events of all its runs, what the user said among them.",
        ),
        patch("renameSession", session, adk::patch).says(
            "Rename a session",
            "Only `task_name` can be changed like this; sentences change the rest.",
        ),
        delete("deleteSession", session, adk::delete)
            .says("Delete a session", "With its files and exports; what is being made is called off."),
        get("listArtifacts", "/apps/{app}/users/{user}/sessions/{session}/artifacts", adk::artifacts)
            .says("List artifacts", "The names of the session's finished exports."),
        get(
            "readArtifact",
            "/apps/{app}/users/{user}/sessions/{session}/artifacts/{artifact}",
            adk::artifact,
        )
        .says("Look at an artifact", "Where the film of a finished export is."),
        get("readVersion", "/version", health::version).says("Read the version", "Of this server."),
    ];
    Group { name: "Agent Development Kit", about: "What the Kit's own clients and its page use.", routes }
}
