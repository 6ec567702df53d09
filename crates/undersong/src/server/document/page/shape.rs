//! Schemas as people read them: a list of keys, each with its type in words.

use serde_json::Value;

use super::{inline, list, map, named, prose, text};
use crate::server::page::escaped;

/// A named shape.
pub(super) fn section((name, schema): (&String, &Value)) -> String {
    let name = escaped(name);
    let about = prose(text(&schema["description"]));
    format!("<article id=\"{name}\"><h3>{name}</h3>{about}{}</article>", inner(schema))
}

/// A shape where it is used; of an envelope what is in it, too.
pub(super) fn whole(document: &Value, schema: &Value) -> String {
    let told = named(document, schema);
    let about = prose(text(&told["description"]));
    if map(&told["properties"]).next().is_none() {
        return format!("{about}<p>{}</p>", kind(schema));
    }
    let envelope = map(&told["properties"]).count() == 3 && told["properties"]["data"].is_object();
    let within = match (envelope, inner(named(document, &told["properties"]["data"]))) {
        (true, within) if !within.is_empty() => format!("<p>In <code>data</code>:</p>{within}"),
        _ => String::new(),
    };
    format!("{about}{}{within}", inner(told))
}

/// The keys of a shape, or what it is one of.
fn inner(schema: &Value) -> String {
    let choices = list(&schema["oneOf"]);
    if !choices.is_empty() {
        return format!("<p>One of {}.</p>", choices.iter().map(kind).collect::<Vec<_>>().join(", "));
    }
    let parts = list(&schema["allOf"]);
    let fields: String = parts.iter().chain([schema]).map(fields).collect();
    let merged: Vec<String> = parts.iter().filter(|part| part.get("$ref").is_some()).map(kind).collect();
    let also = match merged.is_empty() {
        true => String::new(),
        false => format!("<p>Also the keys of {}.</p>", merged.join(", ")),
    };
    if fields.is_empty() { also } else { format!("<ul class=\"fields\">{fields}</ul>{also}") }
}

/// A line for each key.
fn fields(schema: &Value) -> String {
    let required = list(&schema["required"]);
    let line = |(name, field): (&String, &Value)| {
        let optional = if required.iter().any(|one| one == name) { "" } else { ", optional" };
        let nested = match field["type"] == "array" && field["items"]["properties"].is_object() {
            true => inner(&field["items"]),
            false => String::new(),
        };
        let about = inline(text(&field["description"]));
        format!("<li><code>{}</code> <i>{}{optional}</i> {about}{nested}", escaped(name), kind(field))
    };
    map(&schema["properties"]).map(line).collect()
}

/// The type of a value in words.
pub(super) fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|place| place.rsplit('/').next()) {
        return format!("<a href=\"#{0}\">{0}</a>", escaped(name));
    }
    if let Some(value) = schema.get("const") {
        return format!("always <code>{}</code>", escaped(&value.to_string()));
    }
    let any_of = [list(&schema["oneOf"]), list(&schema["enum"])];
    match any_of {
        [[], []] => {}
        [[], values] => {
            let values = values.iter().map(|one| format!("<code>{}</code>", escaped(text(one))));
            return values.collect::<Vec<_>>().join(" or ");
        }
        [choices, _] => {
            // Null stands first there, and is said last.
            return choices.iter().rev().map(kind).collect::<Vec<_>>().join(" or ");
        }
    }
    let name = |kind: &Value| match text(kind) {
        "array" => format!("list of {}", kind_of_items(schema)),
        "integer" => "whole number".to_owned(),
        "boolean" => "true or false".to_owned(),
        "string" if schema["format"] == "binary" => "file".to_owned(),
        "string" => "text".to_owned(),
        other => other.to_owned(),
    };
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().map(name).collect::<Vec<_>>().join(" or "),
        Value::Null => "anything".to_owned(),
        one => name(one),
    }
}

fn kind_of_items(schema: &Value) -> String {
    kind(&schema["items"])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn types_are_told_in_words() {
        let file = json!({ "$ref": "#/components/schemas/File" });
        for (schema, told) in [
            (json!({ "type": ["string", "null"] }), "text or null"),
            (json!({ "type": "array", "items": file }), "list of <a href=\"#File\">File</a>"),
            (json!({ "oneOf": [{ "type": "null" }, file] }), "<a href=\"#File\">File</a> or null"),
            (json!({ "type": "string", "enum": ["a", "<"] }), "<code>a</code> or <code>&lt;</code>"),
            (json!({ "type": "integer", "const": 0 }), "always <code>0</code>"),
            (json!({}), "anything"),
        ] {
            assert_eq!(kind(&schema), told);
        }
    }
}
