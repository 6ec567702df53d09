//! What real clients do differently from each other, all of which must work.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::super::program::film;
use super::server::{Server, events, last_word};

#[test]
fn replies_stand_at_the_top_too() {
    let Some(server) = Server::start("") else { return };
    let token = server.token(&format!("client-{}-4711", 1_795_332_553)).json();
    for key in ["token", "user_id", "expires_at", "credits"] {
        assert_eq!(token[key], token["data"][key], "{token}");
    }
    let text = token["token"].as_str().unwrap();
    assert!(text.starts_with("nmv_usr_") && text.len() == 8 + 43, "a token of {} characters", text.len());
    assert!(token["user_id"].as_str().unwrap().starts_with("anon_"));
    assert_eq!(token["credits"], 100);
    assert!(token["expires_at"].as_str().unwrap().ends_with('Z'));
    let client = server.client("c");
    for body in ["", "{}", r#"{"task_name":"project","language":"zh-CN"}"#] {
        let made = client.curl("/api/tasks/me/with-session/nemo_agent", &["-X", "POST", "-d", body]).json();
        assert_eq!(made["session_id"], made["data"]["session_id"]);
        let session = made["session_id"].as_str().unwrap();
        assert!(session.len() == 19 && session.chars().all(|c| c.is_ascii_digit()), "{session}");
        assert!(made["task_id"].as_str().unwrap().starts_with("task_"));
    }
    let credits = client.look("/api/credits/balance/simple").json();
    assert_eq!((&credits["total"], &credits["data"]["total"]), (&json!(100), &json!(100)));
}

#[test]
fn a_caller_may_be_me_or_itself_but_nobody_else() {
    let Some(server) = Server::start("") else { return };
    let (client, other) = (server.client("a"), server.client("b"));
    let state = |user: &str| client.look(&format!("/api/state/nemo_agent/{user}/{}/latest", client.session));
    assert_eq!((state("me").status, state(&client.user).status), (200, 200));
    state(&other.user).refused(404, 1002);
    other.look(&format!("/api/state/nemo_agent/me/{}/latest", client.session)).refused(404, 1002);
    let made = client.post(&format!("/api/tasks/{}/with-session/nemo_agent", client.user), &json!({}));
    assert_eq!(made.status, 200);
    client.post(&format!("/api/tasks/{}/with-session/nemo_agent", other.user), &json!({})).refused(404, 1002);
}

#[test]
fn a_message_is_read_however_it_is_written() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    let session = &client.session;
    let parts = json!([{ "text": "what can you do?" }]);
    let bodies: [Value; 4] = [
        json!({ "app_name": "nemo_agent", "user_id": "me", "session_id": session, "new_message": { "parts": parts } }),
        json!({ "appName": "nemo_agent", "userId": client.user, "sessionId": session, "newMessage": { "role": "user", "parts": parts } }),
        json!({ "session_id": session, "new_message": { "parts": parts }, "colour": "red" }),
        json!({ "session_id": session, "message": "what can you do?" }),
    ];
    for body in bodies {
        let stream = client.post("/run_sse", &body);
        assert_eq!(stream.status, 200, "{body}: {}", stream.text());
        assert!(!last_word(&stream.text()).is_empty());
    }
    let bearer = format!("authorization: bearer {}", client.token);
    assert_eq!(
        server.curl("/api/credits/balance/simple", &["-H", &bearer]).status,
        200,
        "a scheme in small letters"
    );
}

#[test]
fn events_are_what_the_kit_knows() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    let told = events(&client.say("hello").text());
    let known = [
        "id",
        "invocationId",
        "author",
        "timestamp",
        "content",
        "partial",
        "turnComplete",
        "actions",
        "errorCode",
        "errorMessage",
    ];
    for (event, number) in &told {
        assert!(event.as_object().unwrap().keys().all(|key| known.contains(&key.as_str())), "{event}");
        assert!(event["invocationId"].as_str().unwrap().starts_with("e-"), "{event}");
        assert!(event["timestamp"].is_f64() && *number > 0, "{event}");
        assert_eq!(event["author"], "nemo_agent");
    }
}

#[test]
fn the_same_request_twice_has_one_effect() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    let make = |key: &str, name: &str| {
        let key = format!("Idempotency-Key: {key}");
        let body = json!({ "task_name": name }).to_string();
        client.curl("/api/tasks/me/with-session/nemo_agent", &["-H", &key, "-d", &body])
    };
    let (first, again) = (make("k1", "a"), make("k1", "a"));
    assert_eq!((first.status, first.json()), (200, again.json()));
    assert_eq!(again.headers["idempotent-replayed"], "true");
    make("k1", "b").refused(409, 4009);
    assert_ne!(make("k2", "a").json()["session_id"], first.json()["session_id"]);
    let other = server.client("b");
    let body = json!({ "task_name": "a" }).to_string();
    let theirs =
        other.curl("/api/tasks/me/with-session/nemo_agent", &["-H", "Idempotency-Key: k1", "-d", &body]);
    assert_ne!(theirs.json()["session_id"], first.json()["session_id"], "a key is its owner's");
}

#[test]
fn a_file_that_is_sent_twice_under_one_key_is_taken_once() {
    let Some(film) = film("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    let path = format!("/api/upload-video/nemo_agent/me/{}", client.session);
    let file = format!("files=@{}", film.display());
    let send = || client.curl(&path, &["-H", "Idempotency-Key: k1", "-F", &file]);
    let (first, again) = (send(), send());
    assert_eq!((first.status, first.json()), (200, again.json()));
    assert_eq!(again.headers["idempotent-replayed"], "true");
    assert_eq!(client.state()["state"]["draft"]["t"][0]["sg"].as_array().unwrap().len(), 1);
}

#[test]
fn who_leaves_before_the_answer_gets_it_when_asking_again() {
    let Some(film) = film("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    let path = format!("/api/upload-video/nemo_agent/me/{}", client.session);
    let mut body =
        b"--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.mp4\"\r\n\r\n".to_vec();
    body.extend(std::fs::read(&film).unwrap());
    body.extend(b"\r\n--x--\r\n");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nIdempotency-Key: k1\r\n\
         Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {}\r\n\r\n",
        client.token,
        body.len()
    );
    let mut stream = TcpStream::connect(server.base.strip_prefix("http://").unwrap()).unwrap();
    stream.write_all(&[head.as_bytes(), &body].concat()).unwrap();
    drop(stream);
    let began = Instant::now();
    let waits = || {
        std::thread::sleep(Duration::from_millis(100));
        began.elapsed() < Duration::from_secs(20)
    };
    // Who asks before the server has read the first request is the first.
    while client.state()["state"]["draft"]["t"].as_array().is_none_or(Vec::is_empty) && waits() {}
    // What is answered before all is sent may be lost, so little is sent: of a form the key alone is compared.
    let send = || client.curl(&path, &["-H", "Idempotency-Key: k1", "-F", "files=again"]);
    let mut answer = send();
    while answer.status == 409 && waits() {
        answer = send();
    }
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(send().headers["idempotent-replayed"], "true");
    assert_eq!(client.state()["state"]["draft"]["t"][0]["sg"].as_array().unwrap().len(), 1);
}
