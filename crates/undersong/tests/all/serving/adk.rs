//! The Agent Development Kit's own models and client as judges of our events, sessions and streams.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use serde_json::{Value, json};

use super::super::program::{film, has};
use super::server::{Client, Server};
use super::streams::say_and_leave;

/// Beside this file's folder: what judges, and what it needs.
fn place() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/adk")
}

/// The Kit, installed below the target folder; `None`, and a word about it, where it cannot be had.
fn kit() -> Option<PathBuf> {
    if !has("python3") {
        return None;
    }
    let wanted = fs::read_to_string(place().join("requirements.txt")).unwrap();
    let version = wanted.lines().last().unwrap().replace("==", "-");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(version);
    // Tests run beside each other: one installs, the others wait.
    let door = fs::File::create(folder.with_extension("lock")).unwrap();
    door.lock().unwrap();
    if folder.is_dir() {
        return Some(folder);
    }
    // It gets its name when it is whole.
    let ours = folder.with_extension("new");
    let _ = fs::remove_dir_all(&ours);
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--no-input", "--target"]).arg(&ours).arg("-r");
    let done = pip.arg(place().join("requirements.txt")).output().unwrap();
    let why = String::from_utf8_lossy(&done.stderr).into_owned();
    if !done.status.success() {
        assert!(env::var_os("CI").is_none(), "the Agent Development Kit is needed to test undersong: {why}");
        println!("skipped: google-adk cannot be installed: {}", why.lines().last().unwrap_or_default());
        return None;
    }
    fs::rename(&ours, &folder).unwrap();
    Some(folder)
}

/// What the judge says at the end of a task it has nothing against.
fn judge(kit: &Path, task: &[&str]) -> String {
    let mut python = Command::new("python3");
    python.env("PYTHONPATH", kit).arg("-B").arg(place().join("judge.py")).args(task);
    let Output { status, stdout, stderr } = python.output().unwrap();
    assert!(status.success(), "{task:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap().trim().to_owned()
}

#[test]
fn the_judge_can_be_against_it() {
    let Some(kit) = kit() else { return };
    judge(&kit, &["doubt"]);
}

#[test]
fn the_kits_models_and_client_understand_every_event() {
    let Some(film) = film("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let (Some(kit), Some(server)) = (kit(), Server::start("")) else { return };
    let client = server.client("a");
    let session = judge(&kit, &["converse", &server.base, &client.token, film.to_str().unwrap()]);
    let told: Value =
        serde_json::from_str(&judge(&kit, &["look", &server.base, &client.token, &session])).unwrap();
    assert_eq!(told, json!({ "runs": 8, "failed": [] }));
}

#[test]
fn the_kit_understands_what_a_killed_server_left() {
    let settings = "[export]\nlease_seconds = 1\n";
    let Some(film) = film("nasa_speech_single.mkv") else { return };
    let (Some(kit), Some(server)) = (kit(), Server::start(settings)) else { return };
    let client = server.client("a");
    client.upload(&film);
    say_and_leave(&client, "add background music that matches the mood of my video");
    let (token, user, session) = (client.token, client.user, client.session);
    let server = server.killed_and_started_again(settings);
    let client = Client { server: &server, token, user, session };
    // Until it is ended by the next server, nobody may speak.
    while client.say("how long is the video?").status == 409 {}
    let told = judge(&kit, &["look", &server.base, &client.token, &client.session]);
    assert_eq!(serde_json::from_str::<Value>(&told).unwrap(), json!({ "runs": 2, "failed": ["5001"] }));
}

#[test]
fn the_kits_client_needs_nothing_of_ours() {
    let (Some(kit), Some(server)) = (kit(), Server::start("single_user = true\n")) else { return };
    judge(&kit, &["alone", &server.base]);
}
