//! Somebody who speaks the protocol by hand.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::super::program::Room;
use super::super::serving::server::Server;

/// The program, with its standard streams in our hands.
pub(super) struct Peer {
    child: Child,
    asks: ChildStdin,
    told: Lines<BufReader<ChildStdout>>,
    asked: u64,
}

impl Peer {
    /// A peer that has shaken hands, with what the program said then.
    pub(super) fn new(room: &Room, arguments: &[&str]) -> (Peer, Value) {
        let mut child = room.undersong().arg("mcp").args(arguments).stdin(Stdio::piped()).spawn().unwrap();
        let asks = child.stdin.take().unwrap();
        let told = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut peer = Peer { child, asks, told, asked: 0 };
        let who = json!({ "name": "test", "version": "1" });
        let hello = json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": who });
        let answer = peer.ask("initialize", &hello);
        peer.write(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        (peer, answer)
    }

    fn write(&mut self, message: &Value) {
        writeln!(self.asks, "{message}").unwrap();
        self.asks.flush().unwrap();
    }

    /// The result of a request; whatever stands on standard output must be of the protocol.
    pub(super) fn ask(&mut self, method: &str, asked: &Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": asked }));
        loop {
            let line = self.told.next().unwrap().unwrap();
            let message: Value = serde_json::from_str(&line).unwrap_or_else(|why| panic!("{why}: {line}"));
            assert_eq!(message["jsonrpc"], "2.0", "{line}");
            if message["id"] == id {
                return message["result"].clone();
            }
        }
    }

    /// What a tool gives.
    pub(super) fn call(&mut self, tool: &str, asked: Value) -> Value {
        let told = self.ask("tools/call", &json!({ "name": tool, "arguments": asked }));
        assert_eq!(told["isError"], false, "{tool}: {told}");
        told["structuredContent"].clone()
    }

    /// Why a tool refuses.
    pub(super) fn refused(&mut self, tool: &str, asked: Value) -> String {
        let told = self.ask("tools/call", &json!({ "name": tool, "arguments": asked }));
        assert_eq!(told["isError"], true, "{tool}: {told}");
        told["content"][0]["text"].as_str().unwrap().to_owned()
    }

    /// A job when it has ended.
    pub(super) fn ended(&mut self, job: &Value) -> Value {
        let began = Instant::now();
        loop {
            let work = self.call("job_status", json!({ "job": job, "wait_s": 10 }));
            if work["status"] != "working" || began.elapsed() > Duration::from_secs(100) {
                return work;
            }
        }
    }

    /// Leaves, and gives how the program ended and how long that took.
    pub(super) fn leave(self) -> (ExitStatus, Duration) {
        let Peer { mut child, asks, .. } = self;
        let began = Instant::now();
        drop(asks);
        let status = child.wait().unwrap();
        (status, began.elapsed())
    }
}

/// Asks with curl.
fn curl(arguments: &[&str]) -> (u16, Value) {
    let told = Command::new("curl")
        .args(["-sS", "--max-time", "60", "-w", "\n%{http_code}"])
        .args(arguments)
        .output();
    let told = String::from_utf8(told.unwrap().stdout).unwrap();
    let (body, status) = told.rsplit_once('\n').unwrap();
    (status.parse().unwrap(), serde_json::from_str(body).unwrap_or(Value::Null))
}

/// A token for a client of this name.
pub(super) fn token(server: &Server, name: &str) -> String {
    let url = format!("{}/api/auth/anonymous-token", server.base);
    let (_, told) = curl(&["-X", "POST", "-H", &format!("X-Client-Id: {name}"), &url]);
    told["data"]["token"].as_str().unwrap_or_else(|| panic!("{told}")).to_owned()
}

/// Sends a film into a session of its own, and gives the address at which it can be fetched.
pub(super) fn uploaded(server: &Server, token: &str, film: &Path) -> String {
    let session = session(server, token);
    sent(server, token, &session, film)
}

/// Sends a film into a session, and gives the address at which it can be fetched.
pub(super) fn sent(server: &Server, token: &str, session: &str, film: &Path) -> String {
    let url = format!("{}/api/upload-video/nemo_agent/me/{session}", server.base);
    let (bearer, file) = (format!("Authorization: Bearer {token}"), format!("files=@{}", film.display()));
    let (_, told) = curl(&["-H", &bearer, "-F", &file, &url]);
    told["data"]["files"][0]["cdn_url"].as_str().unwrap_or_else(|| panic!("{told}")).to_owned()
}

/// The sessions of who has this token.
pub(super) fn sessions(server: &Server, token: &str) -> Value {
    let url = format!("{}/apps/nemo_agent/users/me/sessions", server.base);
    curl(&["-H", &format!("Authorization: Bearer {token}"), &url]).1
}

/// A session.
fn session(server: &Server, token: &str) -> String {
    let (url, bearer) = (
        format!("{}/api/tasks/me/with-session/nemo_agent", server.base),
        format!("Authorization: Bearer {token}"),
    );
    let (_, told) = curl(&["-H", &bearer, "-H", "Content-Type: application/json", "-d", "{}", &url]);
    told["data"]["session_id"].as_str().unwrap_or_else(|| panic!("{told}")).to_owned()
}

/// What `/mcp` answers to a request with these headers.
pub(super) fn post(server: &Server, headers: &[&str], method: &str, asked: &Value) -> (u16, Value) {
    let url = format!("{}/mcp", server.base);
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": asked }).to_string();
    let mut arguments =
        vec!["-H", "Content-Type: application/json", "-H", "Accept: application/json, text/event-stream"];
    arguments.extend(headers.iter().flat_map(|header| ["-H", *header]));
    arguments.extend(["-d", body.as_str(), url.as_str()]);
    curl(&arguments)
}

/// What a tool gives who has this token.
pub(super) fn call(server: &Server, token: &str, tool: &str, asked: Value) -> Value {
    let skill = ["X-Skill-Source: test", "X-Skill-Version: 1", "X-Skill-Platform: terminal"];
    call_with(server, token, &skill, tool, asked)
}

/// The same for who sends these headers beside the token.
pub(super) fn call_with(server: &Server, token: &str, beside: &[&str], tool: &str, asked: Value) -> Value {
    let bearer = format!("Authorization: Bearer {token}");
    let headers = [beside, &[bearer.as_str()]].concat();
    let (status, told) = post(server, &headers, "tools/call", &json!({ "name": tool, "arguments": asked }));
    assert_eq!(status, 200, "{told}");
    told["result"].clone()
}
