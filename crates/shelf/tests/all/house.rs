//! Where the cases live: an empty shelf each, in a folder that vanishes.

use std::pin::Pin;
use std::time::Duration;

use shelf::{Account, Draft, Moment, Owner, Session, Settings, Shelf, Store, Terms};
use sqlx::{ConnectOptions, Connection, any::AnyConnectOptions};
use tempfile::TempDir;

/// A shelf of its own for a case.
pub(crate) struct House {
    pub(crate) shelf: Shelf,
    pub(crate) settings: Settings,
    /// Held until the case has ended.
    pub(crate) folder: TempDir,
}

/// A case: what it does in a house.
pub(crate) type Case = for<'h> fn(&'h House) -> Pin<Box<dyn Future<Output = ()> + 'h>>;

/// When the cases begin: any time will do.
pub(crate) const NOW: Moment = Moment(1_800_000_000_000);
pub(crate) const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);

/// `seconds` after [`NOW`].
pub(crate) fn after(seconds: u64) -> Moment {
    NOW.plus(Duration::from_secs(seconds))
}

impl House {
    /// Over this database, or a SQLite of its own; with these blobs, or a folder of its own.
    pub(crate) async fn open(database: Option<String>, blobs: Option<Store>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = Settings::local(folder.path());
        if let Some(database) = database {
            settings.database = database;
        }
        if let Some(blobs) = blobs {
            settings.blobs = blobs;
        }
        Self { shelf: Shelf::open(&settings).await.unwrap(), settings, folder }
    }

    /// Another shelf over the same settings, as after a new start.
    pub(crate) async fn again(&self) -> Shelf {
        Shelf::open(&self.settings).await.unwrap()
    }

    /// Somebody new with 100 credits, and the token.
    pub(crate) async fn guest(&self, client: &str) -> (Account, String) {
        let terms = Terms { credits: 100, life: WEEK, per_origin: None };
        let welcome = self.shelf.accounts().anonymous(client, None, &terms, NOW).await.unwrap();
        (welcome.account, welcome.token)
    }

    /// Somebody new.
    pub(crate) async fn owner(&self, client: &str) -> Owner {
        self.guest(client).await.0.owner
    }

    /// Does behind the shelf's back what no function of it would.
    pub(crate) async fn meddle(&self, statement: &'static str) {
        let url = self.settings.database.replace("sqlite:/", "sqlite:///");
        let options: AnyConnectOptions = url.parse().unwrap();
        let mut connection = options.connect().await.unwrap();
        sqlx::query(statement).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    /// A session with an empty document.
    pub(crate) async fn session(&self, owner: &Owner) -> Session {
        let draft = Draft { name: "project", language: "en", document: "{}", key: None };
        self.shelf.sessions().make(owner, draft, NOW).await.unwrap()
    }
}

/// Runs one case on SQLite.
pub(crate) fn on_sqlite(case: Case) {
    run(async {
        let house = House::open(None, None).await;
        case(&house).await;
        the_ledger_adds_up(&house.shelf).await;
        house.shelf.close().await;
    });
}

/// Whatever a case has done, the ledger adds up; cases that close the shelf have looked before.
pub(crate) async fn the_ledger_adds_up(shelf: &Shelf) {
    match shelf.ledger().audit().await {
        Ok(wrong) => assert!(wrong.is_empty(), "{wrong:?}"),
        Err(error) => assert_eq!(error, shelf::ShelfError::Closed),
    }
}

/// Waits for what is not done yet.
pub(crate) fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(work)
}
