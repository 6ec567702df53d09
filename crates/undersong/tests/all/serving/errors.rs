//! Every code of the table, provoked.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::json;

use super::super::program::film;
use super::server::{Server, last_word};

#[test]
fn who_may_not_come_in_hears_why() {
    let Some(server) = Server::start("") else { return };
    server.curl("/api/auth/anonymous-token", &["-X", "POST"]).refused(400, 400);
    server.token(&"x".repeat(65)).refused(400, 400);
    assert_eq!(server.token("once").status, 200);
    let again = server.token("once");
    again.refused(429, 429);
    let wait: u64 = again.headers["retry-after"].parse().unwrap();
    assert!(wait > 6 * 86_400 && wait <= 7 * 86_400, "{wait}");
    let mut told = Vec::new();
    for header in [
        "X-Nothing: 1",
        "Authorization: Bearer nmv_usr_wrong",
        "Authorization: Basic eDp5",
        "Authorization: Bearer",
    ] {
        let refused = server.curl("/api/credits/balance/simple", &["-H", header]).refused(401, 1001);
        told.push(refused["message"].clone());
    }
    told.dedup();
    assert_eq!(told.len(), 1, "one answer for every failure");
}

#[test]
fn what_is_not_there_is_told_so() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    let nobody = "1234567890123456789";
    let message = json!({ "session_id": nobody, "new_message": { "parts": [{ "text": "hi" }] } });
    let told = client.post("/run_sse", &message);
    told.refused(404, 1002);
    assert!(told.headers["content-type"].starts_with("application/json"), "before any stream");
    client.look(&format!("/api/state/nemo_agent/me/{nobody}/latest")).refused(404, 1002);
    client.post("/api/render/proxy/lambda", &json!({ "id": "r", "sessionId": nobody })).refused(404, 1002);
    let form = ["-F", "files=@/dev/null"];
    client.curl(&format!("/api/upload-video/nemo_agent/me/{nobody}"), &form).refused(404, 1002);
    client.look("/api/render/proxy/lambda/none").refused(404, 404);
    client.look("/nowhere").refused(404, 404);
    client.curl("/run_sse", &[]).refused(405, 405);
    client.curl("/run_sse", &["-d", "{"]).refused(400, 400);
    client.post("/run_sse", &json!({ "session_id": client.session })).refused(400, 400);
    client
        .post("/api/render/proxy/lambda", &json!({ "id": "r", "sessionId": client.session }))
        .refused(400, 400);
}

#[test]
fn what_is_no_file_must_be_small() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    let long = json!({ "urls": ["x".repeat(2_100_000)], "session_id": client.session });
    let body = format!("@{}", server.file("long.json", long.to_string().as_bytes()).display());
    let upload = format!("/api/upload-video/nemo_agent/me/{}", client.session);
    for path in ["/run_sse", "/api/webhooks", &upload] {
        let told =
            client.curl(path, &["-H", "Content-Type: application/json", "-d", &body]).refused(400, 400);
        assert!(told["message"].as_str().unwrap().contains("large"), "{path}: {told}");
    }
}

#[test]
fn files_that_cannot_be_used_are_refused_by_what_they_hold() {
    let Some(server) = Server::start("[upload]\nmegabytes = 1\n") else { return };
    let client = server.client("a");
    let told = client.upload(&server.file("film.mp4", b"Dear diary, this is no film.\n")).refused(415, 4001);
    let message = told["message"].as_str().unwrap();
    assert!(message.contains("text") && message.contains("mp4") && message.contains("m4a"), "{message}");
    let told = client.upload(&server.file("large.mp4", &vec![7; 1_500_000])).refused(413, 4002);
    assert!(told["hint"].as_str().unwrap().contains("ompress"), "{told}");
    client.upload(&server.file("noise.mp4", &[0x93; 5000])).refused(422, 4003);
    client.upload(&server.file("broken.mp4", b"\0\0\0\x18ftypisom\0\0\0\0isomiso2")).refused(422, 4003);
    let path = format!("/api/upload-video/nemo_agent/me/{}", client.session);
    client.curl(&path, &["-F", "colour=red"]).refused(400, 400);
    client.curl(&path, &["-d", "{}"]).refused(400, 400);
    assert!(client.state()["state"]["files"].as_array().unwrap().is_empty(), "nothing of it was kept");
}

