//! The reference validator of Agent Skills, on our skills and on one that is wrong.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use super::super::program::has;
use super::{SKILLS, folder};

/// The validator, installed below the target folder; `None`, and a word about it, where it cannot be had.
fn installed() -> Option<PathBuf> {
    if !has("python3") {
        return None;
    }
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/skills_ref/requirements.txt");
    let wanted = fs::read_to_string(&list).unwrap();
    let place =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(wanted.lines().last().unwrap().replace("==", "-"));
    // Tests run beside each other: one installs, the others wait.
    let door = fs::File::create(place.with_extension("lock")).unwrap();
    door.lock().unwrap();
    if place.is_dir() {
        return Some(place);
    }
    // It gets its name when it is whole.
    let ours = place.with_extension("new");
    let _ = fs::remove_dir_all(&ours);
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-deps"]);
    let done = pip.arg("--target").arg(&ours).arg("-r").arg(&list).output().unwrap();
    if !done.status.success() {
        let why = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(env::var_os("CI").is_none(), "skills-ref is needed to test undersong: {why}");
        println!("skipped: skills-ref cannot be installed: {}", why.lines().last().unwrap_or_default());
        return None;
    }
    fs::rename(&ours, &place).unwrap();
    Some(place)
}

fn validate(validator: &Path, skill: &Path) -> Output {
    let call = "from skills_ref.cli import main; main()";
    let mut python = Command::new("python3");
    python.args(["-B", "-c", call, "validate"]).arg(skill).env("PYTHONPATH", validator);
    python.output().unwrap()
}

#[test]
fn the_reference_validator_accepts_them() {
    let Some(validator) = installed() else { return };
    for skill in SKILLS {
        let told = validate(&validator, &folder(skill));
        assert!(told.status.success(), "{skill}: {}", String::from_utf8_lossy(&told.stderr));
        assert!(String::from_utf8_lossy(&told.stdout).contains("Valid skill"));
    }
}

#[test]
fn the_reference_validator_can_refuse() {
    let Some(validator) = installed() else { return };
    let place = tempfile::tempdir().unwrap();
    let other = place.path().join("another-name");
    fs::create_dir(&other).unwrap();
    fs::copy(folder(SKILLS[0]).join("SKILL.md"), other.join("SKILL.md")).unwrap();
    let told = validate(&validator, &other);
    assert!(
        !told.status.success() && String::from_utf8_lossy(&told.stderr).contains("must match skill name")
    );
}
