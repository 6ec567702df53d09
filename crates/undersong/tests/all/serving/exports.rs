//! Exports: asked for twice, fetched in parts, called off, and made though the server dies.

use serde_json::{Value, json};

use super::super::program::film;
use super::server::{Client, Server, last_word};

fn with_film<'s>(server: &'s Server, name: &str) -> Option<Client<'s>> {
    let client = server.client("a");
    client.upload(&film(name)?);
    Some(client)
}

#[test]
fn one_name_is_one_export() {
    let Some(server) = Server::start("") else { return };
    let Some(client) = with_film(&server, "bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let first = client.export("render_1").json();
    let told = client.exported("render_1");
    assert_eq!(told["status"], "completed", "{told}");
    let again = client.export("render_1").json();
    assert_eq!((&again["id"], &again["status"]), (&first["id"], &json!("completed")));
    let other = json!({ "id": "render_1", "sessionId": client.session, "output": { "quality": "low" } });
    client.post("/api/render/proxy/lambda", &other).refused(409, 4009);
    for path in ["/api/render/proxy/lambda/render_1", "/api/render/proxy/render_1"] {
        let told = client.look(path).json();
        for key in ["id", "taskId", "render_id"] {
            assert_eq!(
                (&told[key], &told["data"][key]),
                (&json!("render_1"), &json!("render_1")),
                "{path} {key}"
            );
        }
        assert_eq!((&told["success"], &told["error"]), (&json!(true), &Value::Null));
    }
    let renders = client.look("/api/renders").json()["data"]["renders"].clone();
    assert_eq!(renders.as_array().unwrap().len(), 1, "{renders}");
    let other = server.client("b");
    other.look("/api/render/proxy/render_1").refused(404, 404);
    other.look("/api/render/proxy/render_1/download").refused(404, 404);
    assert_eq!(other.look("/api/renders").json()["data"]["renders"], json!([]));
    parts(&server, &client, told["output"]["url"].as_str().unwrap());
}

#[test]
fn films_are_done_one_by_one_in_one_session() {
    let Some(server) = Server::start("") else { return };
    let Some(client) = with_film(&server, "bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let Some(second) = film("gopro_karma_drone_480p.mp4") else { return };
    let summary = || client.state()["state"]["draft"]["m"]["summary"].as_str().unwrap().to_owned();
    client.say("calm piano music at 20%");
    let laid = last_word(&client.say("give me three options").text());
    assert!(laid.contains("option 2"), "{laid}");
    client.export("first");
    let first = client.exported("first")["output"]["duration"].as_f64().unwrap();
    let before = summary();
    client.upload(&second);
    let fresh = client.state();
    assert_eq!(fresh["state"]["generated_media"], json!([]), "{fresh}");
    let chosen = last_word(&client.say("take option 2").text());
    assert!(!chosen.contains("already") && !chosen.contains("option 2"), "of another film: {chosen}");
    client.say("retro chiptune at 40%");
    let after = summary();
    assert!(after.contains("Video: gopro_karma_drone_480p.mp4 (0-") && after.contains("40%)"), "{after}");
    assert!(!after.contains("bikes") && !after.contains("20%"), "{after}");
    client.export("second");
    let made = client.exported("second")["output"]["duration"].as_f64().unwrap();
    let told = client.state()["state"]["video_infos"][1]["duration"].as_f64().unwrap();
    assert!((made - told).abs() < 0.1 && (made - first).abs() > 0.5, "{first} {made} {told}");
    client.say("undo");
    client.say("undo");
    assert_eq!(summary(), before, "the first film is a step back");
    // It is not as it was exported any more, so another film comes after it.
    client.say("music at 10%");
    client.upload(&second);
    assert!(summary().contains("bikes") && summary().contains("gopro"), "{}", summary());
}

/// The link needs no token and gives any part; who has a token needs no link.
fn parts(server: &Server, client: &Client, url: &str) {
    assert!(url.starts_with(&server.base), "{url}");
    let whole = server.curl(url, &[]);
    assert_eq!((whole.status, whole.headers["accept-ranges"].as_str()), (200, "bytes"));
    assert!(whole.headers["content-disposition"].starts_with("attachment; filename=\"bikes"));
    let part = server.curl(url, &["-H", "Range: bytes=10-19"]);
    assert_eq!((part.status, part.bytes.as_slice()), (206, &whole.bytes[10..20]));
    assert_eq!(part.headers["content-range"], format!("bytes 10-19/{}", whole.bytes.len()));
    let end = server.curl(url, &["-H", "Range: bytes=-5"]);
    assert_eq!(end.bytes, whole.bytes[whole.bytes.len() - 5..]);
    assert_eq!(server.curl(url, &["-H", "Range: bytes=999999999-"]).status, 416);
    let held = client.look("/api/render/proxy/render_1/download");
    assert_eq!((held.status, held.bytes.len()), (200, whole.bytes.len()));
    server.curl("/api/render/proxy/render_1/download", &[]).refused(401, 1001);
    for wrong in [url.replace("&s=", "&s=00"), url.replace("&e=1", "&e=2"), url.replace("?u=", "?u=x")] {
        server.curl(&wrong, &[]).refused(404, 404);
    }
}

#[test]
fn an_export_can_be_called_off() {
    let Some(server) = Server::start("") else { return };
    // It must be encoded whole, so there is time to change one's mind.
    let Some(client) = with_film(&server, "film_avi_mpeg4_mp3.avi") else { return };
    assert_eq!(client.export("render_1").status, 200);
    let queued = client.export("render_2").json();
    assert_eq!(queued["status"], "pending", "one at a time: {queued}");
    for id in ["render_1", "render_2"] {
        let told = client.post(&format!("/api/render/proxy/lambda/{id}/cancel"), &json!({})).json();
        assert_eq!((&told["code"], &told["status"]), (&json!(0), &json!("failed")), "{told}");
        assert!(told["error"].as_str().unwrap().contains("cancelled"), "{told}");
    }
    assert_eq!(client.export("render_3").status, 200);
    assert_eq!(client.exported("render_3")["status"], "completed");
}

#[test]
fn a_film_is_made_though_the_server_dies() {
    let settings = "[export]\nlease_seconds = 1\n";
    let Some(server) = Server::start(settings) else { return };
    let Some(client) = with_film(&server, "film_avi_mpeg4_mp3.avi") else { return };
    assert_eq!(client.export("render_1").status, 200);
    while client.look("/api/render/proxy/render_1").json()["status"] == "pending" {}
    let (token, user, session) = (client.token, client.user, client.session);
    let server = server.killed_and_started_again(settings);
    let client = Client { server: &server, token, user, session };
    let told = client.exported("render_1");
    assert_eq!(told["status"], "completed", "{told}\n{}", server.log());
    assert_eq!(client.look("/api/render/proxy/render_1/download").status, 200);
}

#[test]
fn progress_never_goes_back() {
    let Some(server) = Server::start("") else { return };
    let Some(client) = with_film(&server, "film_avi_mpeg4_mp3.avi") else { return };
    client.export("render_1");
    let mut seen = vec![0];
    loop {
        let told = client.look("/api/render/proxy/render_1").json();
        seen.push(told["progress"].as_i64().unwrap());
        if told["status"] == "completed" {
            break;
        }
        assert_ne!(told["status"], "failed", "{told}");
    }
    assert!(seen.windows(2).all(|pair| pair[0] <= pair[1]) && seen.last() == Some(&100), "{seen:?}");
}

#[test]
fn a_posted_draft_is_what_is_made_and_is_read_strictly() {
    let Some(server) = Server::start("") else { return };
    let Some(client) = with_film(&server, "bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let mut draft = client.state()["state"]["draft"].clone();
    let ask = |id: &str, draft: &Value| {
        client.post(
            "/api/render/proxy/lambda",
            &json!({ "id": id, "sessionId": client.session, "draft": draft }),
        )
    };
    draft["t"][0]["sg"][0]["length"] = json!(2000);
    assert_eq!(ask("render_1", &draft).json()["code"], 0);
    let told = client.exported("render_1");
    let length = told["output"]["duration"].as_f64().unwrap_or_else(|| panic!("{told}"));
    assert!((length - 2.0).abs() < 0.06, "{told}");
    assert!(client.state()["state"]["draft"]["d"].as_i64().unwrap() > 2000, "the session itself stays");
    let other = server.client("b");
    let Some(film) = film("nasa_speech_single.mkv") else { return };
    let theirs = other.upload(&film).json()["files"][0]["file_id"].clone();
    draft["t"][0]["sg"] = json!([{ "source": theirs }]);
    let refused = ask("render_2", &draft).refused(400, 400);
    assert!(refused["message"].as_str().unwrap().starts_with("draft.t[0].sg[0].source"), "{refused}");
}
