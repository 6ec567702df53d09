//! The document, as text that people can read.

use std::fmt::Write;

use super::*;
use crate::server::routes::groups;

fn document() -> Value {
    serde_json::from_str(&Document::of(groups()).json).unwrap()
}

fn map(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Without what is said for people.
fn bare(value: &Value) -> Value {
    match value {
        Value::Object(keys) => {
            let kept = keys.iter().filter(|(key, _)| !matches!(key.as_str(), "description" | "examples"));
            kept.map(|(key, value)| (key.clone(), bare(value))).collect()
        }
        Value::Array(values) => values.iter().map(bare).collect(),
        other => other.clone(),
    }
}

/// A schema in one line.
fn shape(schema: &Value) -> String {
    let properties: Vec<String> = map(&schema["properties"])
        .map(|(name, field)| {
            let required = schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
            format!("{name}{}: {}", if required { "" } else { "?" }, shape(field))
        })
        .collect();
    if !properties.is_empty() {
        return format!("{{ {} }}", properties.join(", "));
    }
    match (schema["$ref"].as_str(), schema["type"].as_str()) {
        (Some(place), _) => place.rsplit('/').next().unwrap().to_owned(),
        (_, Some("array")) => format!("[{}]", shape(&schema["items"])),
        _ => match schema["oneOf"].as_array() {
            Some(choices) => choices.iter().map(shape).collect::<Vec<_>>().join(" | "),
            None => bare(schema).to_string().replace('"', ""),
        },
    }
}

fn contents(text: &mut String, what: &str, content: &Value) {
    for (kind, content) in map(content) {
        _ = writeln!(text, "  {what} {kind} {}", shape(&content["schema"]));
    }
}

fn operation(method: &str, address: &str, told: &Value) -> String {
    let mut text = format!("{} {address}\n", method.to_uppercase());
    let open = if told["security"] == json!([]) { ", needs no token" } else { "" };
    _ = writeln!(
        text,
        "  {} ({}){open}",
        told["operationId"].as_str().unwrap(),
        told["tags"][0].as_str().unwrap()
    );
    for one in told["parameters"].as_array().into_iter().flatten() {
        let optional = if one["required"] == true { "" } else { "?" };
        let (place, name) = (one["in"].as_str().unwrap(), one["name"].as_str().unwrap());
        _ = writeln!(text, "  {place} {name}{optional}: {}", shape(&one["schema"]));
    }
    let optional = if told["requestBody"]["required"] == false { "may take" } else { "takes" };
    contents(&mut text, optional, &told["requestBody"]["content"]);
    for (status, answer) in map(&told["responses"]) {
        match answer["$ref"].as_str() {
            Some(place) => _ = writeln!(text, "  {status} {}", place.rsplit('/').next().unwrap()),
            None if answer["content"].is_null() => _ = writeln!(text, "  {status}"),
            None => contents(&mut text, status, &answer["content"]),
        }
    }
    text
}

#[test]
fn the_api_is_this() {
    let document = document();
    let mut text = String::new();
    for (address, item) in map(&document["paths"]) {
        map(item).for_each(|(method, told)| _ = writeln!(text, "{}", operation(method, address, told)));
    }
    for (name, schema) in map(&document["components"]["schemas"]) {
        _ = writeln!(
            text,
            "{name} {}",
            shape(schema).replace(", ", "\n  ").replace("{ ", "\n  ").replace(" }", "")
        );
    }
    insta::assert_snapshot!(text);
}

#[test]
fn everything_is_explained() {
    let document = document();
    let mut names = Vec::new();
    for (address, item) in map(&document["paths"]) {
        for (method, told) in map(item) {
            let said = |value: &Value| value.as_str().is_some_and(|text| text.ends_with('.'));
            assert!(said(&told["description"]), "{method} {address}");
            assert!(!told["summary"].as_str().unwrap().is_empty(), "{method} {address}");
            for one in told["parameters"].as_array().into_iter().flatten() {
                assert!(said(&one["description"]), "{method} {address}: {one}");
            }
            names.push(told["operationId"].as_str().unwrap().to_owned());
        }
    }
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all, "names of operations come once");
}

#[test]
fn whatever_is_referred_to_is_there() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(keys) => {
                found.extend(keys.get("$ref").and_then(Value::as_str).map(str::to_owned));
                keys.values().for_each(|value| references(value, found));
            }
            Value::Array(values) => values.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let (document, mut found) = (document(), Vec::new());
    references(&document, &mut found);
    assert!(found.len() > 100);
    for place in found {
        assert!(document.pointer(place.trim_start_matches('#')).is_some(), "{place}");
    }
}
