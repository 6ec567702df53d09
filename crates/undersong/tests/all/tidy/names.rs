//! Words that say nothing, and that no file, module, type or function is named with.

use super::{none, pages};

/// A thing called one of these could be anything.
const EMPTY: [&str; 9] =
    ["util", "common", "helper", "misc", "manager", "handler", "service", "data", "info"];

/// Words that may stand before the kind of thing that is declared.
const BEFORE: [&str; 6] = ["pub", "const", "async", "unsafe", "extern", "\"C\""];

/// What follows one of these is a name that we gave.
const DECLARES: [&str; 8] = ["fn", "struct", "enum", "trait", "union", "type", "mod", "macro_rules!"];

/// The kind and name of what this line declares.
fn declared(line: &str) -> Option<(&str, &str)> {
    let passed = |word: &&str| BEFORE.contains(word) || word.starts_with("pub(");
    let mut words = line.split_whitespace().skip_while(passed);
    let kind = words.next()?;
    let name = words.next()?;
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    (DECLARES.contains(&kind) && end > 0).then(|| (kind, &name[..end]))
}

/// The words a name is made of, in small letters: `TempoMap` and `tempo_map` are both `tempo`, `map`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if letter.is_uppercase() || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_alphanumeric(), words.last_mut()) {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

/// Whether a name holds an empty word, in the singular or the plural.
fn empty(name: &str) -> bool {
    words(name)
        .iter()
        .any(|word| EMPTY.contains(&word.as_str()) || EMPTY.contains(&word.trim_end_matches('s')))
}

/// For every line whether it lies in what a trait asks for: whoever declared the trait chose the names there.
fn asked_for(text: &str) -> Vec<bool> {
    let mut end: Option<String> = None;
    let mut asked = Vec::new();
    for line in text.lines() {
        let indent = &line[..line.len() - line.trim_start().len()];
        asked.push(end.is_some());
        let begins = line.trim_start().starts_with("impl") && line.contains(" for ") && line.ends_with('{');
        match &end {
            None if begins => end = Some(format!("{indent}}}")),
            Some(brace) if line == brace => end = None,
            _ => {}
        }
    }
    asked
}

/// The bad names in a file, its own included; the name of a test is a sentence, where any word may stand.
fn bad(path: &str, text: &str) -> Vec<String> {
    let stems = path.split('/').filter(|part| empty(part)).map(|part| format!("{path}: {part}"));
    let above = std::iter::once("").chain(text.lines());
    let named = text.lines().zip(above).zip(asked_for(text));
    let named = named.filter(|((_, above), asked)| above.trim() != "#[test]" && !asked);
    let given = named.filter_map(|((line, _), _)| declared(line)).filter_map(|(kind, name)| {
        let getter = kind == "fn" && name.starts_with("get_");
        (getter || empty(name)).then(|| format!("{path}: {kind} {name}"))
    });
    stems.chain(given).collect()
}

#[test]
fn names_say_something() {
    none(pages(&["rs"]).iter().flat_map(|page| bad(&page.path, &page.text)).collect());
}

#[test]
fn names_can_fail() {
    assert_eq!(bad("crates/mix/src/util.rs", "").len(), 1);
    assert_eq!(bad("crates/mix/src/audio_helpers/gain.rs", "").len(), 1);
    for line in [
        "fn get_gain() {}",
        "    pub(crate) async fn get_gain() {}",
        "pub struct GainManager;",
        "pub(super) enum CueData {",
        "    mod common;",
        "type Info<T> = Vec<T>;",
        "unsafe extern \"C\" fn handler() {}",
        "macro_rules! misc {",
        "impl Gain {\n    fn get_gain() {}\n}",
        "trait Ours {\n    fn get_gain();\n}",
        "impl Foreign for Door {\n    fn gain() {}\n}\nfn get_gain() {}",
    ] {
        assert_eq!(bad("crates/mix/src/gain.rs", line).len(), 1, "{line}");
    }
    for line in [
        "fn forget_me() {}",
        "struct Metadata;",
        "let data = 1;",
        "// fn get_gain",
        "use clap::Common;",
        "#[test]\nfn common_rates_are_exact() {}",
        "impl Foreign for Door {\n    fn get_gain(&self) {}\n}",
    ] {
        assert!(bad("crates/mix/src/gain.rs", line).is_empty(), "{line}");
    }
}
