//! The Agent Development Kit's own models and client as judges of our events, sessions and streams.

use serde_json::{Value, json};

use super::super::program::film;
use super::super::python::Judge;
use super::server::{Client, Server};
use super::streams::say_and_leave;

/// The Kit; `None`, and a word about it, where it cannot be had.
fn kit() -> Option<Judge> {
    Judge::of("adk")
}

#[test]
fn the_judge_can_be_against_it() {
    let Some(kit) = kit() else { return };
    kit.ask(&["doubt"]);
}

#[test]
fn the_kits_models_and_client_understand_every_event() {
    let Some(film) = film("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let (Some(kit), Some(server)) = (kit(), Server::start("")) else { return };
    let client = server.client("a");
    let session = kit.ask(&["converse", &server.base, &client.token, film.to_str().unwrap()]);
    let told: Value =
        serde_json::from_str(&kit.ask(&["look", &server.base, &client.token, &session])).unwrap();
    assert_eq!(told, json!({ "runs": 8, "failed": [] }));
}

#[test]
fn the_kit_understands_what_a_killed_server_left() {
    let settings = "[export]\nlease_seconds = 1\n";
    let Some(film) = film("nasa_speech_single.mkv") else { return };
    let (Some(kit), Some(server)) = (kit(), Server::start(settings)) else { return };
    let client = server.client("a");
    client.upload(&film);
    say_and_leave(&client, "add background music that matches the mood of my video");
    let (token, user, session) = (client.token, client.user, client.session);
    let server = server.killed_and_started_again(settings);
    let client = Client { server: &server, token, user, session };
    // Until it is ended by the next server, nobody may speak.
    while client.say("how long is the video?").status == 409 {}
    let told = kit.ask(&["look", &server.base, &client.token, &client.session]);
    assert_eq!(serde_json::from_str::<Value>(&told).unwrap(), json!({ "runs": 2, "failed": ["5001"] }));
}

#[test]
fn the_kits_client_needs_nothing_of_ours() {
    let (Some(kit), Some(server)) = (kit(), Server::start("single_user = true\n")) else { return };
    kit.ask(&["alone", &server.base]);
}
