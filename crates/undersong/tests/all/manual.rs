//! Completions and manual pages.

use std::fs;
use std::process::Command;

use super::program::{Room, has};

#[test]
fn shells_complete_the_commands() {
    let room = Room::new();
    for (shell, sign) in
        [("bash", "complete -F _undersong"), ("zsh", "#compdef undersong"), ("fish", "complete -c undersong")]
    {
        let told = room.run(["completions", shell]);
        assert!(told.text().contains(sign) && told.text().contains("compose"), "{shell}");
    }
    if !has("bash") {
        return;
    }
    let script = room.file("undersong.bash");
    fs::write(&script, room.run(["completions", "bash"]).text()).unwrap();
    let typed = "COMP_WORDS=(undersong comp); COMP_CWORD=1; _undersong undersong comp undersong; echo \"${COMPREPLY[@]}\"";
    let told =
        Command::new("bash").args(["-c", &format!(". '{}'; {typed}", script.display())]).output().unwrap();
    assert_eq!(String::from_utf8(told.stdout).unwrap().trim(), "compose completions");
}

#[test]
fn every_command_has_a_page() {
    let room = Room::new();
    let page = room.run(["man"]);
    assert!(
        page.text().contains(".TH undersong 1") && page.text().contains("undersong\\-add(1)"),
        "{}",
        page.text()
    );
    room.run(["man", "--to", "pages"]).text();
    for command in ["", "-add", "-chat", "-serve", "-skill-install"] {
        let page = fs::read_to_string(room.file("pages").join(format!("undersong{command}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{command}");
    }
}