#[test]
fn a_file_without_picture_and_sound_is_refused() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    let words = server.file("words.srt", b"1\n00:00:00,000 --> 00:00:02,000\nHello\n");
    let silent = words.with_file_name("words.mp4");
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(&words)
        .args(["-c:s", "mov_text"])
        .arg(&silent)
        .status();
    assert!(made.unwrap().success());
    client.upload(&silent).refused(422, 4007);
}

#[test]
fn what_takes_too_long_is_given_up() {
    let hasty = [("UNDERSONG_OPENING_SECONDS", "0.001")];
    let Some(server) = Server::start_with("", &hasty) else { return };
    // Each byte brings a little time of its own, so there are few.
    let film = server.place.path().join("film.mp4");
    let mut make = Command::new("ffmpeg");
    make.args(["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=64x36:r=5:d=1", "-pix_fmt", "yuv420p"]);
    assert!(make.arg(&film).status().unwrap().success());
    let told = server.client("a").upload(&film).refused(504, 5002);
    assert_eq!(told["retryable"], true, "{told}");
}

#[test]
fn what_fails_here_is_told_and_costs_nothing() {
    let Some(server) = Server::start("") else { return };
    // Far stores have no folder to take away.
    if server.stores.is_some() {
        return;
    }
    let Some(film) = film("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let client = server.client("a");
    client.upload(&film);
    last_word(&client.say("add calm piano music").text());
    let before = client.look("/api/credits/balance/simple").json();
    let kept = server.place.path().join("kept");
    let blobs: Vec<PathBuf> = fs::read_dir(&kept).unwrap().map(|entry| entry.unwrap().path()).collect();
    let folder = blobs.iter().find(|path| path.ends_with("blobs")).unwrap_or_else(|| panic!("{blobs:?}"));
    fs::remove_dir_all(folder).unwrap();
    fs::write(folder, "no folder any more").unwrap();
    let told = client.upload(&film).refused(500, 5001);
    assert_eq!(told["retryable"], true, "{told}");
    client.export("lost");
    let told = client.exported("lost");
    assert_eq!((&told["status"], told["error"].is_null()), (&json!("failed"), false), "{told}");
    assert_eq!(client.look("/api/credits/balance/simple").json(), before, "nothing of it was paid");
}

#[test]
fn exports_of_who_does_not_say_where_it_comes_from_are_blocked() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    let body = json!({ "id": "r", "sessionId": client.session }).to_string();
    client.curl_plain("/api/render/proxy/lambda", &["-d", &body]).refused(402, 402);
    let some = ["-H", "X-Skill-Source: a", "-H", "X-Skill-Version: 1", "-d", &body];
    client.curl_plain("/api/render/proxy/lambda", &some).refused(402, 402);
    client.curl("/api/render/proxy/lambda", &["-d", &body]).refused(400, 400);
    assert_eq!(client.curl_plain("/api/credits/balance/simple", &[]).status, 200, "nothing else needs it");
}

#[test]
fn who_has_nothing_left_may_still_ask() {
    let Some(server) = Server::start("[token]\ncredits = 3\n") else { return };
    let client = server.client("a");
    let Some(film) = film("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    client.upload(&film);
    let told = client.say("add calm piano music").refused(403, 2001);
    assert_eq!(told["data"]["user_id"], client.user);
    let register = told["data"]["register_url"].as_str().unwrap();
    assert!(register.ends_with(&format!("/register?bind={}", client.user)), "{register}");
    assert_eq!(server.curl(register, &[]).status, 200);
    assert_eq!(client.say("how long is the video?").status, 200);
    assert_eq!(client.state()["state"]["draft"]["t"].as_array().unwrap().len(), 1, "nothing was changed");
}

#[test]
fn who_asks_all_the_time_waits() {
    let Some(server) = Server::start("[limit]\nrequests_per_minute = 5\n") else { return };
    let client = server.client("a");
    for _ in 0..4 {
        assert_eq!(client.look("/api/credits/balance/simple").status, 200);
    }
    let last = client.look("/api/credits/balance/simple");
    last.refused(429, 429);
    assert!(last.headers["retry-after"].parse::<u64>().unwrap() >= 1);
}
