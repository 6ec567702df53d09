//! `undersong edit`: conversations about a saved project, and the film at their end.

use std::fs;

use serde_json::{Value, json};

use super::program::{Room, film};

/// A project by hand about a film of half a minute in which somebody talks.
fn by_hand(room: &Room) {
    let document = json!({
        "video": {"profile": {"duration_s": 30.0, "width": 1920, "height": 1080, "fps": 25.0, "valence": 0.2,
            "arousal": -0.3, "speech_s": [[5.0, 9.0]], "cuts_s": [4.0, 12.5], "has_music": false}},
        "state": {"music": []}
    });
    fs::write(room.file("p.json"), document.to_string()).unwrap();
}

fn said(room: &Room, request: &str) -> Value {
    room.run(["edit", "p.json", request, "--json"]).answer()
}

#[test]
fn a_conversation_changes_a_project_and_tells_how() {
    let room = Room::new();
    by_hand(&room);
    let told = said(&room, "add calm lo-fi music at 40%");
    assert_eq!(told["kind"], "edited");
    let music = &told["state"]["music"][0];
    assert_eq!(
        (&music["genre"], &music["level_pct"], &music["source"]),
        (&json!("lofi"), &json!(40.0), &json!("composed"))
    );
    assert!(
        music["tempo_bpm"].as_f64().unwrap() > 50.0 && !music["instruments"].as_array().unwrap().is_empty()
    );
    let tempo = format!("{} BPM", music["tempo_bpm"].as_f64().unwrap());
    assert!(told["reply"].as_str().unwrap().contains(&tempo), "{told:#}");
    let told = said(&room, "a bit quieter");
    assert_eq!(told["changed"], json!([{"path": "music[0].level_pct", "from": 40.0, "to": 32.0}]));
    assert_eq!(said(&room, "add a title")["kind"], "asks");
    let told = said(&room, "Urban Dreams");
    assert_eq!(told["state"]["text"][0]["text"], "Urban Dreams");
    let told = said(&room, "make it bigger and red");
    assert_eq!(
        (&told["state"]["text"][0]["color"], &told["state"]["text"][0]["size_px"]),
        (&json!("#E53935"), &json!(117))
    );
    // Of what was spoken of last, though the music is known better now than its brief says.
    let asked = said(&room, "它什么时候消失？");
    assert!(asked["reply"].as_str().unwrap().contains("Urban Dreams"), "{asked:#}");
    let told = said(&room, "撤销两步");
    assert_eq!((&told["state"]["text"], &told["state"]["language"]), (&json!([]), &json!("zh-CN")));
    let asked = said(&room, "what key and tempo is this?");
    assert_eq!((&asked["kind"], &asked["changed"]), (&json!("answered"), &json!([])));
    assert!(asked["reply"].as_str().unwrap().contains(&tempo), "{asked:#}");
    let told = said(&room, "export");
    assert_eq!((&told["kind"], &told["output"]), (&json!("refused"), &Value::Null));
    assert!(room.leftovers().is_empty());
}

#[test]
fn the_film_of_a_conversation_is_made() {
    let Some(film) = film("gopro_karma_drone_480p.mp4") else { return };
    let room = Room::new();
    room.run(["add", film.to_str().unwrap(), "lofi", "--dry-run", "--project", "p.json", "--seed", "1"]);
    let told = said(&room, "quieter and export");
    assert_eq!(told["kind"], "edited");
    assert!(room.file("p-scored.mp4").is_file(), "{told:#}");
    assert!(told["reply"].as_str().unwrap().contains("LUFS"), "{told:#}");
    let named = said(&room, "export it as final.mp4");
    assert!(named["output"].as_str().unwrap().ends_with("final.mp4") && room.file("final.mp4").is_file());
    let exported = room.run(["edit", "p.json", "导出", "-o", "again.mp4", "--json"]).answer();
    assert_eq!((&exported["kind"], &exported["changed"]), (&json!("exported"), &json!([])));
    assert_eq!(fs::read(room.file("again.mp4")).unwrap(), fs::read(room.file("p-scored.mp4")).unwrap());
}

#[test]
fn what_is_no_project_is_told() {
    let room = Room::new();
    let document = json!({"state": {"music": [{"start_s": 3}]}}).to_string();
    fs::write(room.file("p.json"), &document).unwrap();
    let run = room.run(["edit", "p.json", "quieter"]);
    assert!(run.err.contains("duration_s") && run.err.contains("[400]"), "{}", run.err);
    assert_eq!(fs::read_to_string(room.file("p.json")).unwrap(), document);
    let run = room.run(["edit", "nowhere.json", "quieter"]);
    assert!(run.err.contains("nowhere.json"), "{}", run.err);
}
