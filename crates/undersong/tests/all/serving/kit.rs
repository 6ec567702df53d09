//! The routes of the Agent Development Kit, of who watches the server, and of the pages.

use std::io::{Read, Write};
use std::net::TcpListener;

use serde_json::json;

use super::super::program::film;
use super::server::Server;

#[test]
fn sessions_of_the_kit_are_ours() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    assert_eq!(server.curl("/list-apps", &[]).json(), json!(["nemo_agent"]));
    let root = "/apps/nemo_agent/users/me/sessions";
    let made = client.post(root, &json!({})).json();
    let id = made["id"].as_str().unwrap();
    let mut keys: Vec<&String> = made.as_object().unwrap().keys().collect();
    keys.sort_unstable();
    assert_eq!(keys, ["appName", "events", "id", "lastUpdateTime", "state", "userId"]);
    assert_eq!(client.look(root).json().as_array().unwrap().len(), 2);
    let message = json!({ "app_name": "nemo_agent", "session_id": id, "new_message": { "parts": [{ "text": "hello" }] } });
    let told = client.post("/run", &message).json();
    assert_eq!(told.as_array().unwrap().last().unwrap()["turnComplete"], true, "{told}");
    let found = client.look(&format!("{root}/{id}")).json();
    let authors: Vec<&str> =
        found["events"].as_array().unwrap().iter().map(|event| event["author"].as_str().unwrap()).collect();
    assert_eq!(authors.first(), Some(&"user"));
    assert_eq!(authors.last(), Some(&"nemo_agent"));
    assert_eq!(client.look(&format!("{root}/{id}/artifacts")).json(), json!([]));
    let other = server.client("b");
    other.look(&format!("{root}/{id}")).refused(404, 1002);
    other.curl(&format!("{root}/{id}"), &["-X", "DELETE"]).refused(404, 1002);
    assert_eq!(client.curl(&format!("{root}/{id}"), &["-X", "DELETE"]).status, 200);
    client.look(&format!("{root}/{id}")).refused(404, 1002);
}

#[test]
fn a_session_is_renamed_with_what_can_be_shown() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    let path = format!("/apps/nemo_agent/users/me/sessions/{}", client.session);
    let long = "长".repeat(300);
    for (wished, kept) in [("Holiday\0 in\u{7} May", "Holiday in May"), (&long, &long[..600])] {
        let body = json!({ "stateDelta": { "task_name": wished } }).to_string();
        assert_eq!(client.curl(&path, &["-X", "PATCH", "-d", &body]).status, 200);
        assert_eq!(client.state()["task_name"], kept);
    }
}

#[test]
fn one_user_needs_no_token_on_loopback() {
    let Some(server) = Server::start("single_user = true\n") else { return };
    let made = server.curl("/apps/nemo_agent/users/user/sessions", &["-X", "POST"]);
    assert_eq!(made.status, 200, "{}", made.text());
    assert_eq!(server.curl("/api/credits/balance/simple", &[]).status, 200);
    // A page of somebody else's must not speak for the user, by its own name or by ours.
    let page = ["-H", "Origin: https://evil.example"];
    server.curl("/api/credits/balance/simple", &page).refused(401, 1001);
    server.curl("/api/credits/balance/simple", &["-H", "Host: evil.example"]).refused(401, 1001);
    assert_eq!(
        server.curl("/api/credits/balance/simple", &["-H", "Origin: http://localhost:8000"]).status,
        200
    );
}

#[test]
fn who_watches_the_server_sees_how_it_is() {
    let Some(server) = Server::start("") else { return };
    for path in ["/healthz", "/health", "/readyz", "/version"] {
        assert_eq!(server.curl(path, &[]).status, 200, "{path}");
    }
    server.curl("/nowhere", &[]);
    let told = server.curl("/metrics", &[]).text();
    assert!(told.contains("undersong_requests_refused_total 1\n"), "{told}");
    let headers = server.curl("/healthz", &[]).headers;
    assert_eq!(
        (headers["x-content-type-options"].as_str(), headers["cache-control"].as_str()),
        ("nosniff", "no-store")
    );
    assert!(!headers.contains_key("set-cookie"));
}

#[test]
fn who_starts_the_server_can_ask_whether_it_is_ready() {
    let Some(server) = Server::start("") else { return };
    let place = server.base.strip_prefix("http://").unwrap();
    let told = server.beside(&["serve", "--check", "--listen", place]);
    assert!(told.status.success(), "{}", told.err);
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let told = server.beside(&["serve", "--check", "--listen", &free]);
    assert!(told.status.code() == Some(1) && told.err.contains("Nobody answers"), "{}", told.err);
}

