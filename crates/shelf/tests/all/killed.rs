//! A shelf whose process is killed again and again: what it acknowledged is there, and the ledger adds up.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{env, fs, thread};

use shelf::{
    Ask, Draft, FileDraft, Finish, Job, JobState, Moment, Obituary, Owner, Settings, Shelf, ShelfError,
};

use crate::all::house::{run, the_ledger_adds_up};

/// The folder in which the victim works; its being set is what makes it one.
const FOLDER: &str = "UNDERSONG_SHELF_VICTIM";
/// Kills of the test; more by this variable.
const KILLS: &str = "UNDERSONG_SHELF_KILLS";
const LEASE: Duration = Duration::from_millis(40);

/// What the victim has acknowledged, line by line.
#[derive(Default)]
struct Heard {
    asked: BTreeSet<String>,
    done: BTreeSet<String>,
    kept: BTreeSet<(String, String)>,
}

impl Heard {
    fn line(&mut self, line: &str) {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["asked", key, "."] => self.asked.extend([(*key).to_owned()]),
            ["done", key, "."] => self.done.extend([(*key).to_owned()]),
            ["kept", blob, sha256, "."] => {
                self.kept.extend([((*blob).to_owned(), (*sha256).to_owned())]);
            }
            // The test's own words, or a line that the kill cut off.
            _ => {}
        }
    }
}

#[test]
fn killed_shelf_loses_nothing() {
    let kills: u64 = env::var(KILLS).ok().and_then(|kills| kills.parse().ok()).unwrap_or(12);
    let folder = tempfile::tempdir().unwrap();
    let mut heard = Heard::default();
    for round in 0..kills {
        kill_one(folder.path(), round, &mut heard);
    }
    run(look(folder.path(), &heard));
    println!("{kills} kills, {} jobs done, {} files kept", heard.done.len(), heard.kept.len());
    assert!(!heard.done.is_empty() && !heard.kept.is_empty(), "the victims did nothing");
}

/// Starts a victim, lets it work for a while, and kills it.
fn kill_one(folder: &Path, round: u64, heard: &mut Heard) {
    let mut victim = Command::new(env::current_exe().unwrap())
        .args(["--exact", "all::killed::victim", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines().map_while(Result::ok);
    let first = lines.by_ref().find(|line| line.contains("asked ")).unwrap();
    heard.line(&first[first.find("asked ").unwrap()..]);
    let wait = Duration::from_micros(2000 + round.wrapping_mul(7919) % 80_000);
    let killer = thread::spawn(move || {
        thread::sleep(wait);
        victim.kill().unwrap();
        victim.wait().unwrap();
    });
    lines.for_each(|line| heard.line(&line));
    killer.join().unwrap();
}

/// Everything that was acknowledged is there; what is left can be done; then nothing is held any more.
async fn look(folder: &Path, heard: &Heard) {
    let shelf = Shelf::open(&Settings::local(folder)).await.unwrap();
    the_ledger_adds_up(&shelf).await;
    let owner = shelf.accounts().single(0, Moment::now()).await.unwrap().owner;
    for key in &heard.asked {
        shelf.jobs().find(&owner, key).await.unwrap();
    }
    for key in &heard.done {
        assert_eq!(shelf.jobs().find(&owner, key).await.unwrap().state, JobState::Done, "{key}");
    }
    for (blob, sha256) in &heard.kept {
        assert!(shelf.files().names(blob).await.unwrap(), "{blob}");
        let content = fs::read(shelf.blobs().local(blob).await.unwrap()).unwrap();
        assert_eq!(&hash(&shelf, &content).await, sha256, "{blob}");
    }
    let late = Moment::now().plus(Duration::from_secs(3600));
    shelf.jobs().sweep(late, obituary).await.unwrap();
    while let Some(claim) = shelf.jobs().claim(&["render"], LEASE, late).await.unwrap() {
        let finish = Finish { result: "{}", charge: 1, event: None, notice: None };
        shelf.jobs().finish(&claim.fence, finish, late).await.unwrap();
    }
    the_ledger_adds_up(&shelf).await;
    assert_eq!(shelf.ledger().balance(&owner).await.unwrap().frozen, 0, "no hold hangs");
    shelf.close().await;
}

/// What the shelf says that this content's hash is.
async fn hash(shelf: &Shelf, content: &[u8]) -> String {
    let mut incoming = shelf.blobs().begin(u64::MAX).await.unwrap();
    incoming.write(content).await.unwrap();
    incoming.seal().await.unwrap().sha256().to_owned()
}

fn obituary(_: &Owner, _: &Job) -> Obituary {
    Obituary { fault: shelf::Fault { code: 5003, sentence: "died".to_owned() }, event: None, notice: None }
}

#[test]
#[ignore = "is started, and killed, by the other test"]
fn victim() {
    if let Ok(folder) = env::var(FOLDER) {
        run(work(Path::new(&folder)));
    }
}

/// Works until it is killed: asks, does, keeps, on four tasks at once.
async fn work(folder: &Path) {
    let shelf = Shelf::open(&Settings::local(folder)).await.unwrap();
    let owner = shelf.accounts().single(1_000_000_000, Moment::now()).await.unwrap().owner;
    let draft = Draft { name: "victim", language: "en", document: "{}", key: Some("one") };
    let session = shelf.sessions().make(&owner, draft, Moment::now()).await.unwrap().id;
    let tasks = (0..4).map(|n| {
        let (shelf, owner, session) = (shelf.clone(), owner.clone(), session.clone());
        tokio::spawn(async move { one(&shelf, &owner, &session, n).await })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
}

async fn one(shelf: &Shelf, owner: &Owner, session: &str, task: u32) {
    let jobs = shelf.jobs();
    for n in 0.. {
        let key = format!("{}-{task}-{n}", std::process::id());
        let ask = Ask { session, kind: "render", key: &key, body: "{}", price: 3, lane: None };
        jobs.ask(owner, ask, Moment::now()).await.unwrap();
        println!("asked {key} .");
        jobs.sweep(Moment::now(), obituary).await.unwrap();
        if let Some(claim) = jobs.claim(&["render"], LEASE, Moment::now()).await.unwrap() {
            let finish = Finish { result: "{}", charge: 2, event: Some("1"), notice: None };
            match jobs.finish(&claim.fence, finish, Moment::now()).await {
                Ok(job) => println!("done {} .", job.key),
                Err(error) => assert_eq!(error, ShelfError::Lost),
            }
        }
        let mut incoming = shelf.blobs().begin(u64::MAX).await.unwrap();
        incoming.write(key.repeat(5000).as_bytes()).await.unwrap();
        let sealed = incoming.seal().await.unwrap();
        let kept = shelf.blobs().keep(sealed, &shelf.blobs().fresh_key().unwrap()).await.unwrap();
        let (blob, sha256) = (kept.key.clone(), kept.sha256.clone());
        let file = FileDraft { name: "a.mp4", kind: "video", about: "{}", key: None };
        shelf.files().put(owner, session, file, kept, Moment::now()).await.unwrap();
        println!("kept {blob} {sha256} .");
    }
}
