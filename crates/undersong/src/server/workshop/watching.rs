//! Watches films as soon as they have arrived, so that nobody who asks for music waits for it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use shelf::{File, Owner};
use studio::Unattended;
use tokio::sync::Notify;

use super::intake::About;
use super::{apart, problem};
use crate::lock::held;
use crate::server::dialect::errors::Problem;
use crate::server::house::{Shared, refused};
use crate::views::watch::WatchView;

/// How long whoever needs a film waits for those who watch it; after that it is watched twice.
const PATIENCE: Duration = Duration::from_secs(60);

/// The films that are being watched, by the numbers of their files, and those that could not be.
#[derive(Debug, Default)]
pub(crate) struct Watched {
    films: Mutex<HashMap<String, Standing>>,
    ended: Notify,
}

/// How it stands with a film that was not watched yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Going,
    Failed,
}

impl Watched {
    fn films(&self) -> MutexGuard<'_, HashMap<String, Standing>> {
        held(&self.films)
    }

    /// Whether a film is to be watched by who asks: nobody has begun, and nobody has failed.
    fn begin(&self, file: &str) -> bool {
        let mut films = self.films();
        let fresh = !films.contains_key(file);
        if fresh {
            films.insert(file.to_owned(), Standing::Going);
        }
        fresh
    }

    fn end(&self, file: &str, well: bool) {
        match well {
            true => _ = self.films().remove(file),
            false => _ = self.films().insert(file.to_owned(), Standing::Failed),
        }
        self.ended.notify_waiters();
    }

    /// Whether it was tried and could not be done.
    pub(crate) fn has_failed(&self, file: &str) -> bool {
        self.films().get(file) == Some(&Standing::Failed)
    }

    /// Waits while a film is being watched.
    pub(crate) async fn settled(&self, file: &str) {
        let settling = async {
            loop {
                let mut ended = pin!(self.ended.notified());
                // Who ends between the look and the wait is heard.
                ended.as_mut().enable();
                if self.films().get(file) != Some(&Standing::Going) {
                    return;
                }
                ended.await;
            }
        };
        // Whoever waited long enough watches it, too.
        let _ = tokio::time::timeout(PATIENCE, settling).await;
    }
}

/// Begins to watch a film of a session, unless that was begun.
pub(crate) fn begin(house: &Shared, owner: &Owner, session: &str, file: &str) {
    if !house.watched.begin(file) {
        return;
    }
    let (house, owner) = (house.clone(), owner.clone());
    let (session, file) = (session.to_owned(), file.to_owned());
    tokio::spawn(async move {
        let done = watch(&house, &owner, &session, &file).await;
        if let Err(fault) = &done {
            // Whoever asks for music will be told.
            tracing::warn!(code = fault.code(), "a film could not be watched");
        }
        house.watched.end(&file, done.is_ok());
    });
}

/// Begins again with films whose watching ended with the server that had begun it.
pub(crate) fn resume(house: &Shared, owner: &Owner, session: &str, files: &[File]) {
    let films = files.iter().filter(|file| file.kind == "video");
    let unwatched = films.filter(|file| About::of(file).analysis.is_none());
    unwatched.for_each(|file| begin(house, owner, session, &file.id));
}

async fn watch(house: &Shared, owner: &Owner, session: &str, id: &str) -> Result<(), Problem> {
    let files = house.shelf.files();
    let file = files.find(owner, session, id).await.map_err(refused("file"))?;
    let path: PathBuf = house.shelf.blobs().local(&file.blob).await.map_err(refused("file"))?;
    let slot = house.turns.acquire().await.map_err(|_| Problem::Failed("The server ends.".to_owned()))?;
    let found = apart(move || studio::glance(&path, &Unattended)).await?;
    drop(slot);
    let found = found.map_err(|fault| problem(&fault))?;
    let mut about = About::of(&file);
    about.analysis = serde_json::to_value(WatchView::new(&found.profile)).ok();
    files.describe(owner, session, id, &about.written()).await.map_err(refused("file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_needs_a_film_waits_for_who_watches_it() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let watched = Watched::default();
            watched.settled("nobody watches this one").await;
            assert!(watched.begin("a") && !watched.begin("a"), "once is enough");
            let mut waiting = pin!(watched.settled("a"));
            let soon = tokio::time::timeout(Duration::from_millis(20), waiting.as_mut()).await;
            assert!(soon.is_err(), "it is being watched");
            watched.end("a", true);
            waiting.await;
            assert!(watched.begin("b"));
            watched.end("b", false);
            watched.settled("b").await;
            assert!(watched.has_failed("b") && !watched.begin("b") && !watched.has_failed("a"));
        });
    }
}
