//! Parameters by their names: what stands in addresses, and the headers that many operations know.

use serde_json::{Value, json};

use super::sketch::Sketch;
use crate::server::dialect::errors::refusal::Refusal;

/// What stands between braces in addresses, and how it is refused where it is not there.
const IN_ADDRESSES: [(&str, &str, Refusal); 9] = [
    ("app", "The agent; there is one, `nemo_agent`.", Refusal::Malformed),
    ("user", "`me`, or your own `user_id`.", Refusal::NoSession),
    ("session", "The `session_id` of a session of yours.", Refusal::NoSession),
    ("render", "The `id` under which you asked for the export.", Refusal::NotThere),
    ("artifact", "The name of a finished export, which is its `id`.", Refusal::NotThere),
    ("webhook", "The `id` of a webhook of yours.", Refusal::NotThere),
    ("kind", "What the link leads to.", Refusal::NotThere),
    ("item", "The number of the file, the export or the piece of music.", Refusal::NotThere),
    ("upload", "The number of an upload of yours, as `Location` told it.", Refusal::NotThere),
];

/// The schema of a parameter in an address.
fn schema(name: &str) -> Value {
    match name {
        "app" => json!({ "type": "string", "examples": ["nemo_agent"] }),
        "user" => json!({ "type": "string", "examples": ["me"] }),
        "session" => json!({ "type": "string", "examples": ["4711471147114711471"] }),
        "kind" => json!({ "type": "string", "enum": ["render", "media", "preview"] }),
        _ => json!({ "type": "string" }),
    }
}

/// Adds the parameters of an address.
pub(super) fn of_address(address: &str, sketch: &mut Sketch) {
    for name in address.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
        // What is no UTF-8 between percent signs is no text.
        sketch.refuses(&[Refusal::Malformed]);
        let known = IN_ADDRESSES.iter().find(|(known, ..)| *known == name);
        let about = known.map_or("", |(_, about, _)| *about);
        sketch.asks("path", name, true, about, schema(name));
        sketch.refuses(&known.map(|(_, _, refusal)| *refusal).into_iter().collect::<Vec<_>>());
    }
}

/// Adds the headers that say which skill a request comes from.
pub(super) fn attribution(sketch: &mut Sketch) {
    let headers = [
        ("X-Skill-Source", "Where the skill was got, like `github`."),
        ("X-Skill-Version", "The skill's version."),
        ("X-Skill-Platform", "What runs the skill, like `terminal`."),
    ];
    for (name, about) in headers {
        sketch.asks("header", name, false, about, json!({ "type": "string" }));
    }
    sketch.refuses(&[Refusal::PlanBlocked]);
}

/// Adds the header that makes a request repeatable.
pub(super) fn key(sketch: &mut Sketch) {
    let about = "A name for this request. Who sends it again with the same body gets the same answer, and it is done once.";
    let schema = json!({ "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$" });
    sketch.asks("header", "Idempotency-Key", false, about, schema);
    sketch.refuses(&[Refusal::Malformed, Refusal::OtherBody, Refusal::Occupied]);
}
