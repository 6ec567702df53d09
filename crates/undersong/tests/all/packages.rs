//! What tests install below the target folder, once, from the registries of other languages.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// A folder in which `install` has put what a test needs; `None`, and a word about it, where that cannot be had.
pub(super) fn installed(name: &str, install: impl Fn(&Path) -> Command) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // Tests run beside each other: one installs, the others wait.
    let door = fs::File::create(folder.with_extension("lock")).unwrap();
    door.lock().unwrap();
    if folder.is_dir() {
        return Some(folder);
    }
    // It gets its name when it is whole.
    let ours = folder.with_extension("new");
    let _ = fs::remove_dir_all(&ours);
    fs::create_dir_all(&ours).unwrap();
    let done = install(&ours).output().unwrap();
    if !done.status.success() {
        let why = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(env::var_os("CI").is_none(), "{name} is needed to test undersong: {why}");
        println!("skipped: {name} cannot be installed: {}", why.lines().last().unwrap_or_default());
        return None;
    }
    fs::rename(&ours, &folder).unwrap();
    Some(folder)
}

/// Installs a list of Python packages into a folder.
pub(super) fn pip(list: &Path, folder: &Path) -> Command {
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--no-input", "--target"]).arg(folder).arg("-r").arg(list);
    pip
}
