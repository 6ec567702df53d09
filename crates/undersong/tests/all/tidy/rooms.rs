//! What each room keeps away from: pure rooms from the world, every room but one from processes.

use std::fs;

use super::{none, pages, root};

/// The rooms whose answers depend on their arguments only.
const PURE: [&str; 7] = ["sound", "footage", "score", "timeline", "synth", "mix", "agent"];

/// What a pure room does not mention.
const WORLD: [&str; 5] = ["std::fs", "std::process", "std::net", "std::time::Instant", "SystemTime"];

/// The only room that starts processes.
const STARTS: &str = "ffmpeg";

/// The only room that makes connections beside the fetcher of uploads and the conversation with a server, and what they are
/// made with; the doors over HTTP only take them, for which they name addresses.
const CONNECTS: &str = "llm";
const CALLERS: [&str; 2] = ["crates/undersong/src/server/workshop/fetching", "crates/undersong/src/chat/"];
const DOORS: [&str; 2] = ["crates/undersong/src/server", "crates/undersong/src/cli/serve.rs"];
const CONNECTIONS: [&str; 5] = ["std::net", "TcpStream", "UnixStream", "reqwest", "genai"];

/// What this source file mentions that is not for its room.
fn beyond(path: &str, text: &str) -> Vec<String> {
    let mut parts = path.split('/').skip(1);
    let (Some(room), Some("src")) = (parts.next(), parts.next()) else {
        return Vec::new();
    };
    let world = |line: &str| PURE.contains(&room) && WORLD.iter().any(|word| line.contains(word));
    let starts = |line: &str| {
        let process = ["Command", "Child"].iter().any(|word| line.contains(word));
        room != STARTS && line.contains("process::") && process
    };
    let door = DOORS.iter().any(|door| path.starts_with(door));
    let address =
        |line: &str| door && (line.contains("std::net::SocketAddr") || line.contains("std::net::IpAddr"));
    let connects = |line: &str| {
        room != CONNECTS
            && !CALLERS.iter().any(|caller| path.starts_with(caller))
            && !address(line)
            && CONNECTIONS.iter().any(|word| line.contains(word))
    };
    let code = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    code.filter(|(_, line)| world(line) || starts(line) || connects(line))
        .map(|(n, line)| format!("{path}:{}: {}", n + 1, line.trim()))
        .collect()
}

#[test]
fn rooms_keep_to_themselves() {
    none(pages(&["rs"]).iter().flat_map(|page| beyond(&page.path, &page.text)).collect());
}

#[test]
fn pure_rooms_have_one_clippy_file() {
    let read = |room: &str| fs::read_to_string(root().join("crates").join(room).join("clippy.toml")).unwrap();
    let (first, shared) = (read(PURE[0]), fs::read_to_string(root().join("clippy.toml")).unwrap());
    assert!(first.contains("std::process::Command") && first.contains("std::time::Instant"));
    let differs =
        PURE.iter().filter(|room| read(room) != first).map(|room| format!("crates/{room}/clippy.toml"));
    let lost = shared.lines().filter(|line| !line.starts_with('#') && !first.contains(line));
    none(differs.chain(lost.map(|line| format!("pure rooms lack the root's `{line}`"))).collect());
}

#[test]
fn rooms_can_fail() {
    let wrong = |path: &str, line: &str| beyond(path, line).len() == 1;
    assert!(wrong("crates/synth/src/font.rs", "use std::fs::File;"));
    assert!(wrong("crates/score/src/seed.rs", "let now = std::time::SystemTime::now();"));
    assert!(wrong("crates/studio/src/add.rs", "use std::process::{Child, Command};"));
    assert!(wrong("crates/studio/src/fetch.rs", "let found = reqwest::get(url).await;"));
    assert!(wrong("crates/undersong/src/server/workshop.rs", "use std::net::TcpStream;"));
    assert!(wrong("crates/undersong/src/cli/add.rs", "use std::net::SocketAddr;"));
    assert!(!wrong("crates/undersong/src/server.rs", "use std::net::SocketAddr;"));
    assert!(!wrong("crates/undersong/src/chat/wire.rs", "use reqwest::Client;"));
    assert!(!wrong("crates/llm/src/wire.rs", "use tokio::net::TcpStream;"));
    assert!(!wrong("crates/ffmpeg/src/child.rs", "use std::process::{Child, Command};"));
    assert!(!wrong("crates/undersong/src/main.rs", "use std::process::ExitCode;"));
    assert!(!wrong("crates/synth/src/font.rs", "//! Unlike std::fs, this reads bytes."));
    assert!(!wrong("crates/synth/tests/synth.rs", "let font = std::fs::read(path);"));
}
