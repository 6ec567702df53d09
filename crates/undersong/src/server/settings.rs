//! What can be set: a flag stands over the environment, that over the file, that over the default.

mod plans;
mod secret;
mod span;
mod storage;
mod terms;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use plans::Plans;
pub(crate) use plans::Rights;
pub(crate) use secret::Address;
use storage::Storage;
use terms::{ExportTerms, Keep, Limits, Prices, TokenTerms, UploadTerms};

/// Every setting of the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// Where it listens.
    pub(crate) listen: SocketAddr,
    /// The folder in which everything is kept.
    pub(crate) folder: PathBuf,
    /// `sqlite:PATH` or `postgres://...`; `None` is SQLite in the folder.
    pub(crate) database: Option<Address>,
    /// A file that holds it.
    pub(crate) database_file: Option<PathBuf>,
    /// A file with the 32 bytes that links are signed with, for several servers of one database; else one in the folder.
    pub(crate) link_key_file: Option<PathBuf>,
    /// How the world reaches it, without a slash at the end; `None` is what the client calls it.
    pub(crate) public_url: Option<String>,
    /// Whether only a proxy reaches it: then who asks is the last address in `X-Forwarded-For`.
    pub(crate) behind_proxy: bool,
    /// Whether requests without a token are the one user's; on loopback only.
    pub(crate) single_user: bool,
    pub(crate) storage: Storage,
    pub(crate) token: TokenTerms,
    pub(crate) price: Prices,
    pub(crate) export: ExportTerms,
    pub(crate) upload: UploadTerms,
    pub(crate) limit: Limits,
    pub(crate) keep: Keep,
    pub(crate) plan: Plans,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            listen: SocketAddr::from(([127, 0, 0, 1], 8787)),
            folder: PathBuf::from("undersong-server"),
            database: None,
            database_file: None,
            link_key_file: None,
            public_url: None,
            behind_proxy: false,
            single_user: false,
            storage: Storage::default(),
            token: TokenTerms::default(),
            price: Prices::default(),
            export: ExportTerms::default(),
            upload: UploadTerms::default(),
            limit: Limits::default(),
            keep: Keep::default(),
            plan: Plans::default(),
        }
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
        let known = serde_json::to_value(Settings::default()).unwrap_or_default();
        for (name, value) in environment {
            if let Some(path) = name.strip_prefix("UNDERSONG_SERVE_") {
                set(&mut table, &known, &path.to_lowercase(), value);
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
        if self.keep.every.duration().is_none() {
            return Err("keep.every must be a span of time.".to_owned());
        }
        self.kept(&self.folder).map(|_| ())
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

/// Sets `export_at_once` as `at_once` in the table `export`, in the kind that its default has.
fn set(table: &mut toml::Table, known: &Value, path: &str, text: String) {
    let within = |(name, inner): (&String, &Value)| {
        let rest = path.strip_prefix(name.as_str())?.strip_prefix('_')?;
        inner.is_object().then(|| (name.clone(), inner.clone(), rest.to_owned()))
    };
    if let Some((name, known, rest)) = known.as_object().and_then(|names| names.iter().find_map(within)) {
        let inner = table.entry(name).or_insert_with(|| toml::Table::new().into());
        if let Some(inner) = inner.as_table_mut() {
            set(inner, &known, &rest, text);
        }
        return;
    }
    let like = known.get(path).unwrap_or(&Value::Null);
    table.insert(path.to_owned(), value(like, path, text));
}

/// A text in the kind of a default. What has none may be a number (`plan.pro.credits`) or a text of digits (a key):
/// then the name decides.
fn value(like: &Value, name: &str, text: String) -> toml::Value {
    let number = || text.parse().map(toml::Value::Integer);
    let truth = || text.parse().map(toml::Value::Boolean);
    match like {
        Value::Number(_) => number().unwrap_or(toml::Value::String(text)),
        Value::Bool(_) => truth().unwrap_or(toml::Value::String(text)),
        Value::Array(_) => toml::Value::Array(text.split(',').map(|one| one.trim().into()).collect()),
        Value::Null if COUNTED.contains(&name) => number().unwrap_or(toml::Value::String(text)),
        Value::Null if name == "attribution" => truth().unwrap_or(toml::Value::String(text)),
        _ => toml::Value::String(text),
    }
}

/// Numbers that plans may leave out.
const COUNTED: [&str; 5] = ["megabytes", "account_megabytes", "exports", "requests_per_minute", "credits"];
