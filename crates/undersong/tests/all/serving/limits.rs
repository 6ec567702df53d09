//! Limits: of each account and of all, told with when to come again; and who works steps back behind who waits.

use std::fs;
use std::time::Duration;

use serde_json::json;

use super::super::program::film;
use super::server::{Client, Reply, Server};

/// That a refusal says when to come again.
fn later(reply: &Reply, status: u16, code: u16) {
    reply.refused(status, code);
    assert!(reply.headers["retry-after"].parse::<u64>().unwrap() >= 1);
}

#[test]
fn one_account_does_not_fill_the_queue() {
    let Some(server) = Server::start("[export]\nper_account = 2\nqueue = 4\n") else { return };
    let Some(film) = film("film_avi_mpeg4_mp3.avi") else { return };
    let clients = ["a", "b", "c"].map(|name| server.client(name));
    for client in &clients {
        client.upload(&film);
    }
    let [greedy, modest, late] = &clients;
    for id in ["render_1", "render_2"] {
        assert_eq!(greedy.export(id).status, 200);
    }
    later(&greedy.export("render_3"), 429, 429);
    for id in ["render_1", "render_2"] {
        assert_eq!(modest.export(id).status, 200, "another's are not in the way");
    }
    assert_eq!(late.export("render_1").status, 200);
    later(&late.export("render_2"), 503, 5003);
}

#[test]
fn the_first_export_of_one_comes_before_the_second_of_another() {
    let Some(server) = Server::start("") else { return };
    let Some(film) = film("film_avi_mpeg4_mp3.avi") else { return };
    let (greedy, modest) = (server.client("greedy"), server.client("modest"));
    // Another session for each, for of one session only one export runs at a time anyway.
    let sessions: Vec<String> = (0..20)
        .map(|_| {
            let made = greedy.post("/api/tasks/me/with-session/nemo_agent", &json!({})).json();
            made["session_id"].as_str().unwrap().to_owned()
        })
        .collect();
    for (n, session) in sessions.into_iter().enumerate() {
        let one = Client { server: &server, token: greedy.token.clone(), user: greedy.user.clone(), session };
        one.upload(&film);
        assert_eq!(one.export(&format!("render_{n}")).status, 200);
    }
    modest.upload(&film);
    modest.export("first");
    assert_eq!(modest.exported("first")["status"], "completed");
    let renders = greedy.look("/api/renders").json()["data"]["renders"].clone();
    let waiting = renders.as_array().unwrap().iter().filter(|one| one["status"] == "pending").count();
    assert!(waiting >= 10, "{waiting} of 20 still wait");
}

#[test]
fn streams_and_turns_are_counted() {
    let settings = "[limit]\nstreams_per_account = 1\nturns_per_account = 1\nheartbeat_ms = 50\n";
    let Some(server) = Server::start(settings) else { return };
    let Some(film) = film("nasa_speech_single.mkv") else { return };
    let client = server.client("a");
    client.upload(&film);
    let made = client.post("/api/tasks/me/with-session/nemo_agent", &json!({})).json();
    let other = Client {
        server: &server,
        token: client.token.clone(),
        user: client.user.clone(),
        session: made["session_id"].as_str().unwrap().to_owned(),
    };
    let body = json!({ "session_id": client.session, "new_message": { "parts": [{ "text": "add background music that matches the mood of my video" }] } });
    let bearer = format!("Authorization: Bearer {}", client.token);
    let mut stream = std::process::Command::new("curl")
        .args(["-sN", "--max-time", "60", "-H", &bearer, "-d", &body.to_string()])
        .arg(format!("{}/run_sse", server.base))
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    while !server.curl("/metrics", &[]).text().contains("undersong_streams 1\n") {
        assert!(stream.try_wait().unwrap().is_none(), "it was over before anybody looked");
    }
    later(&other.say("hello"), 429, 429);
    let turn = json!({ "session_id": other.session, "new_message": { "parts": [{ "text": "hello" }] } });
    later(&other.post("/run", &turn), 429, 429);
    assert_eq!(server.client("b").say("hello").status, 200);
    stream.wait().unwrap();
    assert_eq!(other.say("hello").status, 200, "its place is free again");
}

#[test]
fn a_full_disk_takes_nothing_and_reads_go_on() {
    let Some(server) = Server::start("[upload]\nkeep_free_megabytes = 1000000000\n") else { return };
    let client = server.client("a");
    later(&client.upload(&server.file("film.mp4", b"a film")), 503, 5003);
    assert_eq!(client.state()["session_id"], client.session);
    assert_eq!(client.say("hello").status, 200);
}

#[test]
fn one_account_takes_in_so_much_at_a_time() {
    let Some(server) = Server::start("[upload]\nper_account = 0\n") else { return };
    let client = server.client("a");
    later(&client.upload(&server.file("film.mp4", b"a film")), 429, 429);
}

/// What the kernel says of a process: parent and nice value (proc(5), `stat`, fields 4 and 19).
fn stat(process: &str) -> Option<(u32, i64)> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name stands in brackets and may hold anything.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    Some((fields.get(1)?.parse().ok()?, fields.get(16)?.parse().ok()?))
}

/// The nice values of a process's children.
fn children(parent: u32) -> Vec<i64> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let told = processes.filter_map(|entry| stat(entry.file_name().to_str()?));
    told.filter(|(of, _)| *of == parent).map(|(_, nice)| nice).collect()
}

#[test]
#[cfg(target_os = "linux")]
fn who_opens_media_steps_back() {
    let Some(server) = Server::start("") else { return };
    let Some(film) = film("film_avi_mpeg4_mp3.avi") else { return };
    let client = server.client("a");
    let own = stat(&server.process().to_string()).unwrap().1;
    client.upload(&film);
    client.export("render_1");
    let mut seen = Vec::new();
    while client.look("/api/render/proxy/render_1").json()["status"] != "completed" {
        for _ in 0..20 {
            seen.extend(children(server.process()));
            std::thread::sleep(Duration::from_millis(5));
        }
    }
    // A child that was forked this moment has not stepped back yet.
    let back = seen.iter().filter(|nice| **nice >= 10).count();
    assert!(back > 0 && back * 10 >= seen.len() * 9, "{own}: {seen:?}");
    assert_eq!(stat(&server.process().to_string()).unwrap().1, own, "the doors themselves do not");
}
