//! Runs every command of the skills, in their order, as an assistant would: each in a shell of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use super::super::facts::lengths;
use super::super::readme::film;
use super::super::serving::server::Server;
use super::{SKILLS, files, folder, page};

/// The blocks of a Markdown page that a shell is to run.
fn commands(text: &str) -> Vec<&str> {
    let blocks = text.split("\n```sh\n").skip(1);
    blocks.map(|rest| rest.split_once("\n```\n").expect("a block ends").0).collect()
}

/// An assistant's machine: a home, a folder to work in, and undersong.
struct Desk {
    place: TempDir,
    server: String,
}

impl Desk {
    fn new(server: &str) -> Desk {
        let place = tempfile::tempdir().unwrap();
        for folder in ["home", "work", "memory"] {
            fs::create_dir(place.path().join(folder)).unwrap();
        }
        Desk { place, server: server.to_owned() }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.place.path().join("work").join(name)
    }

    /// Where a skill keeps what its commands need.
    fn kept(&self, skill: &str) -> PathBuf {
        self.place.path().join("home/.config/undersong/skills").join(skill)
    }

    fn run(&self, command: &str) -> Output {
        let program = Path::new(env!("CARGO_BIN_EXE_undersong")).parent().unwrap();
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
        let mut shell = Command::new("sh");
        shell.args(["-ec", command]).current_dir(self.place.path().join("work")).env("PATH", path);
        shell.env("HOME", self.place.path().join("home")).env("NEMO_API_URL", &self.server);
        shell.env("UNDERSONG_CACHE", self.place.path().join("memory"));
        // Whoever tests may have an account and a model of their own.
        for own in ["NEMO_TOKEN", "NEMO_CLIENT_ID", "SKILL_SOURCE", "UNDERSONG_LLM_MODEL"] {
            shell.env_remove(own);
        }
        shell.output().unwrap()
    }

    /// What a command says, which does what it is for.
    fn says(&self, command: &str) -> String {
        let told = self.run(command);
        let (said, complaint) =
            (String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
        assert!(told.status.success(), "{command}\n{said}\n{complaint}");
        for secret in ["nmv_usr_", "client-", "?u=", "{"] {
            assert!(
                !said.contains(secret) && !complaint.contains(secret),
                "{command} tells {secret}: {said}{complaint}"
            );
        }
        said.into_owned()
    }
}

/// Says all that a skill's page says, and gives what came back, in order.
fn walk(skill: &str, desk: &Desk, name: &str) -> Option<Vec<String>> {
    if !film(&desk.file(name)) {
        return None;
    }
    Some(commands(&page(skill)).into_iter().map(|command| desk.says(command)).collect())
}

#[test]
fn every_command_does_what_it_says() {
    for (skill, name) in SKILLS.into_iter().zip(["film", "gameplay"]) {
        let Some(server) = Server::start("") else { return };
        let desk = Desk::new(&server.base);
        let Some(told) = walk(skill, &desk, &format!("{name}.mp4")) else { return };
        assert_eq!(told[0], "a server\n", "one is named");
        let (program, wire) = told.split_at(told.iter().position(|said| said == "Ready.\n").unwrap());
        assert!(program.len() >= 4 && program[1].contains("Timeline (2 tracks)"), "{program:?}");
        let [_, upload, say, word, state, credits, export, fetched] = wire else { panic!("{wire:?}") };
        assert!(upload.contains(&format!("\"filename\":\"{name}.mp4\"")) && upload.contains("\"code\":0"));
        assert!(say.is_empty(), "it does not wait: {say}");
        assert!(word.contains(" plays under the whole film"), "{word}");
        assert!(
            state.contains("Timeline (2 tracks): 1. Video") && state.contains("\"revision\":3"),
            "{state}"
        );
        assert_eq!(credits.lines().filter(|line| line.contains("95")).count(), 2, "{credits}");
        assert!(export.contains("\"status\":\"pending\""), "{export}");
        assert!(fetched.contains("\"status\":\"completed\""), "{fetched}");
        let scored = lengths(&desk.file(&format!("{name}-scored.mp4")));
        let own = lengths(&desk.file(&format!("{name}.mp4")));
        assert!((scored[0] - own[0]).abs() < 0.05, "{scored:?} {own:?}");
    }
}

/// First contact and what follows, where nobody answers and where a token is no good.
#[test]
fn first_contact_says_why_it_fails() {
    let Some(server) = Server::start("") else { return };
    for skill in SKILLS {
        let page = page(skill);
        let [first, ..] = opening(&page);
        let desk = Desk::new(&server.base);
        let told = desk.says(&format!("NEMO_TOKEN=nobody\n{first}"));
        assert!(told.contains("\"code\":1001") && !told.contains("Ready"), "{told}");
        // The token is kept where the next conversation finds it, and for nobody else.
        assert_eq!(desk.says(first), "Ready.\n");
        assert_eq!(desk.says(first), "Ready.\n");
        let open = desk.says("find \"$HOME/.config/undersong/skills\" -type d -perm /077");
        assert_eq!(open, "");
        let alone = Desk::new("http://127.0.0.1:9");
        let told = alone.run(first);
        let said = String::from_utf8_lossy(&told.stdout);
        assert!(
            !said.contains("Ready") && String::from_utf8_lossy(&told.stderr).contains("connect"),
            "{said}"
        );
    }
}

/// The commands that come first with a server: contact, upload, a message, waiting for the answer.
fn opening(page: &str) -> [&str; 4] {
    let commands = commands(page);
    let first = commands.iter().position(|command| command.contains("anonymous-token")).unwrap();
    commands[first..first + 4].try_into().unwrap()
}

#[test]
fn words_are_never_run_and_a_lack_of_credits_is_told() {
    let Some(server) = Server::start("[price]\ncompose = 200\n") else { return };
    for (skill, name) in SKILLS.into_iter().zip(["film.mp4", "gameplay.mp4"]) {
        let desk = Desk::new(&server.base);
        if !film(&desk.file(name)) {
            return;
        }
        let page = page(skill);
        let [contact, upload, say, word] = opening(&page);
        let words = r#"add music, it's $HOME `touch run` $(touch run); \"touch run\" && SESSION"#;
        let (before, rest) = say.split_once(r#""text":""#).unwrap();
        let said = format!(r#"{before}"text":"{words}"{}"#, rest.split_once('"').unwrap().1);
        desk.says(contact);
        desk.says(upload);
        desk.says(&said);
        let told = desk.says(word);
        assert!(told.contains("\"code\":2001") && told.contains("?bind=anon_"), "{told}");
        assert!(!desk.file("run").exists(), "words were run");
        let sent = fs::read_to_string(desk.kept(skill).join("words")).unwrap();
        assert!(sent.contains(words), "{sent}");
    }
}

#[test]
fn only_the_first_page_has_commands() {
    for (path, text) in SKILLS.into_iter().flat_map(|skill| files(&folder(skill))) {
        let some = !commands(&text).is_empty();
        assert_eq!(some, path.ends_with("SKILL.md"), "{}: its commands would not be tried", path.display());
    }
}
