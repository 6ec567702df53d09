//! The settings of assistants that README shows, as an assistant would use them.

use serde_json::{Value, json};

use super::super::program::Room;
use super::super::serving::server::Server;
use super::client::{Peer, post, token};

/// The servers that README's settings name, in their order.
fn shown() -> Vec<Value> {
    let page = include_str!("../../../../../README.md");
    let blocks = page.split("```json\n").skip(1).filter_map(|rest| Some(rest.split_once("\n```")?.0));
    let settings = blocks.filter(|block| block.contains("mcpServers"));
    settings
        .map(|block| serde_json::from_str::<Value>(block).unwrap()["mcpServers"]["undersong"].clone())
        .collect()
}

#[test]
fn the_program_starts_as_readme_says() {
    let settings = &shown()[0];
    let room = Room::new();
    let folder = room.out().to_str().unwrap().to_owned();
    let arguments: Vec<&str> =
        settings["args"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    let arguments: Vec<&str> =
        arguments.into_iter().map(|one| if one == "/films" { &folder } else { one }).collect();
    assert_eq!((&settings["command"], arguments[0]), (&json!("undersong"), "mcp"));
    let (mut peer, _) = Peer::new(&room, &arguments[1..]);
    assert!(!peer.call("list_genres", json!({}))["genres"].as_array().unwrap().is_empty());
    assert!(peer.leave().0.success());
}

#[test]
fn a_server_answers_as_readme_says() {
    let settings = &shown()[1];
    let Some(server) = Server::start("") else { return };
    assert_eq!(
        settings["url"], "http://127.0.0.1:8787/mcp",
        "where the server listens unless somebody says otherwise"
    );
    let token = token(&server, "a");
    let header = |(name, value): (&String, &Value)| {
        format!("{name}: {}", value.as_str().unwrap().replace("TOKEN", &token))
    };
    let headers: Vec<String> = settings["headers"].as_object().unwrap().iter().map(header).collect();
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let (status, told) =
        post(&server, &headers, "tools/call", &json!({ "name": "list_genres", "arguments": {} }));
    assert_eq!(status, 200, "{told}");
    assert!(!told["result"]["structuredContent"]["genres"].as_array().unwrap().is_empty());
    // What the headers say of the client is enough for an export: what is missing is a film.
    let told = super::client::call(&server, &token, "export_film", json!({ "film": "1" }));
    assert!(told["content"][0]["text"].as_str().unwrap().contains("[1002]"), "{told}");
}
