//! What leaves the machine.

use llm::Settings;
use serde_json::json;

use super::fake::{Asked, Fake, KEY, ask, calling, settings};

fn sent(change: impl Fn(Settings) -> Settings) -> Asked {
    let fake = Fake::saying(calling(json!([{ "level": { "bed": 1, "percent": 20 } }])));
    ask(change(settings(&fake)), "softer, please").unwrap();
    fake.asked()[0].clone()
}

#[test]
fn nothing_leaves_but_the_request_and_a_neutral_state() {
    let asked = sent(|settings| settings);
    for word in ["secret", "anna", ".mp4", ".wav", "/home", "4242", "705600000", KEY] {
        assert!(!asked.body.contains(word), "{word}: {}", asked.body);
    }
    assert_eq!(asked.head.matches(KEY).count(), 1);
    assert_eq!(asked.document()["request"], "softer, please");
}

#[test]
fn times_are_told_in_seconds() {
    let document = sent(|settings| settings).document();
    let state = &document["state"];
    assert_eq!(state["film"]["length"], 30.0);
    assert_eq!(state["film"]["speech"], json!([{ "start": 5.0, "end": 9.0 }]));
    let cuts: Vec<f64> = (10..30).map(f64::from).collect();
    assert_eq!(state["film"]["strongest_cuts"], json!(cuts));
    assert_eq!(state["clips"][0]["shown"], json!({ "start": 0.0, "end": 30.0 }));
    let bed = &state["beds"][0];
    assert_eq!((&bed["name"], &bed["fade_out"]), (&json!("Lo-fi hip-hop"), &json!(1.5)));
    assert_eq!(bed["on_film"], json!({ "start": 0.0, "end": 12.5 }));
    assert_eq!((&bed["brief"]["genre"], &bed["brief"]["hits"]), (&json!("lofi"), &json!([2.5])));
    assert_eq!(state["beds"][1]["brief"], json!(null));
    assert_eq!(state["titles"][0]["look"]["fade"], 0.0);
    let genres = document["genres"].as_array().unwrap();
    assert!(genres.contains(&json!({ "id": "synthwave", "name": "Synthwave" })));
}

#[test]
fn pictures_are_shown_only_where_that_is_allowed() {
    // "first picture" and "second picture" as base64.
    let pictures = ["Zmlyc3QgcGljdHVyZQ==", "c2Vjb25kIHBpY3R1cmU="];
    let blind = sent(|settings| settings).body;
    assert!(pictures.iter().all(|picture| !blind.contains(picture)));
    let seeing = sent(|settings| Settings { vision: true, ..settings }).body;
    assert!(pictures.iter().all(|picture| seeing.contains(&format!("data:image/png;base64,{picture}"))));
}

#[test]
fn a_request_without_end_is_cut_off() {
    let fake = Fake::saying(calling(json!([{ "level": { "bed": 1, "percent": 20 } }])));
    ask(settings(&fake), &"好".repeat(100_000)).unwrap();
    assert_eq!(fake.asked()[0].document()["request"].as_str().unwrap().chars().count(), 4000);
}
