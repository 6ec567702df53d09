//! Judges that are written in Python: installed once below the target folder, and asked.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::packages::{installed, pip};
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
        let name = wanted.lines().last().unwrap().replace("==", "-");
        let installed = installed(&name, |folder| pip(&list, folder))?;
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
