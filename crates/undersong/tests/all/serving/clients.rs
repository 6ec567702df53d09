//! Clients that generators make of the document of the API: they compile, and score a film.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::super::packages::{installed, pip};
use super::super::program::{film, has};
use super::server::Server;

/// What is installed, and what the clients do.
fn place() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients")
}

fn done(command: &mut Command) {
    let told = command.output().unwrap();
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(told.status.success(), "{command:?}\n{}{}", words(&told.stdout), words(&told.stderr));
}

/// A server with its document in a file, a film, and a folder for the client.
fn begin() -> Option<(Server, PathBuf, tempfile::TempDir)> {
    let film = film("bikes_street_cuts_640x272_noaudio.mp4")?;
    let server = Server::start("")?;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("openapi.json"), server.curl("/openapi.json", &[]).text()).unwrap();
    Some((server, film, folder))
}

/// That a file is a film with sound and picture.
fn is_scored(out: &Path) {
    let mut probe = Command::new("ffprobe");
    probe.args(["-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0"]).arg(out);
    let told = probe.output().unwrap();
    assert_eq!(String::from_utf8(told.stdout).unwrap(), "video\naudio\n");
}

#[test]
fn a_python_client_is_made_and_scores_a_film() {
    if !has("python3") {
        return;
    }
    let packages =
        installed("openapi-python-client", |folder| pip(&place().join("requirements.txt"), folder));
    let (Some(packages), Some((server, film, folder))) = (packages, begin()) else { return };
    let path = format!("{}:{}", packages.display(), folder.path().display());
    let python = || {
        let mut python = Command::new("python3");
        python.env("PYTHONPATH", &path).current_dir(folder.path());
        python
    };
    let document = ["--path", "openapi.json", "--meta", "none", "--output-path", "undersong_client"];
    done(python().args(["-m", "openapi_python_client", "generate"]).args(document));
    done(python().args(["-m", "compileall", "-q", "undersong_client"]));
    let out = folder.path().join("out.mp4");
    done(python().arg("-B").arg(place().join("score.py")).arg(&server.base).args([&film, &out]));
    is_scored(&out);
}

#[test]
fn typescript_types_are_made_and_a_program_with_them_scores_a_film() {
    if !has("npm") {
        return;
    }
    let packages = installed("openapi-typescript", |folder| {
        fs::copy(place().join("package.json"), folder.join("package.json")).unwrap();
        let mut npm = Command::new("npm");
        npm.args(["install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"]).current_dir(folder);
        npm
    });
    let (Some(packages), Some((server, film, folder))) = (packages, begin()) else { return };
    std::os::unix::fs::symlink(packages.join("node_modules"), folder.path().join("node_modules")).unwrap();
    fs::copy(place().join("package.json"), folder.path().join("package.json")).unwrap();
    fs::copy(place().join("score.ts"), folder.path().join("score.ts")).unwrap();
    let tool = |name: &str| {
        let mut tool = Command::new(packages.join("node_modules/.bin").join(name));
        tool.current_dir(folder.path());
        tool
    };
    done(tool("openapi-typescript").args(["openapi.json", "-o", "api.d.ts"]));
    let strict = ["--strict", "--noUncheckedIndexedAccess", "--target", "es2022", "--module", "nodenext"];
    done(tool("tsc").args(strict).args(["--types", "node", "--lib", "es2022,dom", "score.ts"]));
    let out = folder.path().join("out.mp4");
    done(Command::new("node").arg(folder.path().join("score.js")).arg(&server.base).args([&film, &out]));
    is_scored(&out);
}
