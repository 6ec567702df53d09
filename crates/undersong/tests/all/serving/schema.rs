//! Every reply against the document of the API: its status and its type are listed, and its JSON fits the schema, to the
//! last key: what is not described must not be sent.

use jsonschema::Draft;
use serde_json::{Value, json};

use super::server::{Reply, events};

/// The document, with every shape closed.
pub(super) struct Schemas(Value);

/// The methods that operations have.
const METHODS: [&str; 5] = ["get", "head", "post", "patch", "delete"];

impl Schemas {
    pub(super) fn of(mut document: Value) -> Schemas {
        close(&mut document);
        Schemas(document)
    }

    /// That a reply is one that the document knows.
    pub(super) fn hold(&self, method: &str, path: &str, reply: &Reply) {
        let (method, looks) = (method.to_lowercase(), method == "HEAD");
        let here = format!("{method} {path}: {}", reply.status);
        let refused = json!({ "$ref": "#/components/schemas/Refused" });
        let Some(item) = self.item(path) else {
            assert_eq!(reply.status, 404, "{here}: not in the document, but there");
            return self.fits(&refused, &reply.json(), &here);
        };
        // Whoever answers GET answers HEAD, too.
        let method = if looks && item["head"].is_null() { "get".to_owned() } else { method };
        if !METHODS.contains(&&*method) || item[&*method].is_null() {
            return assert!(reply.status == 405 || method == "options", "{here}");
        }
        let answers = &item[&*method]["responses"];
        let answer = self.resolved(&answers[reply.status.to_string()]);
        assert!(!answer.is_null(), "{here} is not listed: {}", reply.text());
        if looks {
            // There is no body, though curl puts the heads where it would be.
            return;
        }
        let kind = reply.headers.get("content-type").map_or("", |kind| kind.split(';').next().unwrap());
        let Some(content) = answer["content"].as_object() else {
            return assert!(reply.bytes.is_empty(), "{here} has a body: {}", reply.text());
        };
        let known = content.iter().find(|(known, _)| alike(known, kind));
        let (_, content) = known.unwrap_or_else(|| panic!("{here}: {kind} is not listed"));
        match kind {
            "application/json" => self.fits(&content["schema"], &reply.json(), &here),
            "text/event-stream" => {
                let event = json!({ "$ref": "#/components/schemas/Event" });
                events(&reply.text()).iter().for_each(|(told, _)| self.fits(&event, told, &here));
            }
            _ => {}
        }
    }

    /// The operations at an address; where several could be meant, that with the most words in common.
    fn item(&self, path: &str) -> Option<&Value> {
        let path: Vec<&str> = path.split('?').next().unwrap().split('/').collect();
        let same = |address: &&String| {
            let parts: Vec<&str> = address.split('/').collect();
            parts.len() == path.len()
                && parts.iter().zip(&path).all(|(one, two)| one == two || one.starts_with('{'))
        };
        let paths = self.0["paths"].as_object().unwrap();
        let address = paths.keys().filter(same).min_by_key(|address| address.matches('{').count())?;
        paths.get(address)
    }

    fn resolved<'v>(&'v self, value: &'v Value) -> &'v Value {
        let place = value["$ref"].as_str().and_then(|place| place.strip_prefix('#'));
        place.map_or(value, |place| self.0.pointer(place).unwrap())
    }

    fn fits(&self, schema: &Value, told: &Value, here: &str) {
        let whole = json!({ "components": self.0["components"], "allOf": [schema] });
        let validator = jsonschema::options().with_draft(Draft::Draft202012).build(&whole).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(told).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{here} does not fit its schema:\n{}\n{told:#}", faults.join("\n"));
    }
}

/// Whether a type is the one that is listed, which may leave its second half open.
fn alike(listed: &str, kind: &str) -> bool {
    listed == kind || listed.strip_suffix('*').is_some_and(|open| kind.starts_with(open))
}

/// Lets no shape have keys that it does not name.
fn close(value: &mut Value) {
    match value {
        Value::Object(keys) => {
            keys.values_mut().for_each(close);
            if keys.get("properties").is_some_and(Value::is_object) && keys.contains_key("type") {
                keys.insert("additionalProperties".to_owned(), false.into());
            }
        }
        Value::Array(values) => values.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn a_reply_that_does_not_fit_is_noticed() {
    let balance =
        json!({ "type": "object", "required": ["total"], "properties": { "total": { "type": "integer" } } });
    let schemas = Schemas::of(json!({
        "paths": { "/a/{b}": { "get": { "responses": { "200": { "content": { "application/json": { "schema": balance } } } } } } },
        "components": {},
    }));
    let fits = |status: u16, body: Value| {
        let headers = [("content-type".to_owned(), "application/json".to_owned())].into();
        let reply = Reply { status, headers, bytes: body.to_string().into_bytes() };
        std::panic::catch_unwind(|| schemas.hold("GET", "/a/1?c=2", &reply)).is_ok()
    };
    assert!(fits(200, json!({ "total": 1 })));
    assert!(!fits(200, json!({ "total": null })));
    assert!(!fits(200, json!({})));
    assert!(!fits(200, json!({ "total": 1, "more": 1 })));
    assert!(!fits(201, json!({ "total": 1 })));
}
