//! Starts undersong as a user does, in a room of its own where everything that is left behind is seen.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::{env, fs};

use serde_json::Value;
use tempfile::TempDir;

/// A test film by its name; `None`, and a word about it, where there are no test films.
pub(super) fn film(name: &str) -> Option<PathBuf> {
    let media = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/media");
    let path = media.join(name);
    if !path.is_file() {
        println!("skipped: there is no {name} in ../shared/media");
        return None;
    }
    has("ffmpeg").then(|| path.canonicalize().unwrap())
}

/// Whether a program is installed; on a machine for tests it has to be.
pub(super) fn has(tool: &str) -> bool {
    let paths = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&paths).any(|folder| folder.join(tool).is_file());
    assert!(found || env::var_os("CI").is_none(), "{tool} is needed to test undersong");
    if !found {
        println!("skipped: {tool} is not installed");
    }
    found
}

/// A folder for results and an empty one for what is temporary.
pub(super) struct Room {
    place: TempDir,
}

impl Room {
    pub(super) fn new() -> Room {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir(place.path().join("out")).unwrap();
        fs::create_dir(place.path().join("tmp")).unwrap();
        Room { place }
    }

    /// Where results go; undersong starts here.
    pub(super) fn out(&self) -> PathBuf {
        self.place.path().join("out")
    }

    /// A file among the results.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.out().join(name)
    }

    /// What lies among the results, hidden files too, in order of name.
    pub(super) fn results(&self) -> Vec<String> {
        names(&self.out())
    }

    /// What lies where temporary files go.
    pub(super) fn leftovers(&self) -> Vec<String> {
        names(&self.place.path().join("tmp"))
    }

    /// What is remembered of films.
    pub(super) fn remembered(&self) -> Vec<String> {
        names(&self.place.path().join("memory"))
    }

    /// undersong, not started yet.
    pub(super) fn undersong(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_undersong"));
        command.current_dir(self.out()).env("TMPDIR", self.place.path().join("tmp"));
        command.env("UNDERSONG_CACHE", self.place.path().join("memory"));
        // Whoever tests may have a model of their own.
        command.env_remove("UNDERSONG_LLM_MODEL");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs undersong to its end.
    pub(super) fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Told {
        Told::of(self.undersong().args(arguments).output().unwrap())
    }

    /// Runs undersong to its end with something on its standard input.
    pub(super) fn run_fed<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
        input: Vec<u8>,
    ) -> Told {
        let mut child = self.undersong().args(arguments).stdin(Stdio::piped()).spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        let feeder = std::thread::spawn(move || pipe.write_all(&input));
        let told = Told::of(child.wait_with_output().unwrap());
        // Whoever is refused early leaves the rest unread.
        let _ = feeder.join().unwrap();
        told
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// What undersong left when it ended.
pub(super) struct Told {
    pub(super) status: ExitStatus,
    pub(super) out: Vec<u8>,
    pub(super) err: String,
}

impl Told {
    pub(super) fn of(output: std::process::Output) -> Told {
        let err = String::from_utf8(output.stderr).expect("messages are text");
        assert!(!err.contains("panicked"), "{err}");
        Told { status: output.status, out: output.stdout, err }
    }

    /// The JSON document on standard output, of a run that went well.
    pub(super) fn answer(&self) -> Value {
        assert!(self.status.success(), "{}: {}", self.status, self.err);
        self.document()
    }

    /// The JSON document on standard output.
    pub(super) fn document(&self) -> Value {
        serde_json::from_slice(&self.out).unwrap_or_else(|fault| panic!("{fault}: {}", self.err))
    }

    /// Standard output as text, of a run that went well.
    pub(super) fn text(&self) -> &str {
        assert!(self.status.success(), "{}: {}", self.status, self.err);
        std::str::from_utf8(&self.out).unwrap()
    }
}
