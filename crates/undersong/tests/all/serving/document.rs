//! The document of the API: it is served, as a page too, and what it says about tokens holds.

use serde_json::{Value, json};

use super::server::Server;

/// Operations that need no token.
const OPEN: [&str; 14] = [
    "GET /docs",
    "GET /files/{kind}/{item}",
    "GET /health",
    "GET /healthz",
    "GET /list-apps",
    "GET /metrics",
    "GET /openapi.json",
    "GET /readyz",
    "GET /register",
    "GET /version",
    "GET /workspace/claim",
    "POST /api/auth/anonymous-token",
    "POST /api/auth/sign-in",
    "POST /register",
];

/// Every operation: its method, its address, and what is said of it.
pub(super) fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let all = paths.flat_map(|(address, item)| {
        let item = item.as_object().unwrap().iter();
        item.map(|(method, told)| (method.to_uppercase(), address.clone(), told.clone()))
    });
    all.collect()
}

#[test]
fn whoever_has_no_token_is_sent_away_where_one_is_needed() {
    let Some(server) = Server::start("") else { return };
    let document = server.curl("/openapi.json", &[]).json();
    let mut open = Vec::new();
    for (method, address, told) in operations(&document) {
        if told["security"] == json!([]) {
            open.push(format!("{method} {address}"));
            continue;
        }
        assert_eq!(told["security"], json!([{ "bearer": [] }]), "{method} {address}");
        let path = address.replace("{user}", "me").replace(['{', '}'], "");
        if method == "HEAD" {
            assert_eq!(server.curl(&path, &["-X", "HEAD"]).status, 401, "{address}");
            continue;
        }
        server.curl(&path, &["-X", &method]).refused(401, 1001);
        let wrong = "Authorization: Bearer nmv_usr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        server.curl(&path, &["-X", &method, "-H", wrong, "-d", "{}"]).refused(401, 1001);
    }
    open.sort();
    assert_eq!(open, OPEN);
}

#[test]
fn the_document_is_a_page_too() {
    let Some(server) = Server::start("") else { return };
    let document = server.curl("/openapi.json", &[]).json();
    assert_eq!(document["openapi"], "3.1.0");
    let page = server.curl("/docs", &[]);
    let policy = &page.headers["content-security-policy"];
    assert!(policy.contains("default-src 'none'") && !policy.contains("script"), "{policy}");
    let text = page.text();
    assert!(!text.contains("<script") && text.contains("href=\"/openapi.json\""));
    for (method, address, told) in operations(&document) {
        let (name, place) = (told["operationId"].as_str().unwrap(), address.replace('/', "/<wbr>"));
        assert!(text.contains(&place), "{method} {address}");
        let alias = told["description"].as_str().unwrap().starts_with("The same as");
        assert!(alias || text.contains(&format!("id=\"{name}\"")), "{name}");
    }
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(text.contains(&format!("id=\"{name}\"")), "{name}");
    }
}
