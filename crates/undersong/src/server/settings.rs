//! What can be set: a flag stands over the environment, that over the file, that over the default.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Every setting of the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// Where it listens.
    pub(crate) listen: SocketAddr,
    /// The folder in which everything is kept.
    pub(crate) folder: PathBuf,
    /// `sqlite:PATH` or `postgres://...`; `None` is SQLite in the folder.
    pub(crate) database: Option<String>,
    /// How the world reaches it, without a slash at the end; `None` is what the client calls it.
    pub(crate) public_url: Option<String>,
    /// Whether requests without a token are the one user's; on loopback only.
    pub(crate) single_user: bool,
    pub(crate) token: TokenTerms,
    pub(crate) price: Prices,
    pub(crate) export: ExportTerms,
    pub(crate) upload: UploadTerms,
    pub(crate) limit: Limits,
}

/// On which terms tokens are given out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct TokenTerms {
    pub(crate) credits: i64,
    pub(crate) life_days: u32,
    /// Anonymous accounts from one address in as many days; loopback has no limit.
    pub(crate) per_address: u32,
}

/// What things cost, in credits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Prices {
    /// A turn that has music composed.
    pub(crate) compose: i64,
    /// A turn that changes anything else.
    pub(crate) edit: i64,
}

/// On which terms films are made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ExportTerms {
    /// Whether anonymous accounts must say which skill they come from.
    pub(crate) require_attribution: bool,
    /// How many are made at a time.
    pub(crate) at_once: usize,
    /// How many may wait in all.
    pub(crate) queue: i64,
    /// How many of one account may wait and run.
    pub(crate) per_account: i64,
    /// How long a download link holds.
    pub(crate) link_hours: u32,
    /// How long a lost worker goes unnoticed.
    pub(crate) lease_seconds: u32,
}

/// On which terms files are taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct UploadTerms {
    /// The largest file.
    pub(crate) megabytes: u64,
    /// The most files in one request.
    pub(crate) files: usize,
    /// What one account may keep in all.
    pub(crate) account_megabytes: u64,
    /// How many are taken in at a time.
    pub(crate) at_once: usize,
    /// Hosts that files are fetched from though they are not public.
    pub(crate) private_hosts: Vec<String>,
}

/// How much goes on at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Limits {
    /// Turns that are read and composed at a time; others wait.
    pub(crate) turns: usize,
    /// Open streams in all.
    pub(crate) streams: u64,
    /// Requests of one account in a minute.
    pub(crate) requests_per_minute: u32,
    /// Milliseconds between two signs of life on a stream.
    pub(crate) heartbeat_ms: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            listen: SocketAddr::from(([127, 0, 0, 1], 8787)),
            folder: PathBuf::from("undersong-server"),
            database: None,
            public_url: None,
            single_user: false,
            token: TokenTerms::default(),
            price: Prices::default(),
            export: ExportTerms::default(),
            upload: UploadTerms::default(),
            limit: Limits::default(),
        }
    }
}

impl Default for TokenTerms {
    fn default() -> TokenTerms {
        TokenTerms { credits: 100, life_days: 7, per_address: 10 }
    }
}

impl Default for Prices {
    fn default() -> Prices {
        Prices { compose: 5, edit: 1 }
    }
}

impl Default for ExportTerms {
    fn default() -> ExportTerms {
        ExportTerms {
            require_attribution: true,
            at_once: 1,
            queue: 200,
            per_account: 20,
            link_hours: 24,
            lease_seconds: 15,
        }
    }
}

impl Default for UploadTerms {
    fn default() -> UploadTerms {
        UploadTerms {
            megabytes: 500,
            files: 20,
            account_megabytes: 20_000,
            at_once: 64,
            private_hosts: Vec::new(),
        }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Limits { turns: cores, streams: 5000, requests_per_minute: 6000, heartbeat_ms: 10_000 }
    }
}

impl Settings {
    /// Reads the file and the environment; flags come after.
    ///
    /// # Errors
    /// A sentence that names the file or the variable at fault.
    pub(crate) fn read(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Settings, String> {
        let mut table = match file {
            Some(file) => {
                let text = std::fs::read_to_string(file);
                let text = text.map_err(|why| format!("{} cannot be read ({why}).", file.display()))?;
                text.parse::<toml::Table>().map_err(|why| format!("{}: {why}", file.display()))?
            }
            None => toml::Table::new(),
        };
        for (name, value) in environment {
            if let Some(path) = name.strip_prefix("UNDERSONG_SERVE_") {
                set(&mut table, &path.to_lowercase(), value);
            }
        }
        table.try_into().map_err(|why| format!("The settings cannot be used: {}.", why.to_string().trim()))
    }

    /// That what is set can be done.
    ///
    /// # Errors
    /// A sentence that says what contradicts what.
    pub(crate) fn check(&self) -> Result<(), String> {
        if self.single_user && !self.listen.ip().is_loopback() {
            return Err("--single-user needs no token, so it listens on loopback only.".to_owned());
        }
        Ok(())
    }

    /// How long a token lives.
    pub(crate) fn token_life(&self) -> Duration {
        Duration::from_secs(u64::from(self.token.life_days) * 86_400)
    }

    /// How long a lost worker or run goes unnoticed.
    pub(crate) fn lease(&self) -> Duration {
        Duration::from_secs(u64::from(self.export.lease_seconds.max(1)))
    }
}

/// The settings that lie in a table of their own.
const TABLES: [&str; 5] = ["token", "price", "export", "upload", "limit"];

/// Sets `export_at_once` as `at_once` in the table `export`.
fn set(table: &mut toml::Table, path: &str, text: String) {
    let number = text.parse().map(toml::Value::Integer);
    let truth = text.parse().map(toml::Value::Boolean);
    let value = number.or(truth).unwrap_or(toml::Value::String(text));
    let within = path.split_once('_').filter(|(first, _)| TABLES.contains(first));
    match within {
        Some((first, rest)) => {
            let inner = table.entry(first).or_insert_with(|| toml::Table::new().into());
            if let Some(inner) = inner.as_table_mut() {
                inner.insert(rest.to_owned(), value);
            }
        }
        None => _ = table.insert(path.to_owned(), value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn the_environment_stands_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("undersong.toml");
        std::fs::write(&file, "single_user = true\n[export]\nat_once = 3\nqueue = 9\n").unwrap();
        let told = [pair("UNDERSONG_SERVE_EXPORT_AT_ONCE", "4"), pair("UNDERSONG_CACHE", "none")];
        let settings = Settings::read(Some(&file), told).unwrap();
        assert_eq!((settings.export.at_once, settings.export.queue, settings.single_user), (4, 9, true));
        assert_eq!(Settings::read(None, []).unwrap(), Settings::default());
    }

    #[test]
    fn what_is_no_setting_is_named() {
        let fault = Settings::read(None, [pair("UNDERSONG_SERVE_COLOUR", "red")]).unwrap_err();
        assert!(fault.contains("colour"), "{fault}");
        let open = Settings { single_user: true, listen: ([0, 0, 0, 0], 1).into(), ..Settings::default() };
        assert!(open.check().unwrap_err().contains("loopback") && Settings::default().check().is_ok());
    }
}
