//! A PostgreSQL for the cases: the one that `UNDERSONG_TEST_POSTGRES` names, or one of our own in a temporary folder.

use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, fs};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, any::AnyConnectOptions};
use tempfile::TempDir;

use crate::all::house::{Case, House, run, the_ledger_adds_up};

/// Runs every case in a schema of its own, or says why not.
pub(crate) fn each(cases: &[(&str, Case)]) {
    let own;
    let url = match env::var("UNDERSONG_TEST_POSTGRES") {
        Ok(url) => url,
        Err(_) => match Server::start() {
            Ok(server) => {
                own = server;
                own.url.clone()
            }
            Err(why) => return println!("skipped: no PostgreSQL here ({why})"),
        },
    };
    for (name, case) in cases {
        println!("on PostgreSQL: {name}");
        run(in_schema(&url, name, *case));
    }
}

/// One case in an empty schema that is dropped afterwards.
async fn in_schema(url: &str, name: &str, case: Case) {
    sqlx::any::install_default_drivers();
    let options: AnyConnectOptions = url.parse().unwrap();
    let mut admin = options.connect().await.unwrap();
    let schema = format!("undersong_{name}");
    let fresh = format!("DROP SCHEMA IF EXISTS {schema} CASCADE");
    sqlx::query(AssertSqlSafe(fresh.clone())).execute(&mut admin).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).execute(&mut admin).await.unwrap();
    let mark = if url.contains('?') { '&' } else { '?' };
    let house = House::open(Some(format!("{url}{mark}options[search_path]={schema}")), None).await;
    case(&house).await;
    the_ledger_adds_up(&house.shelf).await;
    house.shelf.close().await;
    sqlx::query(AssertSqlSafe(fresh)).execute(&mut admin).await.unwrap();
    admin.close().await.unwrap();
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
        run(async {
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
