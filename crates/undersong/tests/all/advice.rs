//! A language model beside the built-in reader: asked where it is wanted, and no harm where it fails.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::program::{Room, Told, film};

/// Words that the built-in reader does not know.
const RIDDLE: &str = "give it the air of a submarine under the ice";

/// An OpenAI-compatible server that always gives one answer, and what it was asked.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn saying(kind: &'static str, body: String, late: Duration) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/v1", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, body) = (Arc::clone(&kept), body.clone());
                thread::spawn(move || {
                    kept.lock().unwrap().push(heard(&stream));
                    thread::sleep(late);
                    answer(&stream, kind, &body);
                });
            }
        });
        Server { address, asked }
    }

    /// One that has these edits for everything.
    fn with(edits: &Value) -> Server {
        let argument = json!({ "edits": edits }).to_string();
        let call = json!({ "id": "1", "type": "function", "function": { "name": "edit_film", "arguments": argument } });
        let message = json!({ "role": "assistant", "content": null, "tool_calls": [call] });
        let body = json!({ "choices": [{ "index": 0, "finish_reason": "tool_calls", "message": message }] });
        Server::saying("application/json", body.to_string(), Duration::ZERO)
    }

    fn times_asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    fn run(&self, room: &Room, arguments: &[&str], settings: &[(&str, &str)]) -> Told {
        let mut command = room.undersong();
        command.env("UNDERSONG_LLM_MODEL", "our-model").env("UNDERSONG_LLM_URL", &self.address);
        command.env("UNDERSONG_LLM_KEY", "sk-nobody").envs(settings.iter().copied());
        Told::of(command.args(arguments).output().unwrap())
    }

    fn says(&self, room: &Room, request: &str, settings: &[(&str, &str)]) -> Value {
        self.run(room, &["edit", "p.json", request, "--json"], settings).answer()
    }
}

/// The body of what somebody asks.
fn heard(stream: &TcpStream) -> String {
    let (mut reader, mut head) = (BufReader::new(stream), String::new());
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap() > 0 {}
    let head = head.to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    String::from_utf8(body).unwrap()
}

