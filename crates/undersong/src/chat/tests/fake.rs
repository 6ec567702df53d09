//! A server of the dialect that answers as a test says, and somebody who talks to it.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use agent::Language;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::chat::conversation::{Beginning, Conversation};
use crate::chat::kept::Kept;
use crate::chat::pace::Pace;
use crate::chat::screen::{Meter, Screen};
use crate::chat::sent::Sent;
use crate::chat::trouble::Trouble;
use crate::chat::wire::{Attribution, Wire};

pub(super) const TOKEN: &str = "POST /api/auth/anonymous-token";
pub(super) const SESSION: &str = "POST /api/tasks/me/with-session/nemo_agent";
pub(super) const UPLOAD: &str = "POST /api/upload-video/nemo_agent/me/7";
pub(super) const STATE: &str = "GET /api/state/nemo_agent/me/7/latest";
pub(super) const RUN: &str = "POST /run_sse";
pub(super) const RENDER: &str = "POST /api/render/proxy/lambda";
pub(super) const CREDITS: &str = "GET /api/credits/balance/simple";

/// An answer of the server.
#[derive(Clone)]
pub(super) enum Answer {
    Json(u16, Value),
    Stream(Vec<Piece>),
    File(&'static [u8]),
}

/// A piece of a stream.
#[derive(Clone)]
pub(super) enum Piece {
    Text(String),
    Pause(u64),
    /// The connection breaks.
    Break,
}

type Script = Arc<Mutex<HashMap<String, VecDeque<Answer>>>>;

/// The server; it ends with the test.
pub(super) struct Fake {
    base: String,
    script: Script,
    seen: Arc<Mutex<Vec<Seen>>>,
    place: TempDir,
}

/// What was asked.
#[derive(Clone)]
pub(super) struct Seen {
    pub(super) what: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

/// Somebody who keeps what is shown.
#[derive(Default)]
struct Recorder(String);

impl Screen for Recorder {
    fn tell(&mut self, words: &str, ends: bool) {
        self.0.push_str(words);
        self.0.push_str(if ends { "\n" } else { "" });
    }

    fn say(&mut self, paragraph: &str) {
        self.tell(paragraph, true);
    }

    fn meter(&mut self, _what: &str) -> Meter {
        Arc::new(|_| {})
    }

