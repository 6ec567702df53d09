//! What nobody needs any more is thrown away after its time, and whoever asks for it hears so.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::super::program::film;
use super::server::Server;

/// Waits until something holds.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The files below a folder that end like this.
fn found(folder: &Path, ending: &str) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let count = |path: &Path| match path.is_dir() {
        true => found(path, ending),
        false => usize::from(path.to_string_lossy().ends_with(ending)),
    };
    entries.flatten().map(|entry| count(&entry.path())).sum()
}

#[test]
fn a_film_is_kept_for_its_time() {
    let Some(server) = Server::start("[keep]\nexports = \"4s\"\nevery = \"1s\"\n") else { return };
    let client = server.client("a");
    let Some(film) = film("bikes_street_cuts_640x272_noaudio.mp4") else { return };
    client.upload(&film);
    client.export("render_1");
    let told = client.exported("render_1");
    let url = told["output"]["url"].as_str().unwrap_or_else(|| panic!("{told}")).to_owned();
    let films = || found(server.place.path(), "-1.mp4");
    until("the film stays", || films() == 0);
    let gone = server.curl(&url, &[]).refused(404, 404);
    assert!(gone["message"].as_str().unwrap().contains("no longer kept"), "{gone}");
    client.look("/api/render/proxy/render_1/download").refused(404, 404);
    let told = client.look("/api/render/proxy/render_1").json();
    assert_eq!((&told["status"], &told["output"]), (&json!("failed"), &Value::Null), "{told}");
    assert!(told["error"].as_str().unwrap().contains("no longer kept"), "{told}");
    assert_eq!(client.state()["state"]["files"].as_array().unwrap().len(), 1, "the session stays");
    client.export("render_2");
    assert_eq!(client.exported("render_2")["status"], "completed");
}

#[test]
fn what_anonymous_accounts_leave_is_thrown_away() {
    let settings = "[keep]\nanonymous_sessions = \"5s\"\ndeleted_sessions = \"0s\"\nevery = \"1s\"\n";
    let Some(server) = Server::start(settings) else { return };
    let Some(film) = film("film_avi_mpeg4_mp3.avi") else { return };
    let (client, named) = (server.client("a"), server.client("b"));
    named.post("/api/auth/register", &json!({ "email": "a@example.org", "password": "correct horse" }));
    let file = client.upload(&film).json()["files"][0].clone();
    let theirs = named.upload(&film).json()["files"][0].clone();
    let kept = server.place.path().join("kept/blobs/kept/up");
    let far = server.place.path().join("far");
    let blobs = || if server.stores.is_some() { found(&far.join("films"), "") } else { found(&kept, "") };
    until("the file stays", || blobs() == 1);
    client.look(&format!("/api/state/nemo_agent/me/{}/latest", client.session)).refused(404, 1002);
    server.curl(file["cdn_url"].as_str().unwrap(), &[]).refused(404, 404);
    assert_eq!(client.look("/api/credits/balance/simple").status, 200, "the account stays");
    assert_eq!(server.curl(theirs["cdn_url"].as_str().unwrap(), &[]).status, 200);
    let of = |user: &str| server.beside(&["admin", "--json", "accounts", user]).answer();
    assert_eq!((&of(&client.user)["sessions"], &of(&named.user)["sessions"]), (&json!(0), &json!(1)));
}

#[test]
fn what_a_killed_server_left_is_thrown_away() {
    let Some(server) = Server::start("") else { return };
    if server.stores.is_some() {
        // Which files lie where is the store's own there; shelf's tests look at both.
        return;
    }
    let Some(film) = film("film_avi_mpeg4_mp3.avi") else { return };
    let client = server.client("a");
    let file = client.upload(&film).json()["files"][0].clone();
    let blobs = server.place.path().join("kept/blobs");
    let strays = ["kept/up/ab/stray", "kept/render/job_1-1.mp4", "incoming/half", "scratch/job-1/film.mp4"];
    let old = std::time::SystemTime::now() - Duration::from_secs(7200);
    for stray in strays {
        let path = blobs.join(stray);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "half a film").unwrap();
        fs::File::open(&path).unwrap().set_modified(old).unwrap();
    }
    fs::File::open(blobs.join("scratch/job-1")).unwrap().set_modified(old).unwrap();
    fs::write(blobs.join("incoming/fresh"), "somebody is at it").unwrap();
    let (token, user, session) = (client.token.clone(), client.user.clone(), client.session.clone());
    let server = server.killed_and_started_again("[keep]\nunfinished = \"1h\"\nevery = \"1s\"\n");
    let blobs = server.place.path().join("kept/blobs");
    until("strays stay", || strays.iter().all(|stray| !blobs.join(stray).exists()));
    assert!(blobs.join("incoming/fresh").is_file(), "what is written to is left alone");
    let client = super::server::Client { server: &server, token, user, session };
    assert_eq!(client.state()["state"]["files"][0]["hash"], file["hash"]);
    assert_eq!(found(&blobs.join("kept/up"), ""), 1);
}
