//! What the servers of the tests keep things in: SQLite and a folder, or PostgreSQL and a store that speaks S3.

#[path = "../../../../shelf/tests/all/stores/bucket.rs"]
mod bucket;
#[path = "../../../../shelf/tests/all/stores/postgres.rs"]
mod postgres;

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::{env, fs};

use postgres::Postgres;
use tokio::runtime::Runtime;

/// Where it says `far`, the servers of the tests keep nothing in their folders.
const WHERE: &str = "UNDERSONG_TEST_STORES";

/// A database and a bucket beyond the server's folder; they end with the test.
pub(super) struct Stores {
    postgres: Postgres,
    schema: String,
    database: String,
    endpoint: String,
    /// Serves the bucket.
    runtime: Runtime,
}

impl Stores {
    /// The stores that are wanted, the bucket in a folder of `place`; nothing where the server is to use its own folder.
    ///
    /// `None`, and a word about it, where they are wanted and cannot be had: then there is nothing to test.
    pub(super) fn wanted(place: &Path) -> Option<Option<Stores>> {
        if env::var(WHERE).is_ok_and(|word| word == "far") {
            Stores::open(place).map(Some)
        } else {
            Some(None)
        }
    }

    fn open(place: &Path) -> Option<Stores> {
        let postgres = match Postgres::open() {
            Ok(postgres) => postgres,
            Err(why) => {
                assert!(env::var_os("CI").is_none(), "PostgreSQL is needed to test undersong: {why}");
                println!("skipped: no PostgreSQL here ({why})");
                return None;
            }
        };
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let schema = format!("undersong_server_{}_{}", std::process::id(), NUMBER.fetch_add(1, Relaxed));
        let runtime = Runtime::new().unwrap();
        let database = runtime.block_on(postgres.schema(&schema));
        let far = place.join("far");
        fs::create_dir(&far).unwrap();
        let endpoint = runtime.block_on(bucket::serve(&far));
        Some(Stores { postgres, schema, database, endpoint, runtime })
    }

    /// The settings of a server that uses them, as its environment.
    pub(super) fn settings(&self) -> [(String, String); 6] {
        [
            ("DATABASE", self.database.as_str()),
            ("STORAGE_BUCKET", bucket::NAME),
            ("STORAGE_ENDPOINT", &self.endpoint),
            ("STORAGE_PREFIX", "under/song"),
            ("STORAGE_ACCESS_KEY", bucket::ACCESS_KEY),
            ("STORAGE_SECRET_KEY", bucket::SECRET_KEY),
        ]
        .map(|(name, value)| (format!("UNDERSONG_SERVE_{name}"), value.to_owned()))
    }
}

impl Drop for Stores {
    fn drop(&mut self) {
        self.runtime.block_on(self.postgres.drop_schema(&self.schema));
    }
}
