//! Copies of a server that is busy: everything it acknowledged before is in them.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use super::super::program::film;
use super::server::{Client, Server, last_word};

/// What a client has heard to be done.
#[derive(Clone, Debug, Default)]
struct Heard {
    hashes: Vec<String>,
    revision: i64,
    words: usize,
}

/// Uploads and talks until it is told to stop, and writes down what was acknowledged.
fn work(client: &Client, heard: &Mutex<Heard>, stop: &AtomicBool) {
    let Some(film) = film("film_avi_mpeg4_mp3.avi") else { return };
    for turn in 0.. {
        if stop.load(Relaxed) {
            return;
        }
        let told = client.upload(&film).json();
        let hash = told["files"][0]["hash"].as_str().unwrap_or_else(|| panic!("{told}")).to_owned();
        let revision = told["revision"].as_i64().unwrap();
        {
            let mut heard = heard.lock().unwrap();
            heard.hashes.push(hash);
            heard.revision = revision;
        }
        let said = client.say(&format!("add a title \"Turn {turn}\" for the first 2 seconds"));
        if !last_word(&said.text()).is_empty() {
            heard.lock().unwrap().words += 1;
        }
    }
}

#[test]
fn a_copy_of_a_busy_server_has_all_that_was_acknowledged() {
    let Some(server) = Server::start("") else { return };
    let place = tempfile::tempdir().unwrap();
    let copy = place.path().join("copy");
    let to = copy.to_str().unwrap();
    if server.stores.is_some() {
        let told = server.beside(&["admin", "backup", to]);
        assert!(told.status.code() == Some(2) && told.err.contains("pg_dump"), "{}", told.err);
        return;
    }
    let clients = ["a", "b"].map(|name| server.client(name));
    let heard = [(); 2].map(|()| Mutex::new(Heard::default()));
    let stop = AtomicBool::new(false);
    let before = thread::scope(|scope| {
        for (client, heard) in clients.iter().zip(&heard) {
            scope.spawn(|| work(client, heard, &stop));
        }
        for _ in 0..600 {
            let busy = heard.iter().all(|heard| heard.lock().unwrap().words >= 1);
            if busy {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
        let before = [0, 1].map(|n| heard[n].lock().unwrap().clone());
        let told = server.beside(&["admin", "--json", "backup", to]);
        stop.store(true, Relaxed);
        assert_eq!(told.answer()["checked"], true);
        before
    });
    assert!(before.iter().all(|heard| heard.words >= 1), "{before:?}");
    let told = server.beside(&["admin", "backup", to]);
    assert!(told.status.code() == Some(2) && told.err.contains("is not empty"), "{}", told.err);
    let tokens =
        clients.each_ref().map(|client| (client.token.clone(), client.user.clone(), client.session.clone()));
    let kept = place.path().join("kept");
    let restore = ["admin", "restore", to, "--data", kept.to_str().unwrap(), "--json"];
    assert_eq!(server.beside(&restore).answer()["checked"], true);
    let again = server.beside(&restore);
    assert!(again.status.code() == Some(2) && again.err.contains("nothing is replaced"), "{}", again.err);
    drop(server);
    let server = Server::in_folder(place, None, "");
    for ((token, user, session), heard) in tokens.into_iter().zip(before) {
        let client = Client { server: &server, token, user, session };
        let state = client.state();
        assert!(state["revision"].as_i64().unwrap() >= heard.revision, "{heard:?}: {state}");
        let files = state["state"]["files"].as_array().unwrap();
        assert!(files.len() >= heard.hashes.len(), "{heard:?}: {state}");
        for (file, hash) in files.iter().zip(&heard.hashes) {
            assert_eq!(file["hash"], *hash);
            let sent = server.curl(file["cdn_url"].as_str().unwrap(), &[]);
            assert_eq!((sent.status, sent.bytes.len()), (200, 334_534));
        }
        let session = client.look(&format!("/apps/nemo_agent/users/me/sessions/{}", client.session)).json();
        let events = session["events"].as_array().unwrap();
        let words = events.iter().filter(|event| event["turnComplete"] == true).count();
        assert!(words >= heard.words, "{heard:?}: {words}");
        assert!(!last_word(&client.say("how long is the video?").text()).is_empty());
    }
    let told = server.beside(&["admin", "audit"]);
    assert_eq!(told.text(), "The ledger adds up.\n");
}