fn answer(mut stream: &TcpStream, kind: &str, body: &str) {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n");
    // Who did not wait has gone.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

/// A project about half a minute of film with lo-fi under it.
fn with_music(room: &Room) {
    let document = json!({
        "video": {"profile": {"duration_s": 30.0, "width": 1920, "height": 1080, "fps": 25.0, "valence": 0.2,
            "arousal": -0.3, "speech_s": [[5.0, 9.0]], "cuts_s": [4.0, 12.5], "has_music": false}},
        "state": {"music": []}
    });
    fs::write(room.file("p.json"), document.to_string()).unwrap();
    room.run(["edit", "p.json", "add lo-fi", "--json"]).answer();
}

/// Sparse and dark music with a bell at four and a half seconds.
fn dark() -> Value {
    let brief = json!({ "genre": "ambient", "tempo_bpm": 62, "hits": [4.5], "without": ["drums"] });
    json!([{ "rescore": { "bed": 1, "brief": brief } }, { "level": { "bed": 1, "percent": 24 } }])
}

#[test]
fn a_model_is_asked_about_what_the_reader_does_not_know_and_our_voice_answers() {
    let (room, server) = (Room::new(), Server::with(&dark()));
    with_music(&room);
    let told = server.says(&room, RIDDLE, &[]);
    assert_eq!(
        (&told["kind"], &told["read_by"], &told["warnings"]),
        (&json!("edited"), &json!("model"), &json!([]))
    );
    let music = &told["state"]["music"][0];
    assert_eq!((&music["genre"], &music["level_pct"]), (&json!("ambient"), &json!(24.0)));
    let reply = told["reply"].as_str().unwrap();
    // Figures of the new state: what the piece is composed with, and not what the model said of it.
    let tempo = format!("{} BPM", music["tempo_bpm"].as_f64().unwrap());
    assert!(reply.contains("Ambient") && reply.contains("24%") && reply.contains(&tempo), "{reply}");
    let undone = server.says(&room, "undo that", &[]);
    assert_eq!(undone["state"]["music"][0]["genre"], "lofi");
    assert_eq!(server.times_asked(), 1);
    let sent = server.asked.lock().unwrap()[0].clone();
    assert!(sent.contains(RIDDLE) && !sent.contains("sk-nobody") && !sent.contains("p.json"), "{sent}");
    assert!(room.leftovers().is_empty());
}

#[test]
fn a_model_is_asked_always_only_where_that_is_said_and_something_changes() {
    let (room, server) = (Room::new(), Server::with(&dark()));
    with_music(&room);
    let heist = "make it sound like the opening of a heist";
    let told = server.says(&room, heist, &[]);
    assert_eq!((&told["read_by"], server.times_asked()), (&json!("reader"), 0));
    let always = [("UNDERSONG_LLM_WHEN", "always")];
    for request in ["what tempo is it?", "undo that", "redo", "never mind", "export", "list my versions"] {
        server.says(&room, request, &always);
        assert_eq!(server.times_asked(), 0, "{request}");
    }
    let told = server.says(&room, heist, &always);
    assert_eq!((&told["read_by"], &told["state"]["music"][0]["genre"]), (&json!("model"), &json!("ambient")));
}

#[test]
fn whatever_goes_wrong_with_a_model_the_readers_answer_stands() {
    let room = Room::new();
    with_music(&room);
    let plain = room.run(["edit", "p.json", RIDDLE, "--json"]).answer();
    let project = fs::read(room.file("p.json")).unwrap();
    let html = Server::saying("text/html", "<p>gossip</p>".into(), Duration::ZERO);
    let slow = Server::saying("application/json", "{}".into(), Duration::from_secs(30));
    let elsewhere = Server::with(&json!([{ "level": { "bed": 7, "percent": 20 } }]));
    let loud = Server::with(&json!([{ "level": { "bed": 1, "percent": 900 } }]));
    let thief = Server::with(
        &json!([{ "add-clip": { "source": { "id": 0, "name": "p", "file": "/etc/passwd", "kind": "photo" } } }]),
    );
    let begun = Instant::now();
    for (server, why) in [
        (html, "could not be read"),
        (slow, "did not answer within 0.3 s"),
        (elsewhere, "do not fit the film"),
        (loud, "do not fit the film"),
        (thief, "were not valid"),
    ] {
        let told = server.says(&room, RIDDLE, &[("UNDERSONG_LLM_SECONDS", "0.3")]);
        assert_eq!(
            (&told["reply"], &told["kind"], &told["read_by"]),
            (&plain["reply"], &plain["kind"], &json!("reader"))
        );
        let warning = told["warnings"][0].as_str().unwrap();
        assert!(warning.contains(why) && !warning.contains("gossip") && warning.ends_with('.'), "{warning}");
        assert_eq!((server.times_asked(), told["warnings"].as_array().unwrap().len()), (1, 1));
        assert_eq!(fs::read(room.file("p.json")).unwrap(), project);
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert!(room.leftovers().is_empty());
}

#[test]
fn a_film_is_scored_as_a_model_reads_it_and_shown_only_where_that_is_allowed() {
    let Some(film) = film("gopro_karma_drone_480p.mp4") else { return };
    let brief = json!({ "genre": "ambient", "mood": { "valence": -0.4, "arousal": -0.6 } });
    let server = Server::with(&json!([{ "add-bed": { "music": { "composed": brief }, "span": null } }]));
    let room = Room::new();
    let words = ["add", film.to_str().unwrap(), RIDDLE, "--dry-run", "--json"];
    for (vision, pictures) in [("0", 0), ("1", 4)] {
        let told = server.run(&room, &words, &[("UNDERSONG_LLM_VISION", vision)]).answer();
        assert_eq!(
            (&told["read_by"], &told["cue"]["genre"]),
            (&json!("model"), &json!("ambient")),
            "{told:#}"
        );
        let sent = server.asked.lock().unwrap().pop().unwrap();
        assert_eq!(sent.matches("data:image/png;base64,").count(), pictures);
        assert!(!sent.contains("gopro"), "{sent}");
    }
    let slow = Server::saying("application/json", "{}".into(), Duration::from_secs(30));
    let told = slow.run(&room, &words, &[("UNDERSONG_LLM_SECONDS", "0.3")]).answer();
    assert_eq!(told["read_by"], "reader");
    assert!(told["warnings"].to_string().contains("did not answer within 0.3 s"), "{told:#}");
    assert!(room.leftovers().is_empty());
}

#[test]
fn settings_that_make_no_sense_are_told_before_anything_is_done() {
    let (room, server) = (Room::new(), Server::with(&dark()));
    with_music(&room);
    for (name, value) in [
        ("UNDERSONG_LLM_WHEN", "sometimes"),
        ("UNDERSONG_LLM_SECONDS", "-1"),
        ("UNDERSONG_LLM_URL", "nowhere"),
        ("UNDERSONG_LLM_MODEL", "nobody::m"),
    ] {
        let told = server.run(&room, &["edit", "p.json", RIDDLE], &[(name, value)]);
        assert_eq!(told.status.code(), Some(2), "{}", told.err);
        assert!(told.err.contains("UNDERSONG_LLM") && told.err.trim().lines().count() == 1, "{}", told.err);
    }
    assert_eq!(server.times_asked(), 0);
}
