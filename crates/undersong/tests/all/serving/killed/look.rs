//! Compares what is kept with what was acknowledged, and with itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;
use shelf::{EntryKind, Event, File, Job, JobState, Owner, Settings, Shelf};

use super::book::{Page, sha256};

/// What is listed at most; a page has far less.
const MOST: u32 = 1000;

/// Waits for everything to come to its end while a server works; what goes on after this time.
pub(super) async fn settled(kept: &Path, pages: &[Page], at_most: Duration) -> Result<(), String> {
    let shelf = Shelf::open(&Settings::local(kept)).await.unwrap();
    let began = Instant::now();
    for page in pages {
        let owner = Owner::vouched(&page.user);
        let live = async || {
            let run = shelf.runs().current(&owner, &page.session).await.unwrap();
            let jobs = shelf.jobs().live_of(&owner).await.unwrap();
            let frozen = shelf.ledger().balance(&owner).await.unwrap().frozen;
            let any = run.is_some() || jobs > 0 || frozen > 0;
            if !any {
                return None;
            }
            let all = shelf.jobs().list(&owner, Some(&page.session), None, MOST).await.unwrap();
            let open = all.iter().filter(|job| matches!(job.state, JobState::Waiting | JobState::Running));
            let open: Vec<String> = open
                .map(|job| format!("{} {:?} {} {:?}", job.kind, job.state, job.attempt, job.fault))
                .collect();
            Some(format!(
                "{}: {run:?}, {jobs} jobs of the owner, {open:?}, {frozen} credits held",
                page.session
            ))
        };
        while let Some(what) = live().await {
            if began.elapsed() > at_most {
                return Err(what);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    shelf.close().await;
    Ok(())
}

/// The films that nobody has watched yet.
fn unwatched(files: &[File]) -> impl Iterator<Item = &File> {
    let about = |file: &File| serde_json::from_str::<Value>(&file.about).unwrap();
    files.iter().filter(move |file| about(file)["analysis"].is_null())
}

/// All that is wrong.
pub(super) async fn look(kept: &Path, pages: &[Page]) -> Vec<String> {
    let shelf = Shelf::open(&Settings::local(kept)).await.unwrap();
    let mut wrong = shelf.ledger().audit().await.unwrap();
    for page in pages {
        let mut look = Look { shelf: &shelf, page, owner: Owner::vouched(&page.user), wrong: Vec::new() };
        look.files(kept).await;
        look.turns().await;
        look.exports(kept).await;
        wrong.extend(look.wrong.into_iter().map(|what| format!("{}: {what}", page.session)));
    }
    shelf.close().await;
    wrong.extend(films(&kept.join("blobs/kept")).into_iter().filter_map(|path| {
        let whole = is_whole(&fs::read(&path).unwrap());
        (!whole).then(|| format!("half-written under a name: {}", path.display()))
    }));
    wrong
}

/// Every file below a folder.
fn films(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { films(&path) } else { vec![path] }).collect()
}

/// Whether the boxes of an MP4 file fill it to its last byte, with a moov among them.
fn is_whole(bytes: &[u8]) -> bool {
    let (mut at, mut moov) = (0, false);
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes(head[..4].try_into().unwrap()) as usize;
        moov |= &head[4..] == b"moov";
        if length < 8 {
            return false;
        }
        at += length;
    }
    at == bytes.len() && moov
}

/// A look at one page.
struct Look<'l> {
    shelf: &'l Shelf,
    page: &'l Page,
    owner: Owner,
    wrong: Vec<String>,
}

