//! What all requests share: the shelf, the settings, the seal of links, and how much may go on at a time.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use llm::Model;
use shelf::{Account, Shelf, ShelfError};
use tokio::sync::{Semaphore, watch};

use super::dialect::errors::Problem;
use super::mcp::errands::Errands;
use super::rate::Rates;
use super::seal::Seal;
use super::settings::{Rights, Settings};
use super::tally::Tally;
use super::workshop::watching::Watched;

/// What all requests share.
pub(crate) struct House {
    pub(crate) shelf: Shelf,
    pub(crate) settings: Settings,
    pub(crate) seal: Seal,
    /// Whether the server is about to end: streams say good-bye, workers take nothing new.
    pub(crate) closing: watch::Sender<bool>,
    /// The language model that may be asked, where one is named.
    pub(crate) model: Option<Arc<Model>>,
    /// Turns that may be read at a time.
    pub(crate) turns: Semaphore,
    /// The folder in which everything is kept, from the root on.
    pub(crate) folder: PathBuf,
    /// Requests with files that are taken in, open streams, and turns that wait and run.
    pub(crate) uploads: Arc<Tally>,
    pub(crate) streams: Arc<Tally>,
    pub(crate) runs: Arc<Tally>,
    /// Films that are being watched.
    pub(crate) watched: Watched,
    pub(crate) rates: Rates,
    /// Passwords that are tried at a time: each takes some 20 MB.
    pub(crate) passwords: Semaphore,
    pub(crate) figures: Figures,
    /// What goes on for assistants.
    pub(crate) errands: Errands,
}

/// What is counted for who watches the server.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) requests: AtomicU64,
    pub(crate) refused: AtomicU64,
    pub(crate) failed: AtomicU64,
    pub(crate) turns: AtomicU64,
    /// Runs that go on.
    pub(crate) running: AtomicU64,
    pub(crate) exports: AtomicU64,
}

/// The key that links are signed with, in the folder.
pub(crate) const LINK_KEY: &str = "link.key";

/// The house as everybody holds it.
pub(crate) type Shared = Arc<House>;

impl House {
    /// Opens everything.
    ///
    /// # Errors
    /// A sentence that says what could not be opened.
    pub(crate) async fn open(settings: Settings, model: Option<Model>) -> Result<Shared, String> {
        std::fs::create_dir_all(&settings.folder)
            .map_err(|why| format!("{} cannot be made ({why}).", settings.folder.display()))?;
        let folder = full(&settings.folder);
        let kept = settings.kept(&folder)?;
        let shelf = Shelf::open(&kept).await.map_err(|why| format!("The shelf cannot be opened: {why}"))?;
        let key = settings.link_key_file.clone().unwrap_or_else(|| folder.join(LINK_KEY));
        let seal = Seal::open(&key).map_err(|why| format!("The key for links cannot be kept: {why}"))?;
        Ok(Arc::new(House {
            shelf,
            seal,
            model: model.map(Arc::new),
            closing: watch::channel(false).0,
            turns: Semaphore::new(settings.limit.turns_at_once()),
            uploads: Tally::new("uploads", RETRY_FILE),
            streams: Tally::new("streams", RETRY_FILE),
            runs: Tally::new("turns", RETRY_RUN),
            folder,
            watched: Watched::default(),
            rates: Rates::default(),
            passwords: Semaphore::new(HASHES),
            figures: Figures::default(),
            errands: Errands::default(),
            settings,
        }))
    }

    /// What an account may do.
    pub(crate) fn rights(&self, account: &Account) -> Rights {
        self.settings.rights(account.plan)
    }

    /// Whether the server is about to end.
    pub(crate) fn is_closing(&self) -> bool {
        *self.closing.borrow()
    }
}

fn full(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

/// What the shelf refuses, as this door tells it; what it does not know is `what`.
pub(crate) fn refused(what: &'static str) -> impl Fn(ShelfError) -> Problem {
    move |fault| match fault {
        ShelfError::Absent if what == SESSION => Problem::NoSession,
        ShelfError::Absent => Problem::NotThere(what),
        ShelfError::TooOften { wait } => Problem::TooOften(wait),
        ShelfError::Stale { .. } => Problem::Stale,
        ShelfError::AlreadyRunning { .. } => Problem::Occupied("run"),
        ShelfError::OtherBody => Problem::OtherBody,
        ShelfError::TooLarge { most } => Problem::TooLarge(most / 1_000_000),
        ShelfError::Taken => Problem::Malformed("That e-mail address is registered already.".to_owned()),
        ShelfError::Text => Problem::Malformed("A text is too long, or holds what is no text.".to_owned()),
        ShelfError::Busy | ShelfError::Full | ShelfError::Closed => Problem::Busy(RETRY),
        other => {
            // The database's words may name places and values: only who runs the server reads them.
            tracing::error!(fault = %other, "the shelf failed");
            Problem::Failed("Something could not be kept or found.".to_owned())
        }
    }
}

/// What [`refused`] calls a session.
pub(crate) const SESSION: &str = "session";
/// How many passwords are tried at a time.
const HASHES: usize = 4;
/// How long to wait where the shelf is busy.
const RETRY: Duration = Duration::from_secs(2);
/// How long to wait where there are too many uploads or streams, and too many turns.
const RETRY_FILE: Duration = Duration::from_secs(10);
const RETRY_RUN: Duration = Duration::from_secs(5);
