//! Sessions of a server.

use std::path::Path;

use serde_json::{Value, json};

use super::super::program::film;
use super::super::serving::server::Server;
use super::FILM;
use super::client::{call, call_with, post, sent, sessions, token, uploaded};

const SETTINGS: &str = "[upload]\nprivate_hosts = [\"127.0.0.1\"]\n";

/// Why a tool refuses.
fn refused(server: &Server, token: &str, tool: &str, asked: Value) -> String {
    let told = call(server, token, tool, asked);
    assert_eq!(told["isError"], true, "{tool}: {told}");
    told["content"][0]["text"].as_str().unwrap().to_owned()
}

/// Work when it has ended.
fn ended(server: &Server, token: &str, tool: &str, asked: Value) -> Value {
    let mut told = call(server, token, tool, asked);
    for _ in 0..20 {
        let work = &told["structuredContent"];
        if work["status"] != "working" {
            return work.clone();
        }
        told = call(server, token, "job_status", json!({ "job": work["job"], "wait_s": 10 }));
    }
    panic!("{told}");
}

#[test]
fn nobody_is_let_in_without_a_token() {
    let Some(server) = Server::start("") else { return };
    for headers in [&[][..], &["Authorization: Bearer nobody"], &["Authorization: Basic YTpi"]] {
        let (status, told) = post(&server, headers, "tools/list", &json!({}));
        assert_eq!((status, &told["code"]), (401, &json!(1001)), "{told}");
        assert!(told["hint"].is_string() && told["request_id"].is_string(), "{told}");
    }
}

#[test]
fn the_only_user_is_nobody_from_elsewhere() {
    let Some(server) = Server::start("single_user = true\n") else { return };
    let listed = |headers: &[&str]| post(&server, headers, "tools/list", &json!({}));
    let (status, told) = listed(&[]);
    assert_eq!((status, told["result"]["tools"].as_array().map(Vec::len)), (200, Some(13)), "{told}");
    for header in ["Origin: https://evil.example", "Host: evil.example", "Origin: null"] {
        assert_eq!(listed(&[header]).0, 401, "{header}");
    }
}

#[test]
fn nothing_of_this_machine_is_read_or_written_over_http() {
    let Some(server) = Server::start("") else { return };
    let token = token(&server, "a");
    for file in
        ["/etc/passwd", "file:///etc/passwd", "film.mp4", "http://127.0.0.1/a.mp4", "http://169.254.169.254/"]
    {
        let told = refused(&server, &token, "open_film", json!({ "files": [file] }));
        assert!(told.contains("[4005]"), "{file}: {told}");
    }
    for (tool, asked) in [
        ("add_music", json!({ "film": "1", "output": "/tmp/out.mp4" })),
        ("export_film", json!({ "film": "1", "output": "/tmp/out.mp4" })),
        ("edit_film", json!({ "film": "1", "request": "louder", "seed": 1 })),
    ] {
        let told = refused(&server, &token, tool, asked);
        assert!(told.contains("[400]"), "{tool}: {told}");
    }
}

#[test]
fn nobody_gets_what_is_anothers_by_a_tool() {
    let (Some(film), Some(server)) = (film(FILM), Server::start(SETTINGS)) else { return };
    let (first, second) = (token(&server, "first"), token(&server, "second"));
    let address = uploaded(&server, &first, Path::new(&film));
    let opened = ended(&server, &first, "open_film", json!({ "files": [address] }));
    let session = &opened["film"];
    let added = ended(&server, &first, "add_music", json!({ "film": session, "request": "calm piano" }));
    assert_eq!(added["status"], "done", "{added}");
    let exported = ended(&server, &first, "export_film", json!({ "film": session }));
    let heard = ended(&server, &first, "preview_music", json!({ "film": session }));
    let edited = ended(&server, &first, "edit_film", json!({ "film": session, "request": "a bit quieter" }));
    let before = call(&server, &first, "show_timeline", json!({ "film": session }));
    for tool in [
        "describe_film",
        "add_music",
        "undo_edit",
        "list_alternatives",
        "preview_music",
        "export_film",
        "show_timeline",
        "show_licence",
    ] {
        let told = refused(&server, &second, tool, json!({ "film": session }));
        assert!(told.contains("[1002]"), "{tool}: {told}");
    }
    let told = refused(&server, &second, "edit_film", json!({ "film": session, "request": "louder" }));
    assert!(told.contains("[1002]"), "{told}");
    let told = refused(&server, &second, "open_film", json!({ "film": session }));
    assert!(told.contains("[1002]"), "{told}");
    for work in [&opened, &added, &exported, &heard, &edited] {
        for tool in ["job_status", "cancel_job"] {
            let told = refused(&server, &second, tool, json!({ "job": work["job"] }));
            assert!(told.contains("[404]") || told.contains("[1002]"), "{tool} {}: {told}", work["job"]);
        }
    }
    let after = call(&server, &first, "show_timeline", json!({ "film": session }));
    assert_eq!(before, after);
}

