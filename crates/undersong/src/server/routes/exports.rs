//! Exports: asked for, looked at, fetched.

use crate::server::dialect::errors::refusal::Refusal;
use crate::server::document::route::{Group, get, post};
use crate::server::verbs::{files, render};

pub(super) fn group() -> Group {
    let routes = vec![
        post("export", "/api/render/proxy/lambda", render::ask)
            .says(
                "Ask for an export",
                "Has the film made in the background, from the session's draft or the one that is sent. Exports are free; of one \
                 session one is made at a time, more wait. Anonymous accounts say which skill asks.",
            )
            .attributed()
            .refuses(&[Refusal::NoSession, Refusal::OtherBody, Refusal::TooMany]),
        get("readExport", "/api/render/proxy/lambda/{render}", render::look)
            .also("readExportShort", "/api/render/proxy/{render}")
            .says("Look at an export", "Ask every second or so until `status` is `completed` or `failed`."),
        post("cancelExport", "/api/render/proxy/lambda/{render}/cancel", render::cancel)
            .also("cancelExportShort", "/api/render/proxy/{render}/cancel")
            .says("Call an export off", "One that has ended stays as it is."),
        get("downloadExport", "/api/render/proxy/{render}/download", files::download)
            .also("downloadExportLong", "/api/render/proxy/lambda/{render}/download")
            .says("Download an export", "The film itself, for who has a token; `output.url` needs none.")
            .refuses(&[Refusal::Expired]),
        get("listExports", "/api/renders", render::list)
            .says("List exports", "All exports of the account, the latest first."),
    ];
    Group { name: "Exports", about: "The film with its music, as a file.", routes }
}
