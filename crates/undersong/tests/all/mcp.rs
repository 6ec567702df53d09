//! Tools for assistants, over standard input and output and over HTTP.

mod client;
mod local;
mod served;
mod settings;

use std::path::Path;

use super::program::{Room, film};
use super::python::Judge;
use super::serving::server::Server;

const FILM: &str = "bikes_street_cuts_640x272_noaudio.mp4";

#[test]
fn the_judge_can_be_against_it() {
    let Some(judge) = Judge::of("mcp") else { return };
    judge.ask(&["doubt"]);
}

/// A film is scored by the official client, in both versions of the protocol.
fn scores(version: &str) {
    let (Some(film), Some(judge)) = (film(FILM), Judge::of("mcp")) else { return };
    let room = Room::new();
    std::fs::copy(film, room.file("film.mp4")).unwrap();
    let (program, folder) = (env!("CARGO_BIN_EXE_undersong"), room.out());
    let bytes = judge.ask(&["stdio", version, program, folder.to_str().unwrap(), "film.mp4"]);
    let made = std::fs::metadata(room.file("film-scored.mp4")).unwrap();
    assert_eq!(bytes, made.len().to_string());
    assert!(room.results().iter().all(|name| name.starts_with("film")), "{:?}", room.results());
}

#[test]
fn the_official_client_scores_a_film_after_a_handshake() {
    scores("legacy");
}

#[test]
fn the_official_client_scores_a_film_without_one() {
    scores("2026-07-28");
}

/// The same over HTTP, of a film that the server fetches.
fn scores_served(version: &str) {
    let settings = "[upload]\nprivate_hosts = [\"127.0.0.1\"]\n";
    let (Some(film), Some(judge), Some(server)) = (film(FILM), Judge::of("mcp"), Server::start(settings))
    else {
        return;
    };
    let token = client::token(&server, "a");
    let address = client::uploaded(&server, &token, Path::new(&film));
    judge.ask(&["http", version, &server.base, &token, &address]);
}

#[test]
fn the_official_client_scores_a_film_over_http_after_a_handshake() {
    scores_served("legacy");
}

#[test]
fn the_official_client_scores_a_film_over_http_without_one() {
    scores_served("2026-07-28");
}
