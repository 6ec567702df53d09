//! Three pieces to choose from, each of which can be heard before.

use serde_json::Value;

use super::super::program::film;
use super::server::{Client, Server, last_word};

const FILM: &str = "bikes_street_cuts_640x272_noaudio.mp4";

/// The music of a session: what plays, and what may be chosen.
fn media(client: &Client) -> Vec<Value> {
    client.state()["state"]["generated_media"].as_array().unwrap().clone()
}

/// Listens to a piece: its loudest sample, of 32767, and its seconds.
fn heard(client: &Client, piece: &Value) -> (u16, f64) {
    let told = client.server.curl(piece["preview_url"].as_str().unwrap(), &[]);
    assert_eq!((told.status, told.headers["content-type"].as_str()), (200, "audio/wav"), "{}", told.text());
    let wav = client.server.file("preview.wav", &told.bytes);
    let decoded = std::process::Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(&wav)
        .args(["-f", "s16le", "-ac", "1", "-ar", "8000", "-"])
        .output()
        .unwrap();
    assert!(decoded.status.success(), "{}", String::from_utf8_lossy(&decoded.stderr));
    let samples =
        decoded.stdout.chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]]).unsigned_abs());
    (samples.max().unwrap(), decoded.stdout.len() as f64 / 2.0 / 8000.0)
}

#[test]
fn three_options_are_laid_out_heard_and_one_is_chosen() {
    let Some(server) = Server::start("") else { return };
    let Some(film) = film(FILM) else { return };
    let client = server.client("a");
    let length = client.upload(&film).json()["files"][0]["duration"].as_f64().unwrap();
    let told = last_word(&client.say("give me three options for the music").text());
    assert!(told.contains("option 2") && told.contains("option 3") && told.contains("BPM"), "{told}");
    let all = media(&client);
    let kinds: Vec<&str> = all.iter().map(|piece| piece["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["music", "alternative", "alternative", "alternative"]);
    let names: Vec<&Value> = all.iter().map(|piece| &piece["choice"]).collect();
    assert_eq!(names, [&Value::Null, &"option 1".into(), &"option 2".into(), &"option 3".into()]);
    for piece in [&all[0], &all[2]] {
        let (loudest, seconds) = heard(&client, piece);
        assert!(loudest > 2000 && (seconds - length).abs() < 0.1, "{loudest} {seconds} s, film {length} s");
    }
    let again = client.server.curl(all[0]["preview_url"].as_str().unwrap(), &["-H", "Range: bytes=0-3"]);
    assert_eq!((again.status, &*again.bytes), (206, &b"RIFF"[..]));
    let renders = client.look("/api/renders").json();
    assert_eq!(renders["data"]["renders"].as_array().unwrap().len(), 0, "a preview is no export: {renders}");
    last_word(&client.say("take the second one").text());
    let chosen = media(&client);
    assert_eq!(chosen[0]["cue"], all[2]["cue"], "the second one plays");
    assert_eq!(chosen[0]["cue"]["seed"], chosen[2]["cue"]["seed"]);
}

#[test]
fn what_is_no_piece_has_no_preview() {
    let Some(server) = Server::start("") else { return };
    let Some(film) = film(FILM) else { return };
    let client = server.client("a");
    client.upload(&film).json();
    last_word(&client.say("add lofi music").text());
    let link = media(&client)[0]["preview_url"].as_str().unwrap().to_owned();
    client.server.curl(&link.replace("music_1", "music_7"), &[]).refused(404, 404);
    last_word(&client.say("remove the music").text());
    client.server.curl(&link, &[]).refused(404, 404);
}
