//! The published flow from the first token to the downloaded film, in English and in Chinese.

use serde_json::{Value, json};

use super::super::facts::{lengths, loudness, picture};
use super::super::program::film;
use super::server::{Client, Server, events, last_word};

/// The timeline as the skills print it from the draft.
fn summary(draft: &Value) -> String {
    let tracks = draft["t"].as_array().unwrap();
    let seconds = |ms: &Value| ms.as_f64().unwrap() / 1000.0;
    let line = |(index, track): (usize, &Value)| {
        let segment = &track["sg"][0];
        let (start, length) = (seconds(&segment["start"]), seconds(&segment["length"]));
        let range = format!("{start:.0}-{:.0}s", start + length);
        let (name, text) = (segment["name"].as_str().unwrap(), segment["text"].as_str());
        let volume = segment["volume"].as_f64().map(|volume| (volume * 100.0).round());
        let told = match track["tt"].as_u64() {
            Some(0) => format!("Video: {name} ({range})"),
            Some(1) => format!("BGM: {name} ({range}, {}%)", volume.unwrap()),
            Some(7) => format!("Title: \"{}\" ({range})", text.unwrap()),
            other => panic!("{other:?}"),
        };
        format!(" {}. {told}", index + 1)
    };
    let told: String = tracks.iter().enumerate().map(line).collect();
    format!("Timeline ({} tracks):{told}", tracks.len())
}

/// Uploads a film and checks what is told of it.
fn uploaded(client: &Client, name: &str) -> Option<Value> {
    let told = client.upload(&film(name)?).json();
    assert_eq!(told["code"], 0, "{told}");
    assert_eq!(told["data"]["session_state_applied"], true);
    assert_eq!(told["files"], told["data"]["files"], "at the top, too");
    let file = told["files"][0].clone();
    assert_eq!((&file["filename"], &file["file_type"]), (&name.into(), &"video".into()));
    assert_eq!(file["hash"].as_str().unwrap().len(), 64);
    Some(file)
}

/// Exports, and gives the file.
fn made(client: &Client, id: &str) -> std::path::PathBuf {
    let asked = client.export(id).json();
    assert_eq!(
        (&asked["code"], &asked["success"], &asked["id"]),
        (&json!(0), &json!(true), &json!(id)),
        "{asked}"
    );
    let told = client.exported(id);
    assert_eq!(
        (&told["status"], &told["progress"]),
        (&json!("completed"), &json!(100)),
        "{told}\n{}",
        client.server.log()
    );
    assert_eq!(told["outputUrl"], told["output"]["url"]);
    assert_eq!(told["data"]["output"], told["output"]);
    let file = client.server.curl(told["output"]["url"].as_str().unwrap(), &[]);
    assert_eq!((file.status, file.headers["content-type"].as_str()), (200, "video/mp4"));
    assert_eq!(told["output"]["size"], file.bytes.len());
    client.server.file(&format!("{id}.mp4"), &file.bytes)
}

#[test]
fn a_film_gets_music_over_the_wire() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a-client");
    let Some(file) = uploaded(&client, "bikes_street_cuts_640x272_noaudio.mp4") else { return };
    assert_eq!((&file["width"], &file["height"]), (&json!(640), &json!(272)));
    let credits = client.look("/api/credits/balance/simple").json();
    assert_eq!(credits["data"], json!({ "available": 100, "frozen": 0, "total": 100 }));
    let stream = client.say("add background music that matches the mood of my video");
    assert_eq!((stream.status, &*stream.headers["content-type"]), (200, "text/event-stream; charset=utf-8"));
    let told = events(&stream.text());
    let called: Vec<&str> = told
        .iter()
        .filter_map(|(event, _)| event["content"]["parts"][0]["functionCall"]["name"].as_str())
        .collect();
    assert!(called.starts_with(&["watch_film"]) && called.contains(&"compose_music"), "{called:?}");
    assert!(!last_word(&stream.text()).is_empty());
    let state = client.state();
    assert_eq!((&state["session_id"], &state["task_name"]), (&json!(client.session), &json!("project")));
    let draft = &state["state"]["draft"];
    let length = draft["d"].as_f64().unwrap() / 1000.0;
    assert!((length - file["duration"].as_f64().unwrap()).abs() < 0.01, "{draft}");
    let told = summary(draft);
    assert!(told.starts_with("Timeline (2 tracks): 1. Video: bikes") && told.contains(" 2. BGM: "), "{told}");
    assert_eq!(state["state"]["canvas_config"], json!({ "width": 640, "height": 272, "ratio": "40:17" }));
    assert_eq!(state["state"]["video_infos"][0]["file_id"], file["file_id"]);
    assert!(state["state"]["generated_media"][0]["cue"]["tempo_bpm"].as_f64().unwrap() > 40.0);
    let film = made(&client, "render_1");
    assert!(lengths(&film).iter().all(|made| (made - length).abs() < 0.034), "{:?}", lengths(&film));
    let (lufs, peak) = loudness(&film);
    assert!((lufs + 14.0).abs() <= 0.5 && peak < -1.0, "{lufs} LUFS, {peak} dBTP");
    assert_eq!(picture(&film)["width"], 640);
    let credits = client.look("/api/credits/balance/simple").json();
    assert_eq!((&credits["available"], &credits["frozen"]), (&json!(95), &json!(0)), "only the music costs");
    let log = server.log();
    assert!(!log.contains(&client.token) && !log.contains("mood of my") && !log.contains("bikes"), "{log}");
}

#[test]
fn it_speaks_chinese_too() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("b-client");
    let empty = last_word(&client.say("给我的视频加背景音乐").text());
    assert!(empty.contains("上传"), "{empty}");
    if uploaded(&client, "bikes_street_cuts_640x272_noaudio.mp4").is_none() {
        return;
    }
    let told = last_word(&client.say("加一段轻松的背景音乐，音量20%").text());
    assert!(told.contains("音乐"), "{told}");
    let draft = client.state()["state"]["draft"].clone();
    assert_eq!(draft["t"][1]["sg"][0]["volume"], 0.2, "{draft}");
    let told = last_word(&client.say("撤销").text());
    assert!(!told.is_empty());
    assert_eq!(client.state()["state"]["draft"]["t"].as_array().unwrap().len(), 1);
}

#[test]
fn a_film_comes_by_its_address() {
    let Some(server) = Server::start("[upload]\nprivate_hosts = [\"127.0.0.1\"]\n") else { return };
    let client = server.client("a");
    let Some(file) = uploaded(&client, "bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let path = format!("/api/upload-video/nemo_agent/me/{}", client.session);
    let told = client.post(&path, &json!({ "urls": [file["cdn_url"]], "source_type": "url" })).json();
    assert_eq!(told["files"][0]["hash"], file["hash"], "{told}");
    let gone = format!("{}/nowhere.mp4", server.base);
    client.post(&path, &json!({ "urls": [gone] })).refused(502, 4006);
    for bad in ["http://localhost/a.mp4", "http://10.0.0.1/a.mp4", "file:///etc/passwd", "http://[::1]/"] {
        client.post(&path, &json!({ "urls": [bad], "source_type": "url" })).refused(422, 4005);
    }
}