    fn calm(&mut self) {}
}

impl Fake {
    /// A server that does all that is asked of it, with one film in every session.
    pub(super) async fn start() -> Fake {
        let script: Script = Arc::default();
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (answers, log) = (Arc::clone(&script), Arc::clone(&seen));
        let router = Router::new().fallback(move |request: Request| {
            let (answers, log) = (Arc::clone(&answers), Arc::clone(&log));
            async move { Ok::<Response, Infallible>(answered(request, &answers, &log).await) }
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        let fake = Fake { base, script, seen, place: tempfile::tempdir().unwrap() };
        let made = json!({ "token": "nmv_usr_new", "user_id": "anon_1" });
        fake.answers(TOKEN, [done(made)]);
        fake.answers(SESSION, [done(json!({ "session_id": "7", "user_id": "anon_1" }))]);
        fake.answers(UPLOAD, [done(json!({ "files": [{ "duration": 10.0, "width": 320, "height": 180 }] }))]);
        fake.answers(STATE, [state(35)]);
        fake.answers(RUN, [said("Done.")]);
        fake.answers(CREDITS, [done(json!({ "available": 90, "frozen": 0, "total": 90 }))]);
        fake.answers(RENDER, [done(json!({ "status": "pending" }))]);
        fake
    }

    /// The next answers to a request; the last of them holds from then on. `GET /.../render_1` stands for every number.
    pub(super) fn answers(&self, what: &str, answers: impl IntoIterator<Item = Answer>) {
        self.script.lock().unwrap().insert(what.to_owned(), answers.into_iter().collect());
    }

    /// A conversation of these sentences about a film; what was shown, without what differs from run to run.
    pub(super) async fn talk(&self, sentences: &[&str]) -> String {
        self.talk_in(PACE, None, sentences).await
    }

    /// The same with another patience, and a token that somebody brings along.
    pub(super) async fn talk_in(&self, pace: Pace, token: Option<&str>, sentences: &[&str]) -> String {
        let mut recorder = Recorder::default();
        let wire =
            Wire::new(&self.base, Attribution { source: "test".to_owned(), platform: "terminal" }).unwrap();
        let beginning = Beginning {
            wire,
            kept: Kept::open(&self.place.path().join("kept"), &self.base),
            pace,
            token: token.map(str::to_owned),
            web: None,
            client: None,
            language: Language::English,
        };
        let mut talk = Conversation::new(beginning, &mut recorder);
        let film = vec![vec![Sent::File(self.film())]];
        let ended = match talk.begin(film).await {
            Ok(()) => all(&mut talk, sentences).await,
            Err(trouble) => Err(trouble),
        };
        let ended = ended.err().map(|trouble| talk.told(&trouble));
        let mut shown = recorder.0;
        shown.extend(ended);
        shown.replace(&self.base, "SERVER").replace(&self.place.path().display().to_string(), "PLACE")
    }

    /// The film that is sent.
    pub(super) fn film(&self) -> PathBuf {
        let path = self.place.path().join("film.mp4");
        std::fs::write(&path, "a film").unwrap();
        path
    }

    /// The film that was fetched.
    pub(super) fn fetched(&self) -> Vec<u8> {
        std::fs::read(self.place.path().join("film-scored.mp4")).unwrap()
    }

    /// What was asked, in its order.
    pub(super) fn asked(&self, what: &str) -> Vec<Seen> {
        self.seen.lock().unwrap().iter().filter(|seen| seen.what == what).cloned().collect()
    }
}

async fn all(talk: &mut Conversation<'_>, sentences: &[&str]) -> Result<(), Trouble> {
    for sentence in sentences {
        talk.say_to(sentence).await?;
    }
    Ok(())
}

/// As quick as a test is.
pub(super) const PACE: Pace = Pace {
    word: Duration::from_secs(60),
    patience: Duration::from_secs(60),
    retry: Duration::from_millis(1),
    glance: Duration::from_millis(1),
    most: Duration::from_millis(2),
    look: Duration::from_millis(1),
};

pub(super) fn done(data: Value) -> Answer {
    Answer::Json(200, json!({ "code": 0, "message": "ok", "data": data }))
}

pub(super) fn refused(status: u16, code: i64, data: Value) -> Answer {
    Answer::Json(status, json!({ "code": code, "message": "no", "data": data }))
}

/// A state with music at a level in percent.
pub(super) fn state(level: i64) -> Answer {
    let film = json!({ "id": 1, "start": 0, "length": 10_000, "name": "film.mp4", "volume": 1.0 });
    let music =
        json!({ "id": 2, "start": 0, "length": 10_000, "name": "Lo-fi", "volume": level as f64 / 100.0 });
    let draft = json!({ "t": [{ "tt": 0, "sg": [film] }, { "tt": 1, "sg": [music] }], "d": 10_000 });
    done(json!({ "state": { "draft": draft } }))
}

pub(super) fn text(words: &str) -> Piece {
    let event =
        json!({ "author": "nemo_agent", "content": { "role": "model", "parts": [{ "text": words }] } });
    Piece::Text(format!("data: {event}\n\n"))
}

/// A run that says something.
pub(super) fn said(words: &str) -> Answer {
    Answer::Stream(vec![text(words)])
}

async fn answered(request: Request, script: &Script, seen: &Mutex<Vec<Seen>>) -> Response {
    let (head, body) = request.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    let path = match head.uri.path().rsplit_once("/render_") {
        Some((before, after)) => {
            format!("{before}/render_1{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
        }
        None => head.uri.path().to_owned(),
    };
    let what = format!("{} {path}", head.method);
    let body = serde_json::from_slice(&bytes).unwrap_or_else(|_| json!(String::from_utf8_lossy(&bytes)));
    seen.lock().unwrap().push(Seen { what: what.clone(), headers: head.headers, body });
    let answer = match script.lock().unwrap().get_mut(&what) {
        Some(answers) if answers.len() > 1 => answers.pop_front(),
        Some(answers) => answers.front().cloned(),
        None => None,
    };
    match answer {
        Some(Answer::Json(status, body)) => {
            response(status, "application/json", Body::from(body.to_string()))
        }
        Some(Answer::File(bytes)) => response(200, "video/mp4", Body::from(bytes)),
        Some(Answer::Stream(pieces)) => {
            let stream = futures_util::stream::unfold(pieces.into_iter(), |mut pieces| async {
                loop {
                    match pieces.next()? {
                        Piece::Text(text) => return Some((Ok(Bytes::from(text)), pieces)),
                        Piece::Pause(millis) => tokio::time::sleep(Duration::from_millis(millis)).await,
                        Piece::Break => return Some((Err(io::Error::other("cut")), pieces)),
                    }
                }
            });
            response(200, "text/event-stream", Body::from_stream(stream))
        }
        None => response(500, "text/plain", Body::from(format!("nothing was prepared for {what}"))),
    }
}

fn response(status: u16, kind: &str, body: Body) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    Response::builder().status(status).header("Content-Type", kind).body(body).unwrap()
}