impl Look<'_> {
    fn must(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.wrong.push(what());
        }
    }

    async fn files(&mut self, kept: &Path) {
        let files = self.shelf.files().list(&self.owner, &self.page.session).await.unwrap();
        let hashes: BTreeMap<_, _> = files.iter().map(|file| (&file.id, &file.sha256)).collect();
        for (id, hash) in &self.page.uploads {
            self.must(hashes.get(id) == Some(&hash), || format!("the upload {id} is gone or another"));
        }
        for file in &files {
            let found = fs::read(kept.join("blobs/kept").join(&file.blob)).map(|bytes| sha256(&bytes)).ok();
            self.must(found.as_ref() == Some(&file.sha256), || {
                format!("{}: its bytes are {found:?}", file.id)
            });
            self.must(self.page.sent.contains(&file.sha256), || format!("{} was never sent", file.id));
        }
        for file in unwatched(&files) {
            self.wrong.push(format!("{} was never watched", file.id));
        }
    }

    async fn turns(&mut self) {
        let (owner, session) = (self.owner.clone(), self.page.session.clone());
        let events = self.shelf.events().after(&owner, &session, 0, MOST).await.unwrap();
        let numbers: Vec<i64> = events.iter().map(|event| event.number).collect();
        self.must(numbers == (1..=numbers.len() as i64).collect::<Vec<_>>(), || {
            format!("numbers: {numbers:?}")
        });
        for (number, heard) in &self.page.events {
            let found = events.get(*number as usize - 1).map(|event| &event.body);
            self.must(found == Some(heard), || format!("event {number} was {heard} and is {found:?}"));
        }
        let told: Vec<Value> =
            events.iter().map(|event| serde_json::from_str(&event.body).unwrap()).collect();
        let ids: BTreeSet<_> = told.iter().map(|event| event["id"].as_str()).collect();
        self.must(ids.len() == told.len(), || "two events with one id".to_owned());
        let found = self.shelf.sessions().find(&owner, &session).await.unwrap();
        let document: Value = serde_json::from_str(&found.document).unwrap();
        let steps = document["history"]["steps"].as_array().cloned().unwrap_or_default();
        let (last, saves) = (found.revision, steps.len() as i64);
        self.must(last == 1 + saves, || format!("revision {last} after {saves} changes"));
        self.must(last >= self.page.revision, || {
            format!("revision {last}, but {} was told", self.page.revision)
        });
        let said: Vec<&str> = steps.iter().filter_map(|step| step["said"].as_str()).collect();
        self.runs(&events, &told, &said).await;
    }

    /// Every run has one beginning and one end, and says whether it changed anything, and is paid if it did.
    async fn runs(&mut self, events: &[Event], told: &[Value], said: &[&str]) {
        let mut runs: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for (event, told) in events.iter().zip(told) {
            runs.entry(event.run.as_deref().unwrap_or("none")).or_default().push(told);
        }
        let mut done: BTreeMap<&str, i64> = BTreeMap::new();
        let mut owed = BTreeMap::new();
        for (run, told) in &runs {
            // What was said is lost where the server died before it wrote it down.
            let words =
                told[0]["content"]["parts"][0]["text"].as_str().filter(|_| told[0]["author"] == "user");
            let ends = told.iter().filter(|event| event["turnComplete"] == true).count();
            let last = told.last().unwrap();
            self.must(ends == 1 && last["turnComplete"] == true, || {
                format!("{run} ends {ends} times: {told:?}")
            });
            let part = |kind: &str| -> Vec<_> {
                told.iter().filter_map(|event| event["content"]["parts"][0][kind]["id"].as_str()).collect()
            };
            self.must(part("functionCall") == part("functionResponse"), || format!("{run}: {told:?}"));
            if let (Some(words), true) = (words, changed(last)) {
                *done.entry(words).or_default() += 1;
                owed.insert((*run).to_owned(), if words.contains("music") { 5 } else { 1 });
            }
        }
        let mut steps: BTreeMap<&str, i64> = BTreeMap::new();
        said.iter().filter(|said| !said.is_empty()).for_each(|said| *steps.entry(said).or_default() += 1);
        self.must(steps == done, || format!("changed by {steps:?}, told {done:?}"));
        let entries = self.shelf.ledger().entries(&self.owner, MOST, None).await.unwrap();
        let charges: Vec<_> = entries.iter().filter(|entry| entry.kind == EntryKind::Charge).collect();
        let paid: BTreeMap<_, _> =
            charges.iter().map(|one| (one.reference.clone(), -one.available - one.frozen)).collect();
        self.must(charges.len() == paid.len() && paid == owed, || format!("paid {paid:?}, owed {owed:?}"));
    }

    async fn exports(&mut self, kept: &Path) {
        let jobs = self.shelf.jobs().list(&self.owner, None, None, MOST).await.unwrap();
        let by_key: BTreeMap<&str, &Job> = jobs.iter().map(|job| (job.key.as_str(), job)).collect();
        for (id, had) in &self.page.exports {
            let found = by_key.get(id.as_str()).map(|job| job.state);
            let good = found.is_some() && (had.is_none() || found == Some(JobState::Done));
            self.must(good, || format!("the export {id} is {found:?} and was {had:?}"));
        }
        let sent = self.shelf.deliveries().list(&self.owner, &self.page.hook, MOST).await.unwrap();
        for job in &jobs {
            let told: Vec<_> =
                sent.iter().filter(|one| one.body.contains(&job.key)).map(|one| one.kind.as_str()).collect();
            let wanted = if job.state == JobState::Done { "render.completed" } else { "render.failed" };
            self.must(told == [wanted], || format!("{} is {:?}, and told {told:?}", job.key, job.state));
            let Some(result) = &job.result else { continue };
            let made: Value = serde_json::from_str(result).unwrap();
            let film =
                fs::read(kept.join("blobs/kept").join(made["blob"].as_str().unwrap())).unwrap_or_default();
            self.must(made["bytes"] == film.len(), || {
                format!("{}: {made} but {} bytes", job.key, film.len())
            });
            let had = self.page.exports.get(&job.key).cloned().flatten();
            let same = had.is_none_or(|(_, hash)| hash == sha256(&film));
            self.must(same, || format!("{}: the film is another", job.key));
        }
    }
}

/// Whether the last word of a run tells a new revision.
fn changed(last: &Value) -> bool {
    last["errorCode"].is_null() && last["actions"]["stateDelta"]["revision"].is_i64()
}

#[test]
fn half_a_film_is_no_film() {
    let film = [&[0, 0, 0, 8][..], b"ftyp", &[0, 0, 0, 12], b"moov", &[1, 2, 3, 4]].concat();
    assert!(is_whole(&film) && !is_whole(&film[..19]) && !is_whole(&film[..8]) && !is_whole(b""));
}
