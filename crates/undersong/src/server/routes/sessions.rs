//! Sessions: made, given files, spoken to, looked at.

use crate::server::dialect::errors::refusal::Refusal;
use crate::server::document::route::{Group, get, post};
use crate::server::verbs::{files, latest, session, talk, upload};

/// How a sentence may be refused before anything runs.
const OF_SENTENCES: [Refusal; 5] =
    [Refusal::NoSession, Refusal::NoCredits, Refusal::Occupied, Refusal::Stale, Refusal::TooMany];

pub(super) fn group() -> Group {
    let routes = vec![
        post("makeSession", "/api/tasks/{user}/with-session/{app}", session::make)
            .says("Make a session", "A session holds files, a timeline and what was said about it."),
        post("upload", "/api/upload-video/{app}/{user}/{session}", upload::upload)
            .says(
                "Send files",
                "Films, photos and recordings come as parts of a form or are fetched from their addresses. What counts is what \
                 is in a file, not its name. Films and photos are laid into the timeline one after the other; after an export of \
                 the timeline as it stands, a film begins the next one.",
            )
            .refuses(&[Refusal::NoSession, Refusal::Stale, Refusal::TooMany])
            .of_any_size(),
        post("say", "/run_sse", talk::run_sse)
            .says(
                "Say a sentence, and watch",
                "Has the agent do what the sentence asks for, in English or Chinese, and streams its events. The run goes on \
                 when the client leaves: the same request with `Last-Event-ID` tells what was missed and goes on.",
            )
            .refuses(&OF_SENTENCES)
            .unrepeatable(),
        post("sayAndWait", "/run", talk::run)
            .says("Say a sentence, and wait", "The same as `/run_sse`, answered with all events when the run has ended.")
            .refuses(&OF_SENTENCES),
        get("readState", "/api/state/{app}/{user}/{session}/latest", latest::state).says(
            "Look at the state",
            "Everything that holds in the session now: timeline, files, what was found in them, music that was composed.",
        ),
        get("readFile", "/files/{kind}/{item}", files::linked)
            .says(
                "Fetch a file by its link",
                "Links come with `cdn_url` and `output.url`; they are signed, good for a while, and need no token.",
            )
            .refuses(&[Refusal::Expired]),
    ];
    Group { name: "Sessions", about: "Where a film is talked about.", routes }
}
