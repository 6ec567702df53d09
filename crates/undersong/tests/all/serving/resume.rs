//! Uploads over a line that breaks, by the protocol tus.

use std::fs;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::program::film;
use super::server::{Client, Reply, Server, last_word};

const FILM: &str = "bikes_street_cuts_640x272_noaudio.mp4";

/// What is told of an upload beside its length.
pub(super) fn metadata(name: &str, session: &str) -> String {
    format!("filename {},session_id {}", STANDARD.encode(name), STANDARD.encode(session))
}

/// Begins an upload; the answer says where it goes on.
pub(super) fn begin(client: &Client, name: &str, length: usize) -> Reply {
    let about = format!("Upload-Metadata: {}", metadata(name, &client.session));
    let length = format!("Upload-Length: {length}");
    client.curl("/files", &["-X", "POST", "-H", "Tus-Resumable: 1.0.0", "-H", &length, "-H", &about])
}

fn go_on(client: &Client, place: &str, offset: usize, bytes: &[u8]) -> Reply {
    let part = client.server.file("part", bytes);
    let (offset, body) = (format!("Upload-Offset: {offset}"), format!("@{}", part.display()));
    let kind = "Content-Type: application/offset+octet-stream";
    client.curl(
        place,
        &["-X", "PATCH", "-H", "Tus-Resumable: 1.0.0", "-H", &offset, "-H", kind, "--data-binary", &body],
    )
}

#[test]
fn an_upload_goes_on_where_it_broke_off_though_the_server_was_killed() {
    let Some(server) = Server::start("") else { return };
    let Some(film) = film(FILM) else { return };
    let bytes = fs::read(film).unwrap();
    let (half, whole) = (bytes.len() / 2, bytes.len());
    let (token, session, user, place) = {
        let client = server.client("a");
        let begun = begin(&client, "城市.mp4", whole);
        assert_eq!((begun.status, &*begun.headers["tus-resumable"]), (201, "1.0.0"), "{}", begun.text());
        let place = begun.headers["location"].strip_prefix(&server.base).unwrap().to_owned();
        let went = go_on(&client, &place, 0, &bytes[..half]);
        assert_eq!((went.status, went.headers["upload-offset"].parse()), (204, Ok(half)), "{}", went.text());
        (client.token.clone(), client.session.clone(), client.user.clone(), place)
    };
    let server = server.killed_and_started_again("");
    let client = Client { server: &server, token, user, session };
    let there = client.curl(&place, &["-I"]);
    assert_eq!((there.status, there.headers["upload-offset"].parse()), (200, Ok(half)));
    assert_eq!(there.headers["upload-length"].parse(), Ok(whole));
    go_on(&client, &place, 0, &bytes[..half]).refused(409, 4009);
    let went = go_on(&client, &place, half, &bytes[half..]);
    assert_eq!(went.status, 204, "{}", went.text());
    let state = client.state()["state"].clone();
    let file = &state["video_infos"][0];
    assert_eq!(file["file_id"], went.headers["x-file-id"]);
    assert_eq!((&file["filename"], &file["size"]), (&"城市.mp4".into(), &whole.into()));
    assert_eq!(client.curl(&place, &["-I"]).status, 404, "it is a file now, and no upload any more");
    let told = last_word(&client.say("add calm music").text());
    assert!(told.contains("music"), "{told}");
}

#[test]
fn what_cannot_be_uploaded_is_refused() {
    let Some(server) = Server::start("[upload]\nmegabytes = 1\n") else { return };
    let (client, other) = (server.client("a"), server.client("b"));
    begin(&client, "large.mp4", 2_000_000).refused(413, 4002);
    client.curl("/files", &["-X", "POST", "-H", "Upload-Length: 9"]).refused(400, 400);
    let strange = Client {
        server: &server,
        token: client.token.clone(),
        user: String::new(),
        session: other.session.clone(),
    };
    begin(&strange, "a.mp4", 9).refused(404, 1002);
    let begun = begin(&client, "a.mp4", 9);
    let place = begun.headers["location"].strip_prefix(&server.base).unwrap().to_owned();
    go_on(&other, &place, 0, b"123").refused(404, 404);
    go_on(&client, &place, 0, b"1234567890").refused(400, 400);
    let kept: usize = client.curl(&place, &["-I"]).headers["upload-offset"].parse().unwrap();
    go_on(&client, &place, kept, &b"no film. "[kept..]).refused(415, 4001);
    client.curl("/files/..%2f..%2fseal", &["-X", "DELETE"]).refused(404, 404);
    let begun = begin(&client, "a.mp4", 9);
    let place = begun.headers["location"].strip_prefix(&server.base).unwrap().to_owned();
    assert_eq!(client.curl(&place, &["-X", "DELETE"]).status, 204);
    go_on(&client, &place, 0, b"123").refused(404, 404);
}
