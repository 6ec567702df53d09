//! Nothing that is linked into the program is copyleft; `cargo deny` says the same where it is installed.

use std::process::Command;

use super::{none, root};

/// Whether a licence expression leaves no choice free of the GNU licences and their like.
fn copyleft(expression: &str) -> bool {
    let strict =
        |licence: &str| ["GPL", "MPL-", "EUPL", "CDDL", "EPL-"].iter().any(|word| licence.contains(word));
    expression.split(" AND ").any(|all| all.replace('/', " OR ").split(" OR ").all(strict))
}

#[test]
fn nothing_is_copyleft() {
    let told = Command::new(env!("CARGO"))
        .args(["tree", "--workspace", "--offline", "--prefix", "none", "--no-dedupe"])
        .args(["--format", "{p}|{l}|"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told = String::from_utf8(told.stdout).unwrap();
    let wrong = |line: &str| {
        let (name, licence) = line.split_once('|')?;
        let licence = licence.trim_end_matches('|');
        (licence.is_empty() || copyleft(licence)).then(|| format!("{name}: {licence:?}"))
    };
    let mut wrong: Vec<String> = told.lines().filter_map(wrong).collect();
    wrong.sort();
    wrong.dedup();
    none(wrong);
}

#[test]
fn licence_can_fail() {
    for bad in ["GPL-3.0-only", "LGPL-2.1-or-later", "MIT AND MPL-2.0", "GPL-2.0/LGPL-3.0"] {
        assert!(copyleft(bad), "{bad}");
    }
    for good in [
        "MIT",
        "MIT OR Apache-2.0 OR LGPL-2.1-or-later",
        "MIT/GPL-2.0",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
    ] {
        assert!(!copyleft(good), "{good}");
    }
}
