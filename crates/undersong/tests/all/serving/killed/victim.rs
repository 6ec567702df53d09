//! The server that is killed: started in a folder, stopped, let go on, killed.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

/// How long a server may take to listen; one that waits for another's lock on the database takes longer.
const STARTING: Duration = Duration::from_secs(4);

/// Leases that run out soon, and enough of everything else.
const SETTINGS: &str = "[export]\nlease_seconds = 1\nat_once = 2\n[token]\ncredits = 1000000\n\
    [limit]\nheartbeat_ms = 100\nrequests_per_minute = 1000000\n[upload]\nprivate_hosts = [\"127.0.0.1\"]\n";

/// Where servers keep their things, and which program they are.
#[derive(Clone, Debug)]
pub(super) struct Home {
    folder: PathBuf,
    program: PathBuf,
}

/// A server that runs.
pub(super) struct Victim {
    child: Child,
    pub(super) address: SocketAddr,
}

impl Home {
    pub(super) fn new(folder: &Path) -> Home {
        fs::write(folder.join("settings.toml"), SETTINGS).unwrap();
        fs::create_dir_all(folder.join("tmp")).unwrap();
        let other = std::env::var_os("UNDERSONG").map(PathBuf::from);
        let program = other.unwrap_or_else(|| env!("CARGO_BIN_EXE_undersong").into());
        Home { folder: folder.to_owned(), program }
    }

    /// What the server keeps.
    pub(super) fn kept(&self) -> PathBuf {
        self.folder.join("kept")
    }

    pub(super) fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap()
    }

    /// A server on this address; `None` where it does not come up.
    pub(super) fn start(&self, at: SocketAddr) -> Option<Victim> {
        let log = fs::OpenOptions::new().create(true).append(true).open(self.folder.join("log")).unwrap();
        let mut command = Command::new(&self.program);
        command
            .args(["serve", "--listen", &at.to_string(), "--config"])
            .arg(self.folder.join("settings.toml"));
        command.arg("--data").arg(self.kept()).env("TMPDIR", self.folder.join("tmp"));
        command.env("UNDERSONG_CACHE", self.folder.join("memory")).env_remove("UNDERSONG_LLM_MODEL");
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let (tell, told) = channel();
        let out = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            let mut line = String::new();
            let _ = BufReader::new(out).read_line(&mut line);
            let _ = tell.send(line);
        });
        let line = told.recv_timeout(STARTING).unwrap_or_default();
        let address =
            line.trim().strip_prefix("Listening on http://").and_then(|address| address.parse().ok());
        let Some(address) = address else {
            let _ = child.kill();
            child.wait().unwrap();
            return None;
        };
        Some(Victim { child, address })
    }
}

impl Victim {
    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Stops it where it stands; it does not know.
    pub(super) fn stop(&self) {
        self.signal(Signal::STOP);
    }

    /// Lets it go on, late.
    pub(super) fn go_on(&self) {
        self.signal(Signal::CONT);
    }

    /// Kills it without a word.
    pub(super) fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // One that has ended already needs no kill.
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        self.end();
    }
}
