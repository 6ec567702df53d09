//! What is written for people: links lead somewhere, and the map shows the rooms that stand.

use std::collections::BTreeSet;
use std::fs;

use super::arrow::rooms;
use super::{none, pages, root};

/// The relative links of a Markdown page, without their anchors; code blocks are left out.
fn links(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose
        .flat_map(|prose| prose.split("](").skip(1))
        .filter_map(|rest| rest.split([')', ' ', '#']).next())
        .filter(|link| !link.is_empty() && !link.contains("://") && !link.starts_with("mailto:"))
        .collect()
}

/// The words in backticks in the first cells of the table under a heading.
fn listed(text: &str, heading: &str) -> BTreeSet<String> {
    let below = text.split("\n## ").find(|part| part.starts_with(heading)).unwrap_or_default();
    let rows = below.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    rows.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn links_resolve() {
    let broken = |page: &super::Page| {
        let here = root().join(&page.path);
        let missing = |link: &&str| !here.parent().is_some_and(|folder| folder.join(link).exists());
        links(&page.text)
            .into_iter()
            .filter(missing)
            .map(|l| format!("{}: {l}", page.path))
            .collect::<Vec<_>>()
    };
    none(pages(&["md", "txt"]).iter().flat_map(broken).collect());
}

#[test]
fn the_map_shows_exactly_what_stands() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (names, uses): (BTreeSet<String>, Vec<_>) = rooms().into_iter().map(|r| (r.name, r.uses)).unzip();
    let outside: BTreeSet<String> = uses.concat().into_iter().filter(|used| !names.contains(used)).collect();
    assert_eq!(listed(&map, "The rooms"), names, "the table of rooms, and those of the workspace");
    assert_eq!(listed(&map, "Why each dependency"), outside, "the table of reasons, and what is used");
}

#[test]
fn pages_can_fail() {
    let text = "See [a](docs/gone.md#top), [b](https://example.org), [c](#here).\n```\n[d](no.md)\n```\n![e](x.png \"E\")";
    assert_eq!(links(text), ["docs/gone.md", "x.png"]);
    let map = "# A\n\n## The rooms\n\n| room | does |\n|---|---|\n| `sound` | `x` |\n\nThe `attic`.\n\n## Why\n\n| `a`, `b` | c |\n";
    assert_eq!(listed(map, "The rooms"), BTreeSet::from(["sound".to_owned()]));
    assert_eq!(listed(map, "Why"), BTreeSet::from(["a".to_owned(), "b".to_owned()]));
}
