//! `undersong chat` with the real server: at a terminal as people sit there, and as a script.

mod screen;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::program::{Told, film, has};
use super::readme;
use super::serving::server::Server;
use screen::Screen;

/// A folder with a film of six seconds for somebody who talks to a server; `None`, and a word, where that cannot be.
fn place() -> Option<(Server, tempfile::TempDir)> {
    let server = Server::start("")?;
    let place = tempfile::tempdir().unwrap();
    readme::film(&place.path().join("film.mp4")).then_some((server, place))
}

/// undersong chat with that server, not started yet.
fn chat(server: &Server, place: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_undersong"));
    command.arg("chat").current_dir(place).env("NEMO_API_URL", &server.base);
    command.env("XDG_CONFIG_HOME", place.join("config")).env("LANG", "C.UTF-8");
    for name in ["NEMO_TOKEN", "NEMO_CLIENT_ID", "NEMO_WEB_URL", "SKILL_SOURCE", "LC_ALL", "LC_MESSAGES"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// How long a film is, in seconds.
fn seconds(film: &Path) -> f64 {
    let told = Command::new("ffprobe")
        .args(["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"])
        .arg(film)
        .output()
        .unwrap();
    String::from_utf8_lossy(&told.stdout).trim().parse().unwrap()
}

/// How a new user sits at a terminal: three requests in English, two in Chinese, a look at the tracks and the credits, and
/// the film.
#[test]
fn a_new_user_talks_at_a_terminal() {
    if !has("tmux") {
        return;
    }
    let Some((server, place)) = place() else { return };
    let screen = Screen::start(chat(&server, place.path()).arg("film.mp4"));
    for sentence in [
        "add calm piano music that matches the mood of my video",
        "make the music a bit quieter",
        "add a title \"Holiday\" for the first 2 seconds",
        "标题改成\"假期\"",
        "音乐淡出两秒",
        "status",
        "how many credits are left?",
        "export",
    ] {
        screen.say(sentence);
    }
    let shown = screen.end("quit").replace(&server.base, "SERVER");
    let folder = place.path().canonicalize().unwrap().display().to_string();
    assert!(!shown.contains("nmv_usr_") && !shown.contains('{'), "no token and no raw JSON:\n{shown}");
    let (shown, session) = shown.rsplit_once('=').unwrap();
    assert!(session.len() == 19 && session.bytes().all(|digit| digit.is_ascii_digit()), "{session}");
    insta::assert_snapshot!(shown.replace(&folder, "FOLDER"));
    let scored = place.path().join("film-scored.mp4");
    assert!((seconds(&scored) - 6.0).abs() < 0.1);
}

#[test]
fn three_films_in_one_conversation_each_get_what_was_asked_for() {
    let Some((server, place)) = place() else { return };
    let Some(speech) = film("nasa_speech_single.mkv") else { return };
    fs::copy(speech, place.path().join("talk.mkv")).unwrap();
    let long = place.path().join("long.mp4");
    let made = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=192x108:r=20:d=9"])
        .args(["-c:v", "libx264", "-preset", "ultrafast"])
        .arg(&long)
        .status();
    assert!(made.unwrap().success());
    let told = Told::of(
        chat(&server, place.path())
            .args(["film.mp4", "calm piano music at 20%", "talk.mkv", "cut the first 2 seconds"])
            .args(["gentle acoustic music, softer under speech"])
            .args(["long.mp4", "加复古芯片音乐，标题写\"第一关\""])
            .arg("--json")
            .output()
            .unwrap(),
    );
    let told = told.answer();
    let turns: Vec<(&str, &str)> = told["turns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|turn| (turn["film"].as_str().unwrap(), turn["did"].as_str().unwrap()))
        .collect();
    assert_eq!(
        turns,
        [
            ("film.mp4", "edited"),
            ("film.mp4", "exported"),
            ("talk.mkv", "edited"),
            ("talk.mkv", "edited"),
            ("talk.mkv", "exported"),
            ("long.mp4", "edited"),
            ("long.mp4", "exported"),
        ]
    );
    let timeline = |at: usize| told["films"][at]["timeline"].as_str().unwrap().to_owned();
    insta::assert_snapshot!([timeline(0), timeline(1), timeline(2)].join("\n"), @r#"
    Timeline (2 tracks): 1. Video: film.mp4 (0-6s) 2. BGM: Ambient (0-6s, 20%)
    Timeline (2 tracks): 1. Video: talk.mkv (0-11s) 2. BGM: Acoustic folk (0-11s, 35%)
    Timeline (3 tracks): 1. Video: long.mp4 (0-9s) 2. BGM: 复古芯片音乐 (0-9s, 35%) 3. Title: "第一关" (0-3s)
    "#);
    let talk = seconds(&place.path().join("talk.mkv"));
    for (name, long) in [("film", 6.0), ("talk", talk - 2.0), ("long", 9.0)] {
        let scored = seconds(&place.path().join(format!("{name}-scored.mp4")));
        assert!((scored - long).abs() < 0.2, "{name}: {scored} s, not {long}");
    }
    let sessions: Vec<&Value> = (0..3).map(|at| &told["films"][at]["session_id"]).collect();
    assert!(sessions[0] != sessions[1] && sessions[1] != sessions[2]);
}

#[test]
fn an_earlier_conversation_goes_on() {
    let Some((server, place)) = place() else { return };
    let said = |arguments: &[&str]| {
        let told = chat(&server, place.path()).args(arguments).output().unwrap();
        (told.status.code(), String::from_utf8(told.stdout).unwrap(), String::from_utf8(told.stderr).unwrap())
    };
    assert_eq!(said(&["film.mp4", "add a title \"Hello\""]).0, Some(0));
    let (code, shown, _) = said(&["--resume"]);
    assert_eq!(code, Some(0));
    assert_eq!(
        shown,
        "Setting things up...\nBack to film.mp4.\nTimeline (2 tracks): 1. Video: film.mp4 (0-6s) 2. Title: \"Hello\" (0-3s)\n"
    );
    let (code, _, wrong) = said(&["--resume=1234567890123456789"]);
    assert_eq!(code, Some(1), "{wrong}");
}

#[test]
fn what_cannot_be_begun_is_said_in_one_sentence() {
    let Some((server, place)) = place() else { return };
    let said = |arguments: &[&str]| {
        let told = chat(&server, place.path()).args(arguments).output().unwrap();
        (told.status.code().unwrap(), String::from_utf8(told.stderr).unwrap())
    };
    let here = "http://127.0.0.1:9";
    let told = [&["nothing.mp4"][..], &["calm piano", "film.mp4"], &["--api", "nowhere"], &["--api", here]]
        .map(said);
    assert_eq!(told.each_ref().map(|(code, _)| *code), [2, 2, 2, 1]);
    insta::assert_snapshot!(told.map(|(_, text)| text).concat(), @r#"
    undersong: There is no file nothing.mp4. [400]
    undersong: Name a film before what is wanted of it: "calm piano" is no file. [400]
    undersong: nowhere is no address of a server; it should look like http://127.0.0.1:8787. [400]
    undersong: http://127.0.0.1:9 does not answer (Connection refused (os error 111)). "undersong serve" starts a server; --api names another one. [503]
    "#);
}
