//! A terminal that a test types at, by tmux.

use std::ffi::OsString;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What stands where somebody may type.
const PROMPT: &str = ">";
const PATIENCE: Duration = Duration::from_secs(120);
const GLANCE: Duration = Duration::from_millis(50);

/// A terminal with a program in it; it ends with the test.
pub(super) struct Screen {
    socket: String,
}

impl Screen {
    /// Starts a program as a shell would, and waits until it wants to be told something.
    pub(super) fn start(program: &Command) -> Screen {
        let screen = Screen { socket: format!("undersong-{}", std::process::id()) };
        let mut words: Vec<OsString> = vec!["new-session".into(), "-d".into(), "-x".into(), "400".into()];
        words.extend(["-y".into(), "60".into(), "-c".into()]);
        words.push(program.get_current_dir().unwrap().into());
        for (name, value) in program.get_envs() {
            let mut pair = name.to_owned();
            pair.push("=");
            pair.push(value.unwrap_or_default());
            words.extend(["-e".into(), pair]);
        }
        words.push(program.get_program().into());
        words.extend(program.get_args().map(OsString::from));
        screen.tmux(&words);
        // What was shown stays when the program has ended.
        screen.tmux(&["set-option", "remain-on-exit", "on"].map(OsString::from));
        screen.wait(1);
        screen
    }

    /// Types a sentence, and waits for the answer to end.
    pub(super) fn say(&self, sentence: &str) {
        let asked = self.prompts();
        self.type_in(sentence);
        self.wait(asked + 1);
    }

    /// Types what ends the program; gives all that was shown.
    pub(super) fn end(&self, sentence: &str) -> String {
        self.type_in(sentence);
        let late = Instant::now() + PATIENCE;
        while !self.tmux(&["list-panes", "-F", "#{pane_dead}"].map(OsString::from)).starts_with('1') {
            assert!(Instant::now() < late, "it did not end:\n{}", self.shown());
            sleep(GLANCE);
        }
        let shown = self.shown();
        let lines = shown.lines().take_while(|line| !line.starts_with("Pane is dead"));
        lines.map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    fn type_in(&self, sentence: &str) {
        self.tmux(&["send-keys", "-l", sentence].map(OsString::from));
        self.tmux(&["send-keys", "Enter"].map(OsString::from));
    }

    /// Waits until so many prompts were shown, the last of them empty.
    fn wait(&self, prompts: usize) {
        let late = Instant::now() + PATIENCE;
        while self.prompts() < prompts
            || self.shown().trim_end().lines().last().map(str::trim) != Some(PROMPT)
        {
            assert!(Instant::now() < late, "nothing more came:\n{}", self.shown());
            sleep(GLANCE);
        }
    }

    fn prompts(&self) -> usize {
        self.shown().lines().filter(|line| line.starts_with(PROMPT)).count()
    }

    fn shown(&self) -> String {
        self.tmux(&["capture-pane", "-p", "-S", "-"].map(OsString::from))
    }

    fn tmux(&self, words: &[OsString]) -> String {
        let told = Command::new("tmux")
            .args(["-u", "-L", &self.socket, "-f", "/dev/null"])
            .args(words)
            .output()
            .unwrap();
        assert!(told.status.success(), "tmux: {}", String::from_utf8_lossy(&told.stderr));
        String::from_utf8(told.stdout).unwrap()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = Command::new("tmux").args(["-L", &self.socket, "kill-server"]).output();
    }
}
