//! Starts the server on a free port, and asks it with curl, as the skills do.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::super::program::{Told, has};
pub(super) use super::client::Client;
use super::schema::Schemas;
use super::stores::Stores;

/// A server in a folder of its own; it ends with the test.
pub(in crate::all) struct Server {
    child: Child,
    pub(in crate::all) base: String,
    pub(super) place: TempDir,
    pub(super) stores: Option<Stores>,
    /// What the server says of itself, read when it is first asked.
    schemas: OnceLock<Schemas>,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) bytes: Vec<u8>,
}

impl Server {
    /// A server with settings beside the usual; `None`, and a word about it, where curl is not installed.
    pub(in crate::all) fn start(settings: &str) -> Option<Server> {
        Server::start_with(settings, &[])
    }

    /// The same, whose environment says more.
    pub(super) fn start_with(settings: &str, more: &[(&str, &str)]) -> Option<Server> {
        if !has("curl") || !has("ffmpeg") {
            return None;
        }
        let place = tempfile::tempdir().unwrap();
        let stores = Stores::wanted(place.path())?;
        Some(Server::begun(place, stores, settings, more))
    }

    /// A server over what is kept in a place.
    pub(super) fn in_folder(place: TempDir, stores: Option<Stores>, settings: &str) -> Server {
        Server::begun(place, stores, settings, &[])
    }

    fn begun(place: TempDir, stores: Option<Stores>, settings: &str, more: &[(&str, &str)]) -> Server {
        let file = place.path().join("settings.toml");
        fs::write(&file, settings).unwrap();
        fs::create_dir_all(place.path().join("tmp")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_undersong"))
            .args(["serve", "--listen", "127.0.0.1:0", "--config"])
            .arg(&file)
            .arg("--data")
            .arg(place.path().join("kept"))
            .envs(stores.iter().flat_map(Stores::settings))
            .env("TMPDIR", place.path().join("tmp"))
            .env("UNDERSONG_CACHE", place.path().join("memory"))
            .envs(more.iter().copied())
            .stdout(Stdio::piped())
            .stderr(fs::File::create(place.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let base = line.trim().strip_prefix("Listening on ").map(str::to_owned);
        let log = || fs::read_to_string(place.path().join("log")).unwrap();
        let base = base.unwrap_or_else(|| panic!("the server did not start: {}", log()));
        Server { child, base, place, stores, schemas: OnceLock::new() }
    }

    /// The server as the system knows it.
    pub(super) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Runs undersong beside the server, over the same settings; whatever else is named stands above them.
    pub(super) fn beside(&self, arguments: &[&str]) -> Told {
        let mut command = Command::new(env!("CARGO_BIN_EXE_undersong"));
        command.args(arguments).arg("--config").arg(self.place.path().join("settings.toml"));
        if !arguments.contains(&"--data") {
            command.arg("--data").arg(self.place.path().join("kept"));
        }
        Told::of(command.envs(self.stores.iter().flat_map(Stores::settings)).output().unwrap())
    }

    /// What the server has written to its log.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(self.place.path().join("log")).unwrap()
    }

    /// A file of the test's own.
    pub(super) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.place.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Kills the server without a word and starts another in the same folder.
    pub(super) fn killed_and_started_again(mut self, settings: &str) -> Server {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let place = std::mem::replace(&mut self.place, tempfile::tempdir().unwrap());
        Server::in_folder(place, self.stores.take(), settings)
    }

    /// Asks with curl; the path is below the server's address unless it is whole. Every reply must fit the document of
    /// the API.
    pub(super) fn curl(&self, path: &str, arguments: &[&str]) -> Reply {
        let reply = self.ask(path, arguments);
        let schemas = self.schemas.get_or_init(|| Schemas::of(self.ask("/openapi.json", &[]).json()));
        let path = path.strip_prefix(&self.base).unwrap_or(path);
        if !path.starts_with("http") {
            schemas.hold(method(arguments), path, &reply);
        }
        reply
    }

    fn ask(&self, path: &str, arguments: &[&str]) -> Reply {
        // Told to use HEAD and no more, curl waits for a body.
        let arguments = match arguments.iter().position(|one| *one == "HEAD") {
            Some(at) => [&arguments[..at - 1], &["-I"], &arguments[at + 1..]].concat(),
            None => arguments.to_vec(),
        };
        let folder = tempfile::tempdir().unwrap();
        let (heads, body) = (folder.path().join("heads"), folder.path().join("body"));
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        let told = Command::new("curl")
            .args(["-sS", "--max-time", "120", "-w", "%{http_code}", "-D"])
            .arg(&heads)
            .arg("-o")
            .arg(&body)
            .args(&arguments)
            .arg(&url)
            .output()
            .unwrap();
        let status = String::from_utf8_lossy(&told.stdout).trim().parse().unwrap_or(0);
        assert!(status != 0, "{url}: {}\n{}", String::from_utf8_lossy(&told.stderr), self.log());
        let heads = fs::read_to_string(heads).unwrap();
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_lowercase(), value.trim().to_owned()))
        };
        let headers = heads.lines().filter_map(header).collect();
        Reply { status, headers, bytes: fs::read(body).unwrap_or_default() }
    }

    /// A token for a client of this name.
    pub(super) fn token(&self, client: &str) -> Reply {
        self.curl("/api/auth/anonymous-token", &["-X", "POST", "-H", &format!("X-Client-Id: {client}")])
    }

    /// Somebody new with a session.
    pub(super) fn client(&self, name: &str) -> Client<'_> {
        let token = self.token(name).json();
        let token = token["data"]["token"].as_str().unwrap_or_else(|| panic!("{token}")).to_owned();
        let mut client = Client { server: self, token, user: String::new(), session: String::new() };
        let made =
            client.post("/api/tasks/me/with-session/nemo_agent", &json!({ "task_name": "project" })).json();
        client.session = made["data"]["session_id"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
        client.user = made["data"]["user_id"].as_str().unwrap().to_owned();
        client
    }
}

