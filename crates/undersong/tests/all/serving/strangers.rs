//! Two users: whatever one has, no operation of the document gives it to the other, by whatever place an id goes in.

mod belongings;
mod requests;

use serde_json::Value;

use super::document::operations;
use super::server::{Client, Reply, Server};
use belongings::Belongings;
use requests::{Request, requests};

/// Asks for something as this client.
fn ask(client: &Client, request: &Request) -> Reply {
    let arguments: Vec<&str> = request.arguments.iter().map(String::as_str).collect();
    client.curl(&request.path, &arguments)
}

/// What the first user sees of its own, without what a link says of the time.
fn seen(client: &Client, own: &Belongings) -> Vec<Value> {
    let session = &own.session;
    let paths = [
        format!("/api/state/nemo_agent/me/{session}/latest"),
        format!("/apps/nemo_agent/users/me/sessions/{session}"),
        format!("/apps/nemo_agent/users/me/sessions/{session}/artifacts"),
        format!("/api/webhooks/{}/deliveries", own.webhook),
        "/apps/nemo_agent/users/me/sessions".to_owned(),
        "/api/renders".to_owned(),
        "/api/webhooks".to_owned(),
        "/api/credits/balance/simple".to_owned(),
    ];
    let mut all: Vec<Value> = paths.iter().map(|path| client.look(path).json()).collect();
    all.iter_mut().for_each(without_signatures);
    all
}

fn without_signatures(value: &mut Value) {
    match value {
        Value::String(text) if text.contains("/files/") => {
            text.truncate(text.find('?').unwrap_or(text.len()));
        }
        Value::Array(values) => values.iter_mut().for_each(without_signatures),
        Value::Object(keys) => keys.values_mut().for_each(without_signatures),
        _ => {}
    }
}

#[test]
fn nobody_gets_what_is_anothers() {
    let Some(server) = Server::start("[upload]\nprivate_hosts = [\"127.0.0.1\"]\n") else { return };
    let (first, second) = (server.client("first"), server.client("second"));
    let Some(theirs) = Belongings::made(&first) else { return };
    let Some(own) = Belongings::made(&second) else { return };
    let document = server.curl("/openapi.json", &[]).json();
    let before = seen(&first, &theirs);
    let mut foreign = 0;
    for (method, address, told) in operations(&document) {
        // It would take the token away from who tries the others.
        if address == "/api/auth/sign-out" {
            continue;
        }
        for request in requests(&document, &method, &address, &told, &theirs, &own) {
            let reply = ask(&second, &request);
            let text = reply.text();
            let told = theirs.secrets().into_iter().find(|secret| text.contains(*secret));
            if (200..300).contains(&reply.status) {
                assert!(!request.is_foreign, "{method} {request:?}: {}: {text}", reply.status);
                assert_eq!(told, None, "{method} {request:?}: {text}");
            }
            foreign += usize::from(request.is_foreign);
        }
    }
    assert!(foreign > 40, "only {foreign} requests had an id of somebody else");
    assert_eq!(seen(&first, &theirs), before);
}
