//! Judges that are written in Python: installed once below the target folder, and asked.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use super::program::has;

/// A judge: a folder beside this one with a program and a list of what that needs.
pub(super) struct Judge {
    folder: PathBuf,
    installed: PathBuf,
}

impl Judge {
    /// The judge of this folder; `None`, and a word about it, where it cannot be had.
    pub(super) fn of(name: &str) -> Option<Judge> {
        if !has("python3") {
            return None;
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
        let list = folder.join("requirements.txt");
        let wanted = fs::read_to_string(&list).unwrap();
        let wanted = wanted.lines().last().unwrap();
        let installed = Path::new(env!("CARGO_TARGET_TMPDIR")).join(wanted.replace("==", "-"));
        // Tests run beside each other: one installs, the others wait.
        let door = fs::File::create(installed.with_extension("lock")).unwrap();
        door.lock().unwrap();
        if installed.is_dir() {
            return Some(Judge { folder, installed });
        }
        // It gets its name when it is whole.
        let ours = installed.with_extension("new");
        let _ = fs::remove_dir_all(&ours);
        let mut pip = Command::new("python3");
        pip.args(["-m", "pip", "install", "--quiet", "--no-input", "--target"]).arg(&ours).arg("-r");
        let done = pip.arg(list).output().unwrap();
        let why = String::from_utf8_lossy(&done.stderr).into_owned();
        if !done.status.success() {
            assert!(env::var_os("CI").is_none(), "{wanted} is needed to test undersong: {why}");
            println!("skipped: {wanted} cannot be installed: {}", why.lines().last().unwrap_or_default());
            return None;
        }
        fs::rename(&ours, &installed).unwrap();
        Some(Judge { folder, installed })
    }

    /// What the judge says at the end of a task it has nothing against.
    pub(super) fn ask(&self, task: &[&str]) -> String {
        let mut python = Command::new("python3");
        python.env("PYTHONPATH", &self.installed).env_remove("UNDERSONG_LLM_MODEL");
        python.arg("-B").arg(self.folder.join("judge.py")).args(task);
        let Output { status, stdout, stderr } = python.output().unwrap();
        assert!(status.success(), "{task:?}: {}", String::from_utf8_lossy(&stderr));
        String::from_utf8(stdout).unwrap().trim().to_owned()
    }
}
