//! Streams: numbered, resumed after a cut, alive while nothing happens, and not the life of their run.

use std::time::Duration;

use serde_json::json;

use super::super::program::film;
use super::server::{Client, Server, events, last_word};

/// Says something and hangs up at once.
pub(super) fn say_and_leave(client: &Client, words: &str) {
    let body =
        json!({ "session_id": client.session, "new_message": { "parts": [{ "text": words }] } }).to_string();
    let bearer = format!("Authorization: Bearer {}", client.token);
    let url = format!("{}/run_sse", client.server.base);
    let told = std::process::Command::new("curl")
        .args(["-sN", "--max-time", "0.3", "-H", &bearer, "-d", &body, &url])
        .output()
        .unwrap();
    assert!(!String::from_utf8_lossy(&told.stdout).contains("turnComplete"), "it was done before we left");
}

/// Goes on with the stream after an event.
fn resumed(client: &Client, after: i64) -> Vec<(serde_json::Value, i64)> {
    let body = json!({ "session_id": client.session, "new_message": { "parts": [{ "text": "again" }] } })
        .to_string();
    let seen = format!("Last-Event-ID: {after}");
    let stream = client.curl("/run_sse", &["-N", "-H", &seen, "-d", &body]);
    assert_eq!(stream.status, 200, "{}", stream.text());
    events(&stream.text())
}

#[test]
fn a_stream_cut_anywhere_goes_on_there() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    let Some(film) = film("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    client.upload(&film);
    let whole = events(&client.say("add calm piano music").text());
    assert!(whole.len() >= 5, "{whole:?}");
    for (index, (_, number)) in whole.iter().enumerate() {
        assert_eq!(resumed(&client, *number), whole[index + 1..], "after event {number}");
    }
    assert_eq!(resumed(&client, 0), whole);
    let credits = client.look("/api/credits/balance/simple").json();
    assert_eq!(credits["available"], 95, "nothing ran again");
    let numbers: Vec<i64> = whole.iter().map(|(_, number)| *number).collect();
    assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{numbers:?}");
    let body = json!({ "session_id": client.session }).to_string();
    client.curl("/run_sse", &["-H", "Last-Event-ID: soon", "-d", &body]).refused(400, 400);
}

#[test]
fn a_run_goes_on_when_its_client_drops_and_nobody_else_may_speak_meanwhile() {
    let Some(server) = Server::start("[limit]\nheartbeat_ms = 50\n") else { return };
    let client = server.client("a");
    let Some(film) = film("nasa_speech_single.mkv") else { return };
    client.upload(&film);
    say_and_leave(&client, "add background music that matches the mood of my video");
    client.say("a bit quieter").refused(409, 4009);
    let told = resumed(&client, 0);
    let (last, _) = told.last().unwrap();
    assert_eq!(last["turnComplete"], true, "{last}");
    assert_eq!(client.state()["state"]["draft"]["t"].as_array().unwrap().len(), 2);
    // Every call has its answer, and no event comes twice.
    let part = |event: &serde_json::Value, key: &str| {
        event["content"]["parts"][0][key]["id"].as_str().map(str::to_owned)
    };
    let calls: Vec<String> = told.iter().filter_map(|(event, _)| part(event, "functionCall")).collect();
    let answers: Vec<String> = told.iter().filter_map(|(event, _)| part(event, "functionResponse")).collect();
    assert!(!calls.is_empty() && calls == answers, "{calls:?} {answers:?}");
    let mut ids: Vec<&str> = told.iter().filter_map(|(event, _)| event["id"].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), told.len());
}

#[test]
fn a_quiet_stream_shows_that_it_lives() {
    let Some(server) = Server::start("[limit]\nheartbeat_ms = 20\n") else { return };
    let client = server.client("a");
    let Some(film) = film("nasa_speech_single.mkv") else { return };
    client.upload(&film);
    let stream = client.say("add background music that matches the mood of my video").text();
    assert!(stream.contains(": heartbeat\n\n"), "{stream}");
    assert!(!last_word(&stream).is_empty());
}

#[test]
fn whoever_waited_for_a_killed_server_gets_a_last_word() {
    let settings = "[export]\nlease_seconds = 1\n";
    let Some(server) = Server::start(settings) else { return };
    let client = server.client("a");
    let Some(film) = film("nasa_speech_single.mkv") else { return };
    client.upload(&film);
    say_and_leave(&client, "add background music that matches the mood of my video");
    let (token, user, session) = (client.token, client.user, client.session);
    let server = server.killed_and_started_again(settings);
    let client = Client { server: &server, token, user, session };
    for _ in 0..100 {
        let told = resumed(&client, 0);
        if let Some((last, _)) = told.last().filter(|(last, _)| last["turnComplete"] == true) {
            let credits = client.look("/api/credits/balance/simple").json();
            assert_eq!(credits["frozen"], 0, "{last}");
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("no last word: {}", server.log());
}
