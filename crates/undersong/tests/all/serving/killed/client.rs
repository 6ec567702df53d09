//! Clients that go on whatever happens to their server: they upload, speak, export and look, and write down what they are told.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Mutex, RwLock};
use std::thread::sleep;
use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};

use super::book::{Page, sha256};
use super::wire::{Answer, Ask, send};

/// Things that are done in one session; then a new account begins a new one.
const THINGS: u32 = 40;
/// How often a stream that broke is taken up again.
const TRIES: u32 = 5;
/// How long to wait where the server is away or busy.
const PAUSE: Duration = Duration::from_millis(15);

/// What clients and killer share.
pub(super) struct Place {
    pub(super) address: RwLock<SocketAddr>,
    pub(super) over: AtomicBool,
    /// While this is set nothing new is begun.
    pub(super) calm: AtomicBool,
    /// Clients in the middle of something.
    pub(super) busy: AtomicUsize,
    /// The pages of all clients; each writes its last one.
    pub(super) pages: Mutex<Vec<Vec<Page>>>,
    /// What must not be.
    pub(super) faults: Mutex<Vec<String>>,
    pub(super) film: Vec<u8>,
}

/// One of the clients.
pub(super) struct Client<'p> {
    place: &'p Place,
    number: usize,
    chance: ChaCha8Rng,
    done: u32,
}

