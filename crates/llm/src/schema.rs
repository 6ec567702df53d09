//! The schema of what a model may answer: that of our edits, without what is none of its business.

use std::collections::BTreeSet;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use timeline::Edit;

/// The definition of a time.
pub(crate) const TIME: &str = "Time";

/// Edits that bring files in: only people do that.
const WITH_FILES: [&str; 2] = ["add-clip", "replace-clip"];
/// Fields that are ours to fill, by the definition they stand in: what chance is drawn from, and what comes of it.
const OURS: [(&str, &[&str]); 2] = [("Brief", &["seed", "takes", "like"]), ("Take", &["seed"])];
/// Edits whose `name` is what people call the genre, which we know.
const NAMED: [&str; 2] = ["add-bed", "rescore"];

/// The schema of the argument of `edit_film`: `{ "edits": [..] }`, with times in seconds.
///
/// It is derived from [`Edit`], descriptions and all. Left out are edits that bring in files, recordings, unlocking, what
/// chance is drawn from and the names of music; whatever is left out is refused when it comes back.
pub fn tool_schema() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.meta_schema = None;
    let whole = settings.into_generator().into_root_schema_for::<Edit>().to_value();
    let mut definitions = whole.get("$defs").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut edit = whole;
    if let Some(fields) = edit.as_object_mut() {
        fields.remove("$defs");
        fields.remove("title");
    }
    definitions.insert("Edit".into(), edit);
    leave_out(&mut definitions);
    definitions.values_mut().for_each(plain);
    let root = json!({
        "type": "object",
        "properties": { "edits": {
            "description": "The edits, in the order in which they apply.",
            "type": "array",
            "items": { "$ref": "#/$defs/Edit" },
        } },
        "required": ["edits"],
        "additionalProperties": false,
    });
    let needed = needed(&root, &definitions);
    definitions.retain(|name, _| needed.contains(name));
    let mut root = root;
    root["$defs"] = definitions.into();
    root
}

/// A definition of a schema.
pub(crate) fn definition<'a>(root: &'a Value, name: &str) -> Option<&'a Value> {
    root.get("$defs")?.get(name)
}

fn leave_out(definitions: &mut Map<String, Value>) {
    definitions
        .insert(TIME.into(), json!({ "description": "A moment or a length, in seconds.", "type": "number" }));
    keep_variants(definitions, "Edit", |name| !WITH_FILES.contains(&name));
    keep_variants(definitions, "Music", |name| name == "composed");
    for (definition, names) in OURS {
        if let Some(schema) = definitions.get_mut(definition) {
            forget(schema, names);
        }
    }
    for variant in variants(definitions, "Edit") {
        for name in NAMED {
            if let Some(schema) = variant.pointer_mut(&format!("/properties/{name}")) {
                forget(schema, &["name"]);
            }
        }
        if let Some(schema) = variant.pointer_mut("/properties/lock/properties/locked") {
            *schema =
                json!({ "description": "People unlock, nobody else.", "type": "boolean", "const": true });
        }
    }
}

/// The variants of an enum that is written as one field.
fn variants<'a>(definitions: &'a mut Map<String, Value>, name: &str) -> &'a mut [Value] {
    let listed = definitions.get_mut(name).and_then(|schema| schema.get_mut("oneOf"));
    listed.and_then(Value::as_array_mut).map_or(&mut [], Vec::as_mut_slice)
}

fn keep_variants(definitions: &mut Map<String, Value>, name: &str, keep: impl Fn(&str) -> bool) {
    let listed = definitions.get_mut(name).and_then(|schema| schema.get_mut("oneOf"));
    if let Some(listed) = listed.and_then(Value::as_array_mut) {
        let field = |variant: &Value| {
            variant["properties"].as_object().and_then(|known| known.keys().next().cloned())
        };
        listed.retain(|variant| field(variant).is_some_and(|field| keep(&field)));
    }
}

/// Takes fields out of the schema of an object.
fn forget(schema: &mut Value, names: &[&str]) {
    if let Some(known) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        known.retain(|name, _| !names.contains(&name.as_str()));
    }
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| name.as_str().is_none_or(|name| !names.contains(&name)));
    }
}

/// Takes out what only Rust knows: how wide numbers are, `None`, the drawings, and defaults, which say ticks.
fn plain(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::String(text)) = fields.get_mut("description") {
                let told = text.split("\n\n```").next().unwrap_or_default();
                *text = told.replace('\n', " ").replace("`None`", "null");
            }
            if fields.get("format").is_some_and(Value::is_string) {
                fields.remove("format");
            }
            if !fields.get("default").is_some_and(Value::is_boolean) {
                fields.remove("default");
            }
            fields.values_mut().for_each(plain);
        }
        Value::Array(items) => items.iter_mut().for_each(plain),
        _ => {}
    }
}

/// The definitions that a schema refers to, directly or not.
fn needed(root: &Value, definitions: &Map<String, Value>) -> BTreeSet<String> {
    let mut needed = BTreeSet::new();
    let mut open = vec![root];
    while let Some(schema) = open.pop() {
        match schema {
            Value::Object(fields) => {
                let name = fields.get("$ref").and_then(Value::as_str);
                if let Some(name) = name.and_then(|text| text.strip_prefix("#/$defs/"))
                    && needed.insert(name.to_owned())
                {
                    open.extend(definitions.get(name));
                }
                open.extend(fields.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    needed
}