#[test]
fn what_was_uploaded_is_scored_and_what_is_called_off_is_not() {
    let (Some(film), Some(server)) = (film(FILM), Server::start(SETTINGS)) else { return };
    let token = token(&server, "a");
    let address = uploaded(&server, &token, Path::new(&film));
    let opened = ended(&server, &token, "open_film", json!({ "files": [address] }));
    let again = ended(&server, &token, "open_film", json!({ "film": opened["film"] }));
    assert_eq!(again["result"], opened["result"]);
    let work = call(&server, &token, "add_music", json!({ "film": opened["film"] }));
    let job = &work["structuredContent"]["job"];
    call(&server, &token, "cancel_job", json!({ "job": job }));
    let work = ended(&server, &token, "job_status", json!({ "job": job }));
    assert_eq!(work["status"], "cancelled", "{work}");
    let told = refused(&server, &token, "show_licence", json!({ "film": opened["film"] }));
    assert!(told.contains("No film was made"), "{told}");
    let broken = ended(&server, &token, "open_film", json!({ "files": ["http://127.0.0.1:1/a.mp4"] }));
    assert_eq!(broken, Value::Null, "what cannot be fetched is an error at once");
}

#[test]
fn no_handle_makes_a_film_for_who_may_not_export() {
    let (Some(film), Some(server)) = (film(FILM), Server::start(SETTINGS)) else { return };
    let token = token(&server, "a");
    let address = uploaded(&server, &token, Path::new(&film));
    let opened = ended(&server, &token, "open_film", json!({ "files": [address] }));
    let session = opened["film"].as_str().unwrap();
    let edited =
        ended(&server, &token, "edit_film", json!({ "film": session, "request": "calm piano music" }));
    let run = edited["job"].as_str().unwrap().strip_prefix("turn:").unwrap();
    let made_up = json!({ "job": format!("add:{run}:-:-"), "wait_s": 1 });
    let told = call_with(&server, &token, &[], "job_status", made_up);
    let why = told["content"][0]["text"].as_str().unwrap();
    assert!(told["isError"] == true && why.contains("[402]"), "{told}");
    let said = json!({ "film": session, "request": "export it" });
    let told = call_with(&server, &token, &[], "edit_film", said);
    let reply = told["structuredContent"]["result"]["reply"].as_str().unwrap_or_else(|| panic!("{told}"));
    assert!(reply.contains("cannot be exported") && !reply.contains("is written"), "{reply}");
    let told = refused(&server, &token, "show_licence", json!({ "film": session }));
    assert!(told.contains("No film was made"), "{told}");
}

#[test]
fn what_could_not_be_fetched_does_not_hide_what_is_uploaded() {
    let (Some(film), Some(server)) = (film(FILM), Server::start(SETTINGS)) else { return };
    let token = token(&server, "a");
    refused(&server, &token, "open_film", json!({ "files": ["http://127.0.0.1:1/a.mp4"] }));
    let known = sessions(&server, &token);
    let session = known[0]["id"].as_str().unwrap_or_else(|| panic!("{known}"));
    refused(&server, &token, "open_film", json!({ "film": session }));
    sent(&server, &token, session, Path::new(&film));
    let opened = ended(&server, &token, "open_film", json!({ "film": session }));
    assert_eq!(opened["status"], "done", "{opened}");
}
