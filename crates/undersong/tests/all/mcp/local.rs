//! Films of this machine.

use std::fs;
use std::os::unix::fs::symlink;
use std::time::Duration;

use serde_json::json;

use super::super::program::Room;
use super::super::readme::film;
use super::client::Peer;

/// A room with a little film in it; `None` where that cannot be made.
fn room() -> Option<Room> {
    let room = Room::new();
    film(&room.file("film.mp4")).then_some(room)
}

#[test]
fn a_film_is_scored_edited_and_exported() {
    let Some(room) = room() else { return };
    let (mut peer, hello) = Peer::new(&room, &[]);
    assert_eq!(
        (&hello["protocolVersion"], &hello["serverInfo"]["name"]),
        (&json!("2025-11-25"), &json!("undersong"))
    );
    assert!(hello["instructions"].as_str().unwrap().contains(room.out().to_str().unwrap()));
    assert_eq!(peer.ask("tools/list", &json!({}))["tools"].as_array().unwrap().len(), 13);
    let opened = peer.call("open_film", json!({ "files": ["film.mp4"] }));
    assert_eq!(opened["result"]["opened"]["duration_s"], 6.0, "{opened}");
    let film = &opened["film"];
    let work = peer.call("add_music", json!({ "film": film, "request": "加一段平静的钢琴曲" }));
    assert_eq!(work["status"], "working");
    let work = peer.ended(&work["job"]);
    let (made, reply) = (&work["result"]["output"], work["result"]["reply"].as_str().unwrap());
    assert_eq!(made["path"], json!(room.file("film-scored.mp4")), "{work}");
    assert!(reply.contains("钢琴") && reply.contains("film-scored.mp4"), "{reply}");
    let undone = peer.call("undo_edit", json!({ "film": film }));
    assert!(undone["result"]["reply"].as_str().unwrap().starts_with("已"), "the language stays: {undone}");
    peer.call("undo_edit", json!({ "film": film, "redo": true }));
    let work = peer.call("export_film", json!({ "film": film, "quality": "draft" }));
    let made = peer.ended(&work["job"])["result"]["output"].clone();
    assert_eq!(made["name"], "film-scored-2.mp4", "nothing is written over");
    let (status, _) = peer.leave();
    assert!(status.success());
    assert_eq!(room.results(), ["film-scored-2.mp4", "film-scored.mp4", "film.mp4"]);
    assert!(room.leftovers().is_empty(), "{:?}", room.leftovers());
}

#[test]
fn nothing_outside_the_folders_is_touched() {
    let Some(room) = room() else { return };
    let films = room.file("films");
    fs::create_dir(&films).unwrap();
    fs::rename(room.file("film.mp4"), films.join("film.mp4")).unwrap();
    fs::copy(films.join("film.mp4"), room.file("secret.mp4")).unwrap();
    symlink(room.file("secret.mp4"), films.join("link.mp4")).unwrap();
    symlink(room.out(), films.join("door")).unwrap();
    let (mut peer, _) = Peer::new(&room, &["--folder", "films"]);
    let secret = room.file("secret.mp4");
    for said in
        ["/etc/passwd", "../secret.mp4", "link.mp4", "door/secret.mp4", secret.to_str().unwrap(), "gone.mp4"]
    {
        let told = peer.refused("open_film", json!({ "files": [said] }));
        assert!(told.contains("[404]") && told.contains("folders that are allowed"), "{said}: {told}");
    }
    let opened = peer.call("open_film", json!({ "files": ["film.mp4"] }));
    let outside = room.file("out.mp4");
    for output in [
        outside.to_str().unwrap(),
        "../out.mp4",
        "door/out.mp4",
        "film.mp4",
        "link.mp4",
        "out.mkv",
        "deep/out.mp4",
    ] {
        for tool in ["add_music", "export_film"] {
            let told = peer.refused(tool, json!({ "film": opened["film"], "output": output }));
            assert!(told.contains("[400]") && told.contains(output), "{output}: {told}");
        }
    }
    // A sentence may name a file, too, but no place for it.
    let work =
        peer.call("edit_film", json!({ "film": opened["film"], "request": "export it as ../../out.mp4" }));
    peer.ended(&work["job"]);
    assert!(peer.leave().0.success());
    let names = room.results();
    assert_eq!(names, ["films", "secret.mp4"]);
}

#[test]
fn what_makes_no_sense_is_told_in_a_sentence() {
    let Some(room) = room() else { return };
    fs::write(room.file("text.mp4"), "no film").unwrap();
    let (mut peer, _) = Peer::new(&room, &[]);
    let film = peer.call("open_film", json!({ "files": ["film.mp4"] }))["film"].clone();
    for (tool, asked, why) in [
        ("open_film", json!({}), "files"),
        ("open_film", json!({ "file": "film.mp4" }), "unknown field `file`"),
        ("open_film", json!({ "files": ["text.mp4"] }), "[400"),
        ("describe_film", json!({ "film": "film_99" }), "open_film"),
        ("edit_film", json!({ "film": film, "request": " " }), "request"),
        ("export_film", json!({ "film": film, "quality": "best" }), "unknown variant `best`"),
        ("list_alternatives", json!({ "film": film, "count": 9 }), "2 to 5"),
        ("preview_music", json!({ "film": film }), "no music yet"),
        ("show_licence", json!({ "film": film }), "No film was made"),
        ("job_status", json!({ "job": "job_99" }), "no job"),
        ("job_status", json!({ "job": "job_1", "wait_s": 60 }), "0 to 30"),
    ] {
        let work = peer.ask("tools/call", &json!({ "name": tool, "arguments": asked }));
        let told = match work["isError"] == true {
            true => work["content"][0]["text"].as_str().unwrap().to_owned(),
            false => {
                let work = peer.ended(&work["structuredContent"]["job"]);
                format!("{} [{}]", work["error"]["message"].as_str().unwrap(), work["error"]["code"])
            }
        };
        assert!(told.contains(why) && !told.contains("{ "), "{tool}: {told}");
    }
    assert!(
        peer.ask("tools/call", &json!({ "name": "sing", "arguments": {} })).is_null(),
        "there is no such tool"
    );
    assert!(peer.leave().0.success());
}

#[test]
fn what_is_called_off_leaves_nothing() {
    let Some(room) = room() else { return };
    let (mut peer, _) = Peer::new(&room, &[]);
    let film = peer.call("open_film", json!({ "files": ["film.mp4"] }))["film"].clone();
    let work = peer.call("add_music", json!({ "film": film }));
    let work = peer.call("cancel_job", json!({ "job": work["job"] }));
    assert_eq!((&work["status"], &work["error"]["code"]), (&json!("cancelled"), &json!(4999)), "{work}");
    peer.call("add_music", json!({ "film": film, "request": "epic music" }));
    std::thread::sleep(Duration::from_millis(300));
    let (status, took) = peer.leave();
    assert!(status.success() && took < Duration::from_secs(5), "{status} after {took:?}");
    assert_eq!(room.results(), ["film.mp4"], "who leaves calls off what goes on");
    assert!(room.leftovers().is_empty(), "{:?}", room.leftovers());
}