#[test]
fn settings_are_shown_without_their_secrets() {
    let Some(server) = Server::start("") else { return };
    let secret = server.file("secret", b"s3cret\n");
    let settings = format!(
        "database = \"postgres://who:pass@host/name\"\n[storage]\nbucket = \"films\"\nendpoint = \"https://s3.example.org\"\n\
         access_key = \"topsecret\"\nsecret_key_file = {secret:?}\n"
    );
    std::fs::write(server.place.path().join("settings.toml"), settings).unwrap();
    let shown = |arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_undersong"))
            .args(["config", "show", "--config"])
            .arg(server.place.path().join("settings.toml"))
            .args(arguments)
            .output()
            .unwrap()
    };
    let told = String::from_utf8(shown(&[]).stdout).unwrap();
    assert!(told.contains("postgres://who:***@host/name") && told.contains("access_key = \"***\""), "{told}");
    assert!(!told.contains("pass@") && !told.contains("s3cret") && !told.contains("topsecret"), "{told}");
    let told = String::from_utf8(shown(&["--database", "sqlite:/srv/a.db"]).stdout).unwrap();
    assert!(told.contains("sqlite:/srv/a.db"), "a flag stands above: {told}");
    std::fs::remove_file(&secret).unwrap();
    let told = String::from_utf8(shown(&[]).stderr).unwrap();
    assert!(told.contains("secret cannot be read"), "{told}");
}

#[test]
fn a_session_is_opened_in_the_page_by_a_token_for_it_alone() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    let claimed = client.post("/api/auth/claim-token", &json!({ "session_id": client.session })).json();
    let ticket = claimed["data"]["claim_token"].as_str().unwrap();
    assert!(ticket.starts_with("clm_") && claimed["data"]["expires_in"] == 604_800, "{claimed}");
    let page = server.curl(&format!("/workspace/claim?ct={ticket}&token=nmv_usr_secret"), &[]);
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("project")
            && page.headers["content-security-policy"].contains("default-src 'none'")
    );
    assert!(!server.log().contains("nmv_usr_secret") && !server.log().contains(ticket));
    let other = server.client("b");
    other.post("/api/auth/claim-token", &json!({ "session_id": client.session })).refused(404, 1002);
    let bearer = format!("Authorization: Bearer {ticket}");
    server.curl("/api/credits/balance/simple", &["-H", &bearer]).refused(401, 1001);
}

#[test]
fn an_anonymous_account_is_registered_and_keeps_what_it_has() {
    let Some(server) = Server::start("") else { return };
    let client = server.client("a");
    let body = json!({ "email": "a@example.org", "password": "correct horse" });
    let told = client.post("/api/auth/register", &body).json();
    assert_eq!(
        (&told["data"]["user_id"], &told["data"]["plan"]),
        (&json!(client.user), &json!("free")),
        "{told}"
    );
    assert_eq!(client.state()["session_id"], client.session);
    assert_eq!(client.look("/api/credits/balance/simple").json()["available"], 100);
    server.client("b").post("/api/auth/register", &body).refused(400, 400);
    // Who is registered need not say where it comes from.
    let wish = json!({ "id": "r", "sessionId": client.session }).to_string();
    client.curl_plain("/api/render/proxy/lambda", &["-d", &wish]).refused(400, 400);
}

#[test]
fn a_hook_hears_of_a_finished_export() {
    let Some(server) = Server::start("[upload]\nprivate_hosts = [\"127.0.0.1\"]\n") else { return };
    let client = server.client("a");
    let Some(film) = film("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let made = client.post("/api/webhooks", &json!({ "url": url })).json();
    assert!(made["data"]["secret"].as_str().unwrap().starts_with("whsec_"), "{made}");
    let heard = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut told = String::new();
        while !told.contains("}}") {
            let mut block = [0; 4096];
            let count = stream.read(&mut block).unwrap();
            told += &String::from_utf8_lossy(&block[..count]);
        }
        stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").unwrap();
        told
    });
    client.upload(&film);
    client.export("render_1");
    assert_eq!(client.exported("render_1")["status"], "completed");
    let told = heard.join().unwrap();
    for wanted in [
        "webhook-id: msg_",
        "webhook-timestamp: ",
        "webhook-signature: v1,",
        "\"render.completed\"",
        "render_1",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    let hooks = client.look("/api/webhooks").json()["data"]["webhooks"].clone();
    assert!(hooks[0].get("secret").is_none(), "told once: {hooks}");
    server
        .client("b")
        .look(&format!("/api/webhooks/{}/deliveries", hooks[0]["id"].as_str().unwrap()))
        .refused(404, 404);
    client.post("/api/webhooks", &json!({ "url": "http://10.0.0.1/" })).refused(422, 4005);
}
