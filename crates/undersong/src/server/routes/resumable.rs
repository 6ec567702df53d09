//! Uploads that may be broken off and gone on with.

use crate::server::dialect::errors::refusal::Refusal;
use crate::server::document::route::{Group, delete, head, patch, post};
use crate::server::verbs::resume;

pub(super) fn group() -> Group {
    let routes = vec![
        post("beginUpload", "/files", resume::begin)
            .says(
                "Begin an upload that may break off",
                "The protocol is tus 1.0, so that its clients can be used. `session_id` in the metadata names the session.",
            )
            .unrepeatable(),
        head("readUpload", "/files/{upload}", resume::look)
            .says("See how far an upload is", "Ask this after a connection broke, and go on from there.")
            .refuses(&[Refusal::NotThere]),
        patch("goOnUploading", "/files/{upload}", resume::go_on)
            .says("Go on with an upload", "The bytes from `Upload-Offset` on; what came before a connection broke is kept.")
            .unrepeatable()
            .of_any_size(),
        delete("leaveUpload", "/files/{upload}", resume::leave)
            .says("Give an upload up", "What was sent of it is removed.")
            .refuses(&[Refusal::NotThere]),
    ];
    Group { name: "Resumable uploads", about: "Large files over lines that break.", routes }
}
