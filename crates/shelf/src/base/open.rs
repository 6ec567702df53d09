//! Opens a database and brings it to the newest step.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, ConnectOptions, Row};
use tokio::sync::RwLock;

use super::{Base, Dialect, Writer, tables};
use crate::error::{Result, ShelfError};
use crate::settings::Settings;

/// A flush for every commit: `NORMAL` can lose acknowledged commits when the power fails.
const WRITING: [&str; 3] =
    ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON"];
/// Readers cannot write by mistake.
const READING: &str = "PRAGMA query_only = ON";

impl Base {
    /// Opens the database that the settings name.
    pub(crate) async fn open(settings: &Settings) -> Result<Self> {
        sqlx::any::install_default_drivers();
        if !(1..=64).contains(&settings.readers) {
            return Err(ShelfError::Settings("readers: 1 to 64".to_owned()));
        }
        if let Some(path) = settings.database.strip_prefix("sqlite:") {
            return sqlite(Path::new(path), settings.readers).await;
        }
        if settings.database.starts_with("postgres://") || settings.database.starts_with("postgresql://") {
            return postgres(&settings.database, settings.readers).await;
        }
        Err(ShelfError::Settings("database: sqlite:PATH or postgres://...".to_owned()))
    }
}

/// One connection that writes, and a few that read.
async fn sqlite(path: &Path, readers: u32) -> Result<Base> {
    let path = whole(path)?;
    let mut connection = options(&format!("sqlite://{}?mode=rwc", encoded(&path)))?.connect().await?;
    for pragma in WRITING {
        sqlx::query(pragma).execute(&mut connection).await?;
    }
    migrate(&mut connection, Dialect::Sqlite, "BEGIN IMMEDIATE").await?;
    // A connection to a file does not break by itself.
    let reading = AnyPoolOptions::new().max_connections(readers).test_before_acquire(false).after_connect(
        |connection, _| {
            Box::pin(async move {
                sqlx::query(READING).execute(connection).await?;
                Ok(())
            })
        },
    );
    let pool = reading.connect_with(options(&format!("sqlite://{}?mode=rw", encoded(&path)))?).await?;
    Ok(Base {
        pool,
        writer: RwLock::new(Some(Writer::start(connection))),
        dialect: Dialect::Sqlite,
        wakes: Arc::default(),
    })
}

/// A pool for everything.
async fn postgres(url: &str, connections: u32) -> Result<Base> {
    let pool: AnyPool =
        AnyPoolOptions::new().max_connections(connections).connect_with(options(url)?).await?;
    let mut connection = pool.acquire().await?;
    migrate(&mut connection, Dialect::Postgres, "BEGIN").await?;
    drop(connection);
    Ok(Base { pool, writer: RwLock::new(None), dialect: Dialect::Postgres, wakes: Arc::default() })
}

/// How to connect; statements are not logged, for they carry what people wrote.
fn options(url: &str) -> Result<AnyConnectOptions> {
    let options: AnyConnectOptions =
        url.parse().map_err(|error: sqlx::Error| ShelfError::Settings(error.to_string()))?;
    Ok(options.disable_statement_logging())
}

/// The path from the root on, its folder made.
fn whole(path: &Path) -> Result<PathBuf> {
    if path.as_os_str().is_empty() || path.as_os_str() == ":memory:" {
        return Err(ShelfError::Settings("database: sqlite: needs a path".to_owned()));
    }
    let path = std::path::absolute(path)?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(path)
}

/// The path inside a URL: `?`, `#`, `%` and all that is not plain is escaped byte by byte.
fn encoded(path: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    let escape =
        |byte: &u8| if plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") };
    path.as_os_str().as_encoded_bytes().iter().map(escape).collect()
}

/// Takes every step that the database has not taken, in one transaction that `begin` starts.
async fn migrate(db: &mut AnyConnection, dialect: Dialect, begin: &'static str) -> Result<()> {
    sqlx::query(begin).execute(&mut *db).await?;
    match steps(db, dialect).await {
        Ok(()) => sqlx::query("COMMIT").execute(db).await.map(|_| ()).map_err(ShelfError::from),
        Err(error) => {
            sqlx::query("ROLLBACK").execute(db).await?;
            Err(error)
        }
    }
}

/// The steps of [`migrate`].
async fn steps(db: &mut AnyConnection, dialect: Dialect) -> Result<()> {
    if dialect == Dialect::Postgres {
        // Two servers that start at once take turns; the number is ours alone.
        sqlx::query("SELECT pg_advisory_xact_lock(8031727219)").execute(&mut *db).await?;
    }
    let statement = dialect.table("CREATE TABLE IF NOT EXISTS step (number INTEGER NOT NULL) STRICT");
    sqlx::query(AssertSqlSafe(statement)).execute(&mut *db).await?;
    let row = sqlx::query("SELECT number FROM step").fetch_optional(&mut *db).await?;
    let (found, known) = match row {
        Some(row) => (row.try_get("number")?, tables::STEPS.len() as i64),
        None => {
            sqlx::query("INSERT INTO step (number) VALUES (0)").execute(&mut *db).await?;
            (0, tables::STEPS.len() as i64)
        }
    };
    if found > known {
        return Err(ShelfError::Newer { found, known });
    }
    for step in &tables::STEPS[found as usize..] {
        for statement in *step {
            sqlx::query(AssertSqlSafe(dialect.table(statement))).execute(&mut *db).await?;
        }
    }
    sqlx::query("UPDATE step SET number = $1").bind(known).execute(db).await?;
    Ok(())
}