/// The method that curl uses.
fn method<'a>(arguments: &[&'a str]) -> &'a str {
    let named = arguments.iter().position(|one| *one == "-X").map(|at| arguments[at + 1]);
    let sends =
        arguments.iter().any(|one| matches!(*one, "-d" | "-F" | "--data-binary" | "--data-urlencode"));
    let looks = arguments.contains(&"-I");
    named.unwrap_or(if sends {
        "POST"
    } else if looks {
        "HEAD"
    } else {
        "GET"
    })
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already needs no kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Reply {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|why| panic!("{}: {why}: {}", self.status, self.text()))
    }

    /// That it is a refusal of this status and code, whole in every part.
    pub(super) fn refused(&self, status: u16, code: u16) -> Value {
        let told = self.json();
        assert_eq!((self.status, &told["code"]), (status, &json!(code)), "{told}");
        for key in ["message", "detail", "hint", "request_id"] {
            assert!(told[key].as_str().is_some_and(|text| !text.is_empty()), "{key}: {told}");
        }
        assert!(told["retryable"].is_boolean() && told.get("data").is_some(), "{told}");
        assert_eq!(self.headers["x-request-id"], told["request_id"].as_str().unwrap());
        told
    }
}

/// The events of a stream, and the numbers that follow them.
pub(super) fn events(stream: &str) -> Vec<(Value, i64)> {
    let mut told: Vec<(Value, i64)> = Vec::new();
    for block in stream.split_terminator("\n\n") {
        assert!(!block.contains('\n') && !block.contains('\r'), "a block of several lines: {block}");
        if let Some(event) = block.strip_prefix("data: ") {
            told.push((serde_json::from_str(event).unwrap(), 0));
        } else if let Some(number) = block.strip_prefix("id: ") {
            told.last_mut().unwrap().1 = number.parse().unwrap();
        } else {
            assert_eq!(block, ": heartbeat");
        }
    }
    told
}

/// The last word of a stream.
pub(super) fn last_word(stream: &str) -> String {
    let events = events(stream);
    let (last, _) = events.last().unwrap_or_else(|| panic!("an empty stream"));
    assert_eq!(last["turnComplete"], true, "{last}");
    last["content"]["parts"][0]["text"].as_str().unwrap().to_owned()
}
