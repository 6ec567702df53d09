//! `undersong skill install`.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::super::program::{Room, Told};
use super::{SKILLS, files, folder};

/// undersong asked to install, with the results' folder as home.
fn install(room: &Room, flags: &[&str]) -> Told {
    let mut command = room.undersong();
    command.args(["skill", "install"]).args(flags).env("HOME", room.out());
    command.env_remove("CLAUDE_CONFIG_DIR").env_remove("CODEX_HOME");
    Told::of(command.output().unwrap())
}

/// That both skills lie in a folder, as they stand here.
fn whole(place: &Path) {
    for skill in SKILLS {
        assert_eq!(files(&place.join(skill)), files(&folder(skill)), "{}", place.display());
    }
}

#[test]
fn the_skills_go_where_each_assistant_looks() {
    for (agent, place) in [
        ("claude", ".claude/skills"),
        ("cursor", ".cursor/skills"),
        ("openclaw", ".openclaw/skills"),
        ("codex", ".agents/skills"),
    ] {
        let room = Room::new();
        let told = install(&room, &["--agent", agent]);
        assert!(told.text().contains(&format!("{place}/{}", SKILLS[0])), "{}", told.text());
        whole(&room.file(place));
        assert_eq!(fs::read_dir(room.out()).unwrap().count(), 1, "nothing else is made");
    }
}

#[test]
fn without_a_name_all_that_are_there_get_them() {
    let room = Room::new();
    let told = install(&room, &[]);
    assert_eq!(told.status.code(), Some(2));
    assert!(told.err.contains("--agent openclaw") && told.err.contains("--to"), "{}", told.err);
    fs::create_dir(room.file(".cursor")).unwrap();
    fs::create_dir(room.file(".codex")).unwrap();
    let answer = install(&room, &["--json"]).answer();
    let written: Vec<u64> =
        answer["installed"].as_array().unwrap().iter().map(|one| one["written"].as_u64().unwrap()).collect();
    assert_eq!(written, [3, 3, 3, 3]);
    whole(&room.file(".cursor/skills"));
    whole(&room.file(".agents/skills"));
    assert!(!room.file(".claude").exists());
}

#[test]
fn what_somebody_changed_is_left_alone() {
    let room = Room::new();
    let to = ["--to", "kept"];
    install(&room, &to).text();
    assert!(install(&room, &to).text().contains("Already there"), "nothing is written twice");
    let (own, gone) =
        (room.file("kept/video-game-music/SKILL.md"), room.file("kept/ai-add-music-to/SKILL.md"));
    fs::write(&own, "mine").unwrap();
    fs::remove_file(&gone).unwrap();
    let told = install(&room, &to);
    assert_eq!(told.status.code(), Some(1));
    assert!(told.err.contains("video-game-music/SKILL.md") && told.err.contains("--force"), "{}", told.err);
    assert!(fs::read_to_string(&own).unwrap() == "mine" && !gone.exists(), "all of it or nothing");
    install(&room, &["--to", "kept", "--force"]).text();
    whole(&room.file("kept"));
}

#[test]
fn a_page_as_it_was_installed_makes_room_for_a_newer_one() {
    let room = Room::new();
    install(&room, &["--to", "kept"]).text();
    let kept = room.file("kept/ai-add-music-to");
    // As an older undersong would have left it.
    fs::write(kept.join("SKILL.md"), "older").unwrap();
    let digest: String = Sha256::digest(b"older").iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(kept.join(".undersong.sha256"), format!("{digest}  SKILL.md\n")).unwrap();
    let told = install(&room, &["--to", "kept"]);
    assert!(told.text().contains("Written"), "{}", told.err);
    whole(&room.file("kept"));
}
