//! The schemas of tools, in JSON Schema 2020-12: made of the shapes, and only as large as a tool needs.

use rmcp::model::JsonObject;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// What work comes to, among the definitions.
const OUTCOME: &str = "Outcome";

/// What a tool takes.
pub(super) fn taken<Asked: JsonSchema>() -> JsonObject {
    plain(SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Asked>().into())
}

/// What a tool gives.
pub(super) fn given<Given: JsonSchema>() -> JsonObject {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    plain(settings.into_generator().into_root_schema_for::<Given>().into())
}

/// The same, where of all that work may come to only this is given.
pub(super) fn narrowed(mut schema: JsonObject, parts: &[&str]) -> JsonObject {
    let outcome = schema.get_mut("$defs").and_then(|known| known.get_mut(OUTCOME)?.get_mut("properties"));
    if let Some(Value::Object(fields)) = outcome {
        fields.retain(|name, _| parts.contains(&name.as_str()));
    }
    while drop_unnamed(&mut schema) {}
    schema
}

/// Drops definitions that nothing refers to; whether there were any.
fn drop_unnamed(schema: &mut JsonObject) -> bool {
    let told = Value::Object(schema.clone()).to_string();
    let Some(Value::Object(definitions)) = schema.get_mut("$defs") else { return false };
    let before = definitions.len();
    definitions.retain(|name, _| told.contains(&format!("\"#/$defs/{name}\"")));
    definitions.len() < before
}

fn plain(schema: Value) -> JsonObject {
    let mut schema = schema;
    without_numbers(&mut schema);
    match schema {
        Value::Object(mut schema) => {
            schema.remove("title");
            schema.remove("description");
            schema
        }
        _ => JsonObject::new(),
    }
}

fn without_numbers(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.get("format").and_then(Value::as_str).is_some_and(is_of_numbers) {
                fields.remove("format");
            }
            fields.values_mut().for_each(without_numbers);
        }
        Value::Array(items) => items.iter_mut().for_each(without_numbers),
        _ => {}
    }
}

/// Whether a format is one of numbers: none of those is JSON Schema's, and strict readers stumble over them.
fn is_of_numbers(format: &str) -> bool {
    matches!(format, "double" | "float") || format.trim_start_matches('u').starts_with("int")
}
