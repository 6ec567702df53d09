//! Settings from files, the environment and the example that is shipped.

use std::collections::BTreeSet;

use super::*;

/// The example for operators.
const EXAMPLE: &str = include_str!("../../../../../deploy/undersong.toml");

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[test]
fn the_environment_stands_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("undersong.toml");
    std::fs::write(&file, "single_user = true\n[export]\nat_once = 3\nqueue = 9\n").unwrap();
    let told = [pair("UNDERSONG_SERVE_EXPORT_AT_ONCE", "4"), pair("UNDERSONG_CACHE", "none")];
    let settings = Settings::read(Some(&file), told).unwrap();
    assert_eq!((settings.export.at_once, settings.export.queue, settings.single_user), (4, 9, true));
    assert_eq!(Settings::read(None, []).unwrap(), Settings::default());
}

#[test]
fn the_environment_is_read_in_the_kind_of_each_setting() {
    let told = [
        pair("UNDERSONG_SERVE_STORAGE_SECRET_KEY", "0123456789"),
        pair("UNDERSONG_SERVE_STORAGE_PATH_STYLE", "false"),
        pair("UNDERSONG_SERVE_UPLOAD_PRIVATE_HOSTS", "a.example, b.example"),
        pair("UNDERSONG_SERVE_KEEP_EXPORTS", "never"),
        pair("UNDERSONG_SERVE_PLAN_PRO_CREDITS", "500"),
        pair("UNDERSONG_SERVE_PLAN_FREE_ATTRIBUTION", "true"),
    ];
    let settings = Settings::read(None, told).unwrap();
    assert_eq!(settings.storage.secret_key.as_ref().unwrap().told(), "0123456789");
    assert!(!settings.storage.path_style);
    assert_eq!(settings.upload.private_hosts, ["a.example", "b.example"]);
    assert_eq!(settings.keep.exports.duration(), None);
    assert_eq!((settings.plan.pro.credits, settings.plan.free.attribution), (Some(500), Some(true)));
}

#[test]
fn what_is_no_setting_is_named() {
    for (name, value, said) in [
        ("UNDERSONG_SERVE_COLOUR", "red", "colour"),
        ("UNDERSONG_SERVE_EXPORT_COLOUR", "red", "colour"),
        ("UNDERSONG_SERVE_KEEP_EXPORTS", "long", "no span of time"),
        ("UNDERSONG_SERVE_EXPORT_QUEUE", "long", "invalid type"),
    ] {
        let fault = Settings::read(None, [pair(name, value)]).unwrap_err();
        assert!(fault.contains(said), "{fault}");
    }
    let open = Settings { single_user: true, listen: ([0, 0, 0, 0], 1).into(), ..Settings::default() };
    assert!(open.check().unwrap_err().contains("loopback") && Settings::default().check().is_ok());
}

#[test]
fn secrets_are_not_shown() {
    let text = "database = \"postgres://who:pass1@host/name\"\n[storage]\nsecret_key = \"pass2\"\naccess_key = \"pass3\"\n";
    let settings: Settings = toml::from_str(text).unwrap();
    for shown in [toml::to_string(&settings).unwrap(), format!("{settings:?}")] {
        assert!(shown.contains("postgres://who:***@host/name") && !shown.contains("pass1"), "{shown}");
        assert!(!shown.contains("pass2") && !shown.contains("pass3"), "{shown}");
    }
}

#[test]
fn the_example_holds_every_setting_with_its_default() {
    assert_eq!(toml::from_str::<Settings>(EXAMPLE).unwrap(), Settings::default());
    // What has no default stands behind "# " and an example.
    let setting = |line: &str| line.strip_prefix("# ").filter(|rest| assigns(rest)).map(str::to_owned);
    let all: String = EXAMPLE.lines().map(|line| setting(line).unwrap_or(line.to_owned()) + "\n").collect();
    let table: toml::Table = all.parse().unwrap();
    let parsed: Settings = table.clone().try_into().unwrap();
    let told = serde_json::to_value(&table).unwrap();
    let known = serde_json::to_value(&parsed).unwrap();
    assert_eq!(names(&told, ""), names(&known, ""));
}

/// Whether a line is `name = value`.
fn assigns(line: &str) -> bool {
    line.split_once(" = ").is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
}

/// The full names of all settings in a document.
fn names(document: &Value, before: &str) -> BTreeSet<String> {
    let Some(keys) = document.as_object() else { return BTreeSet::from([before.to_owned()]) };
    keys.iter().flat_map(|(name, inner)| names(inner, &format!("{before}.{name}"))).collect()
}
