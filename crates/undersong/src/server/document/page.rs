//! The document as a page for people: groups, operations, and the shapes of what travels; no scripts.

mod shape;

use std::fmt::Write;

use serde_json::Value;

use super::route::{Group, Route};
use crate::server::page::{Page, escaped};

/// How the page looks, in the light and in the dark, on desks and on phones.
const LOOK: &str = include_str!("page/look.css");

/// A group of operations as it is shown: methods with their addresses, the first of which is told in full.
pub(super) struct Chapter {
    name: &'static str,
    about: &'static str,
    places: Vec<(&'static str, Vec<&'static str>)>,
}

impl Chapter {
    pub(super) fn of(group: &Group) -> Chapter {
        let places = group.routes.iter().map(Route::places).collect();
        Chapter { name: group.name, about: group.about, places }
    }
}

/// The page of a document.
pub(super) fn page(document: &Value, chapters: &[Chapter]) -> String {
    let (mut index, mut body) = (String::new(), String::new());
    for Chapter { name, about, places } in chapters {
        let told = |(method, addresses): &(&str, Vec<&str>)| {
            let operation = &document["paths"][addresses.first().copied().unwrap_or_default()][method];
            (link(operation), article(document, operation, method, addresses))
        };
        let (links, told): (String, String) = places.iter().map(told).unzip();
        let (anchor, about) = (anchor(name), prose(about));
        _ = write!(index, "<li><a href=\"#{anchor}\">{name}</a><ul>{links}</ul>");
        _ = write!(body, "<section id=\"{anchor}\"><h2>{name}</h2>{about}{told}</section>");
    }
    let shapes: String = map(&document["components"]["schemas"]).map(shape::section).collect();
    let (title, version) = (text(&document["info"]["title"]), text(&document["info"]["version"]));
    let inner = format!(
        "<header><h1>The API of {title}</h1>{}<p>Version {version}. For programs: <a href=\"/openapi.json\">openapi.json</a>, \
         OpenAPI 3.1.</p></header><nav><ul>{index}<li><a href=\"#shapes\">Shapes</a></ul></nav><main>{body}\
         <section id=\"shapes\"><h2>Shapes</h2><p>What travels as JSON, by name. Keys are always there unless they are \
         optional.</p>{shapes}</section></main>",
        prose(text(&document["info"]["description"])),
    );
    Page::whole("The API of undersong", LOOK, &inner).text()
}

/// A line of the index.
fn link(operation: &Value) -> String {
    let (name, title) = (text(&operation["operationId"]), text(&operation["summary"]));
    format!("<li><a href=\"#{}\">{}</a>", escaped(name), escaped(title))
}

/// An operation.
fn article(document: &Value, operation: &Value, method: &str, addresses: &[&str]) -> String {
    let place = |(index, address): (usize, &&str)| {
        let also = if index == 0 { "" } else { "<br><i>also</i> " };
        let address = escaped(address).replace('/', "/<wbr>");
        format!("{also}<b class=\"{method}\">{}</b> <code>{address}</code>", method.to_uppercase())
    };
    let places: String = addresses.iter().enumerate().map(place).collect();
    let token = match list(&operation["security"]).is_empty() {
        true => "<p class=\"token\">Needs no token.</p>",
        false => "",
    };
    format!(
        "<article id=\"{}\"><h3>{}</h3><p class=\"place\">{places}</p>{}{token}{}{}{}</article>",
        escaped(text(&operation["operationId"])),
        escaped(text(&operation["summary"])),
        prose(text(&operation["description"])),
        parameters(&operation["parameters"]),
        contents(document, "Send", &operation["requestBody"]),
        answers(document, &operation["responses"]),
    )
}

fn parameters(parameters: &Value) -> String {
    let line = |one: &Value| {
        let schema = &one["schema"];
        let place = match text(&one["in"]) {
            "path" => "in the address",
            "query" => "behind <code>?</code>",
            _ => "header",
        };
        let needed = if one["required"] == true { "" } else { ", optional" };
        format!(
            "<li><code>{}</code> <i>{}, {place}{needed}</i> {}",
            escaped(text(&one["name"])),
            shape::kind(schema),
            inline(text(&one["description"]))
        )
    };
    let lines: String = list(parameters).iter().map(line).collect();
    if lines.is_empty() { lines } else { format!("<h4>Parameters</h4><ul class=\"fields\">{lines}</ul>") }
}

/// A body in each way in which it may be written.
fn contents(document: &Value, title: &str, body: &Value) -> String {
    let optional = if body["required"] == false { ", may be left out" } else { "" };
    let one = |(kind, content): (&String, &Value)| {
        let (kind, told) = (escaped(kind), shape::whole(document, &content["schema"]));
        format!("<h4>{title} <i>{kind}{optional}</i></h4>{told}")
    };
    map(&body["content"]).map(one).collect()
}

/// What comes back: what was hoped for in full, refusals with their codes.
fn answers(document: &Value, answers: &Value) -> String {
    let (good, bad): (Vec<_>, Vec<_>) = map(answers).partition(|(status, _)| status.starts_with('2'));
    let good = good.into_iter().map(|(status, answer)| match map(&answer["content"]).next() {
        Some((kind, _)) if kind == "application/json" => contents(document, &format!("Get {status}"), answer),
        _ => {
            let kinds: Vec<String> = map(&answer["content"]).map(|(kind, _)| escaped(kind)).collect();
            format!(
                "<h4>Get {status} <i>{}</i></h4>{}",
                kinds.join(", "),
                prose(text(&answer["description"]))
            )
        }
    });
    let bad: String =
        bad.into_iter().map(|(status, answer)| refused(status, named(document, answer))).collect();
    let bad = if bad.is_empty() {
        bad
    } else {
        format!("<details><summary>Refused</summary><dl>{bad}</dl></details>")
    };
    good.collect::<String>() + &bad
}

/// A part of the document, or what it refers to.
fn named<'d>(document: &'d Value, part: &'d Value) -> &'d Value {
    let place = part["$ref"].as_str().and_then(|place| place.strip_prefix('#'));
    place.and_then(|place| document.pointer(place)).unwrap_or(part)
}

fn refused(status: &str, answer: &Value) -> String {
    format!("<dt>{status}</dt><dd>{}</dd>", prose(text(&answer["description"])))
}

/// Paragraphs with code between backticks.
fn prose(told: &str) -> String {
    let paragraphs = told.split("\n\n").filter(|paragraph| !paragraph.is_empty());
    paragraphs.map(|paragraph| format!("<p>{}</p>", inline(paragraph))).collect()
}

/// Text with code between backticks.
fn inline(told: &str) -> String {
    let parts = told.split('`').enumerate();
    parts
        .map(|(index, part)| match index % 2 {
            1 => format!("<code>{}</code>", escaped(part)),
            _ => escaped(part),
        })
        .collect()
}

fn anchor(name: &str) -> String {
    name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn map(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
