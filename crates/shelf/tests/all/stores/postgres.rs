//! A PostgreSQL for tests, of this room and of the doors: the one that `UNDERSONG_TEST_POSTGRES` names, or one of our own in a temporary folder.

use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, fs};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, any::AnyConnectOptions};
use tempfile::TempDir;

/// A PostgreSQL that can be used.
pub(crate) struct Postgres {
    /// How it is reached.
    pub(crate) url: String,
    _own: Option<Server>,
}

impl Postgres {
    /// The one that is named, or one of our own; or why there is none.
    pub(crate) fn open() -> Result<Self, String> {
        match env::var("UNDERSONG_TEST_POSTGRES") {
            Ok(url) => Ok(Self { url, _own: None }),
            Err(_) => Server::start().map(|own| Self { url: own.url.clone(), _own: Some(own) }),
        }
    }

    /// An empty schema of this name, and how it is reached.
    pub(crate) async fn schema(&self, name: &str) -> String {
        self.told(&[format!("DROP SCHEMA IF EXISTS {name} CASCADE"), format!("CREATE SCHEMA {name}")]).await;
        let mark = if self.url.contains('?') { '&' } else { '?' };
        format!("{}{mark}options[search_path]={name}", self.url)
    }

    /// Takes the schema away again.
    pub(crate) async fn drop_schema(&self, name: &str) {
        self.told(&[format!("DROP SCHEMA IF EXISTS {name} CASCADE")]).await;
    }

    async fn told(&self, statements: &[String]) {
        sqlx::any::install_default_drivers();
        let options: AnyConnectOptions = self.url.parse().unwrap();
        let mut admin = options.connect().await.unwrap();
        for statement in statements {
            sqlx::query(AssertSqlSafe(statement.clone())).execute(&mut admin).await.unwrap();
        }
        admin.close().await.unwrap();
    }
}

/// A server that ends with its test.
struct Server {
    url: String,
    child: Child,
    _folder: TempDir,
}

impl Server {
    /// Makes a cluster and starts it on a socket in its folder; or why it cannot.
    fn start() -> Result<Self, String> {
        let tools = tools().ok_or("no initdb")?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let who = servant(folder.path())?;
        let cluster = folder.path().join("cluster");
        let mut make = as_servant(&tools.join("initdb"), who);
        make.args([
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "-D",
        ]);
        let made = make.arg(&cluster).stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
        if !made.status.success() {
            return Err(String::from_utf8_lossy(&made.stderr).into_owned());
        }
        let child = as_servant(&tools.join("postgres"), who)
            .arg("-D")
            .arg(&cluster)
            .arg("-k")
            .arg(folder.path())
            .args(["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=40"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.path().join("log")).map_err(|error| error.to_string())?)
            .spawn()
            .map_err(|error| error.to_string())?;
        let url = format!("postgres://postgres@localhost/postgres?host={}", folder.path().display());
        let server = Self { url, child, _folder: folder };
        server.answers().map(|()| server)
    }

    /// Waits until the server can be spoken to.
    fn answers(&self) -> Result<(), String> {
        sqlx::any::install_default_drivers();
        let waiting = tokio::runtime::Builder::new_current_thread().enable_all().build();
        waiting.map_err(|error| error.to_string())?.block_on(async {
            let options: AnyConnectOptions =
                self.url.parse().map_err(|error: sqlx::Error| error.to_string())?;
            let mut last = String::new();
            for _ in 0..300 {
                match options.connect().await {
                    Ok(connection) => return connection.close().await.map_err(|error| error.to_string()),
                    Err(error) => last = error.to_string(),
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Err(last)
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A fast shutdown; killed outright it would leave its shared memory behind.
        let _ = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

/// The folder of PostgreSQL's programs.
fn tools() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let folders = env::split_paths(&path).chain(debian.map(|version| version.path().join("bin")));
    let initdb = folders.map(|folder| folder.join("initdb")).find(|initdb| initdb.is_file())?;
    Some(initdb.canonicalize().ok()?.parent()?.to_owned())
}

/// PostgreSQL does not run as root: then another user gets the folder, and runs it.
fn servant(folder: &Path) -> Result<Option<(u32, u32)>, String> {
    let own = fs::metadata("/proc/self").map_err(|error| error.to_string())?.uid();
    if own != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").map_err(|error| error.to_string())?;
    let line = users.lines().find(|line| line.starts_with("postgres:")).ok_or("no user postgres")?;
    let mut fields = line.split(':').skip(2).map_while(|field| field.parse().ok());
    let who = (fields.next().ok_or("no uid")?, fields.next().ok_or("no gid")?);
    chown(folder, Some(who.0), Some(who.1)).map_err(|error| error.to_string())?;
    Ok(Some(who))
}

/// A program as this user.
fn as_servant(program: &Path, who: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    if let Some((user, group)) = who {
        command.uid(user).gid(group).current_dir("/");
    }
    command
}