impl<'p> Client<'p> {
    pub(super) fn new(place: &'p Place, number: usize, seed: u64) -> Client<'p> {
        Client { place, number, chance: ChaCha8Rng::seed_from_u64(seed + number as u64), done: THINGS }
    }

    /// Goes on until all is over.
    pub(super) fn work(mut self) {
        while !self.place.over.load(SeqCst) {
            self.place.busy.fetch_add(1, SeqCst);
            let idle = self.place.calm.load(SeqCst) || self.thing().is_err();
            self.place.busy.fetch_sub(1, SeqCst);
            if idle {
                sleep(PAUSE);
            }
        }
    }

    /// Does one thing; an error is a server that went away.
    fn thing(&mut self) -> io::Result<()> {
        if self.done >= THINGS {
            self.begin()?;
            self.done = 0;
        }
        self.done += 1;
        match self.chance.next_u32() % 20 {
            0..5 => self.upload(),
            5..13 => self.speak(),
            13..16 => self.export(),
            16..18 => self.fetch(),
            _ => self.look(),
        }
    }

    fn page<T>(&self, with: impl FnOnce(&mut Page) -> T) -> T {
        with(self.place.pages.lock().unwrap()[self.number].last_mut().unwrap())
    }

    fn fault(&self, what: String) {
        let session = self.page(|page| page.session.clone());
        self.place.faults.lock().unwrap().push(format!("{session}: {what}"));
    }

    fn tag(&mut self) -> String {
        format!("{:016x}", self.chance.next_u64())
    }

    /// Asks; anything but success and "busy" is a fault, as all of it was acknowledged before.
    fn ask(&self, method: &str, path: &str, more: &[(&str, &str)], body: &[u8]) -> io::Result<Answer> {
        let bearer = format!("Bearer {}", self.page(|page| page.token.clone()));
        let own = [("Authorization", bearer.as_str()), ("X-Skill-Source", "a"), ("X-Skill-Version", "1")];
        let headers = [&own[..], &[("X-Skill-Platform", "b")], more].concat();
        let answer =
            send(*self.place.address.read().unwrap(), &Ask { method, path, headers: &headers, body })?;
        match answer.status {
            200 => Ok(answer),
            409 | 503 => Err(io::Error::other("busy")),
            status => {
                self.fault(format!("{method} {path}: {status} {:?}", answer.bytes().map(text)));
                Err(io::Error::other("refused"))
            }
        }
    }

    fn post(&self, path: &str, body: &Value) -> io::Result<Value> {
        self.ask("POST", path, &[], body.to_string().as_bytes())?.json()
    }

    /// A new account with a session and a hook, all of it or none.
    fn begin(&mut self) -> io::Result<()> {
        let client = self.tag();
        let ask = Ask {
            method: "POST",
            path: "/api/auth/anonymous-token",
            headers: &[("X-Client-Id", &client)],
            body: b"",
        };
        let token = send(*self.place.address.read().unwrap(), &ask)?.json()?;
        let Some(token) = token["token"].as_str() else { return Err(io::Error::other("no token")) };
        let page = Page { token: token.to_owned(), ..Page::default() };
        self.place.pages.lock().unwrap()[self.number].push(page);
        // A page whose session was never heard of is nothing that must be kept.
        let begun = self.begin_session();
        if begun.is_err() {
            self.place.pages.lock().unwrap()[self.number].pop();
        }
        begun
    }

    fn begin_session(&self) -> io::Result<()> {
        let made = self.post("/api/tasks/me/with-session/nemo_agent", &json!({}))?;
        let hook = self.post("/api/webhooks", &json!({ "url": "http://127.0.0.1:9/hook" }))?;
        let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        self.page(|page| {
            (page.session, page.user) = (said(&made["session_id"]), said(&made["user_id"]));
            page.hook = said(&hook["data"]["id"]);
        });
        Ok(())
    }

    /// The film with a tag at its end that nobody sees: a box that is free.
    fn upload(&mut self) -> io::Result<()> {
        let tag = self.tag();
        let film = [&self.place.film[..], &[0, 0, 0, 24], b"free", tag.as_bytes()].concat();
        let hash = sha256(&film);
        self.page(|page| page.sent.insert(hash.clone()));
        let head = "--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"film.mp4\"\r\n\r\n";
        let body = [head.as_bytes(), &film, b"\r\n--cut--\r\n"].concat();
        let path = format!("/api/upload-video/nemo_agent/me/{}", self.page(|page| page.session.clone()));
        let told = self
            .ask("POST", &path, &[("Content-Type", "multipart/form-data; boundary=cut")], &body)?
            .json()?;
        let file = &told["files"][0];
        if file["hash"] != hash {
            self.fault(format!("an upload has another hash: {told}"));
        }
        self.page(|page| {
            page.uploads.insert(file["file_id"].as_str().unwrap_or_default().to_owned(), hash);
            page.revision = page.revision.max(told["revision"].as_i64().unwrap_or(0));
        });
        Ok(())
    }

    /// Says something and hears all of it, over as many servers as it takes.
    fn speak(&mut self) -> io::Result<()> {
        let tag = self.tag();
        let words = match self.chance.next_u32() % 8 {
            0 => "how long is the video?".to_owned(),
            1 => "add calm piano music".to_owned(),
            2 => "add a title 'export' and export the video".to_owned(),
            _ => format!("add the title '{tag}'"),
        };
        if self.hear(&words, None)? {
            return Ok(());
        }
        for _ in 0..TRIES {
            sleep(PAUSE * 4);
            let last = self.page(|page| page.events.keys().last().copied().unwrap_or(0));
            if matches!(self.hear(&words, Some(last)), Ok(true)) {
                break;
            }
        }
        Ok(())
    }

    /// Reads a stream until its run or the server ends; whether it was the run.
    fn hear(&self, words: &str, after: Option<i64>) -> io::Result<bool> {
        let session = self.page(|page| page.session.clone());
        let body =
            json!({ "session_id": session, "new_message": { "parts": [{ "text": words }] } }).to_string();
        let after = after.map(|number| number.to_string());
        let seen: Vec<_> = after.iter().map(|number| ("Last-Event-ID", number.as_str())).collect();
        let mut stream = self.ask("POST", "/run_sse", &seen, body.as_bytes())?;
        while let Ok((number, event)) = stream.event() {
            let told: Value = serde_json::from_str(&event).map_err(io::Error::other)?;
            let known = self.page(|page| page.events.insert(number, event.clone()));
            if known.is_some_and(|known| known != event) {
                self.fault(format!("event {number} has changed: {event}"));
            }
            let revision = told["actions"]["stateDelta"]["revision"].as_i64().unwrap_or(0);
            self.page(|page| page.revision = page.revision.max(revision));
            if told["turnComplete"] == true {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn export(&mut self) -> io::Result<()> {
        if self.page(|page| page.uploads.is_empty()) {
            return Ok(());
        }
        let id = format!("render_{}", self.tag());
        let session = self.page(|page| page.session.clone());
        let told = self.post("/api/render/proxy/lambda", &json!({ "id": id, "sessionId": session }))?;
        if told["id"] != id.as_str() {
            self.fault(format!("an export has another id: {told}"));
        }
        self.page(|page| page.exports.insert(id, None));
        Ok(())
    }

    /// Looks at an export, and fetches it when it is there: every time the same film.
    fn fetch(&mut self) -> io::Result<()> {
        let known: Vec<_> = self.page(|page| page.exports.clone().into_iter().collect());
        if known.is_empty() {
            return Ok(());
        }
        let (id, had) = &known[self.chance.next_u32() as usize % known.len()];
        let told = self.ask("GET", &format!("/api/render/proxy/{id}"), &[], b"")?.json()?;
        if told["status"] != "completed" {
            if had.is_some() {
                self.fault(format!("an export is no more: {told}"));
            }
            return Ok(());
        }
        let film = self.ask("GET", &format!("/api/render/proxy/{id}/download"), &[], b"")?.bytes()?;
        let found = Some((film.len() as u64, sha256(&film)));
        if told["output"]["size"] != film.len() || (had.is_some() && *had != found) {
            self.fault(format!("an export was {had:?} and is {found:?}: {told}"));
        }
        self.page(|page| page.exports.insert(id.clone(), found));
        Ok(())
    }

    fn look(&mut self) -> io::Result<()> {
        let (session, wanted) = self.page(|page| (page.session.clone(), page.clone()));
        let path = format!("/api/state/nemo_agent/me/{session}/latest");
        let told = self.ask("GET", &path, &[], b"")?.json()?;
        let state = &told["data"]["state"];
        let hash = |id: &String| {
            let file = state["files"].as_array()?.iter().find(|file| file["file_id"] == id.as_str())?;
            Some(file["hash"].as_str()?.to_owned())
        };
        for (id, sent) in &wanted.uploads {
            if hash(id).as_ref() != Some(sent) {
                self.fault(format!("the upload {id} is {:?} and was {sent}", hash(id)));
            }
        }
        if told["data"]["revision"].as_i64().unwrap_or(0) < wanted.revision {
            self.fault(format!("revision {} was told before: {told}", wanted.revision));
        }
        Ok(())
    }
}

/// Whether a session has films that are still to be watched, as the server tells it.
pub(super) fn is_watching(place: &Place, page: &Page) -> bool {
    let bearer = format!("Bearer {}", page.token);
    let path = format!("/api/state/nemo_agent/me/{}/latest", page.session);
    let ask = Ask { method: "GET", path: &path, headers: &[("Authorization", &bearer)], body: b"" };
    let told = send(*place.address.read().unwrap(), &ask).and_then(Answer::json).unwrap();
    let analyses = told["data"]["state"]["video_analyses"].as_array().unwrap_or_else(|| panic!("{told}"));
    analyses.iter().any(|analysis| analysis["status"] == "pending")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}
