//! What stands in the pages of the skills, beside their commands.

use std::collections::BTreeSet;
use std::fs;

use super::{SKILLS, files, folder, page};

/// What stands between the two lines of dashes at the start, and what follows.
fn head(text: &str) -> (&str, &str) {
    text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).expect("a head")
}

/// The value of a key of the head, on its line.
fn value<'a>(head: &'a str, key: &str) -> &'a str {
    let line = head.lines().find_map(|line| line.trim_start().strip_prefix(key)?.strip_prefix(": "));
    line.unwrap_or_else(|| panic!("no {key}")).trim_matches('"')
}

/// A skill's page with what is its own taken out.
fn shared(skill: &str) -> String {
    let page = page(skill);
    let (_, below) = page.split_once("\n## With a server\n").expect("a part about the server");
    let own = [
        (skill, "SKILL"),
        ("gameplay", "film"),
        ("add retro chiptune background music to my gameplay video", "WISH"),
        ("add retro chiptune background music to my film video", "WISH"),
        ("add background music that matches the mood of my video", "WISH"),
    ];
    own.iter().fold(below.to_owned(), |text, (own, common)| text.replace(own, common))
}

#[test]
fn the_head_names_the_skill_and_says_when() {
    for skill in SKILLS {
        let page = page(skill);
        let (head, body) = head(&page);
        assert_eq!(value(head, "name"), skill);
        assert!(page.lines().count() < 500 && body.len() < 30_000, "{skill} is long");
        let told = head.split_once("description: >-\n").unwrap().1.split_once("\nlicense").unwrap().0;
        let told = told.lines().map(str::trim).collect::<Vec<_>>().join(" ");
        assert!(told.chars().count() <= 1024 && told.contains("Use when"), "{told}");
        assert!(told.chars().filter(|letter| ('\u{4e00}'..='\u{9fff}').contains(letter)).count() > 20);
        // The version that is sent is the one that is told.
        assert!(body.contains(&format!("X-Skill-Version: {}\"", value(head, "version"))));
        for needed in [
            "openclaw:",
            "- undersong",
            "- curl",
            "NEMO_API_URL",
            "NEMO_TOKEN",
            "NEMO_CLIENT_ID",
            "SKILL_SOURCE",
        ] {
            assert!(head.contains(needed), "{skill}: {needed}");
        }
        assert!(!head.contains(['[', '{']), "lists and tables of the head are in block style");
    }
}

#[test]
fn every_page_is_one_link_away() {
    for skill in SKILLS {
        let page = page(skill);
        let links: BTreeSet<String> = page
            .split("](references/")
            .skip(1)
            .map(|rest| format!("references/{}", rest.split(')').next().unwrap()))
            .collect();
        let others = files(&folder(skill)).into_iter().map(|(path, _)| path.to_string_lossy().into_owned());
        assert_eq!(links, others.filter(|path| path != "SKILL.md").collect(), "{skill}");
    }
}

#[test]
fn both_skills_say_the_same_of_the_server() {
    assert_eq!(shared(SKILLS[0]), shared(SKILLS[1]));
    let details = SKILLS.map(|skill| fs::read_to_string(folder(skill).join("references/server.md")).unwrap());
    assert_eq!(details[0], details[1]);
    // Both show the address before anything is sent, and the one on this machine comes first.
    assert!(shared(SKILLS[0]).contains("url=${NEMO_API_URL:-http://127.0.0.1:8787}"));
}
