//! What the program remembers of a server: who it is there, and which conversations it had.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::trouble::Trouble;

/// As many conversations are remembered.
const MOST: usize = 50;

/// The memory of one server, in a file that only its user can read.
#[derive(Debug)]
pub(crate) struct Kept {
    path: PathBuf,
    pub(crate) known: Known,
}

/// What is remembered.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Known {
    pub(crate) client: Option<String>,
    pub(crate) token: Option<String>,
    pub(crate) user: Option<String>,
    /// The newest is the last.
    pub(crate) talks: Vec<Talk>,
}

/// A conversation about a film.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(default)]
pub(crate) struct Talk {
    pub(crate) session: String,
    /// What it is about, as people know it.
    pub(crate) name: String,
    /// Where the film lies, if it lies here.
    pub(crate) film: Option<PathBuf>,
    /// An export that nobody has fetched.
    pub(crate) export: Option<String>,
    /// Seconds since 1970.
    pub(crate) at: u64,
}

impl Kept {
    /// The memory of a server, in a folder; empty where there is none that can be read.
    pub(crate) fn open(folder: &Path, base: &str) -> Kept {
        let name: String =
            base.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
        let path = folder.join(format!("{name}.json"));
        let known = read(&path);
        Kept { path, known }
    }

    /// The folder of this user: `undersong/chat` below that for configuration.
    pub(crate) fn folder() -> Option<PathBuf> {
        let configured =
            std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let folder = configured.or_else(|| Some(std::env::home_dir()?.join(".config")))?;
        Some(folder.join("undersong").join("chat"))
    }

    /// Writes it down, whole or not at all.
    pub(crate) fn save(&self) -> Result<(), Trouble> {
        let wrong = |why: std::io::Error| {
            Trouble::File(format!("{} could not be written ({why}).", self.path.display()))
        };
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(wrong)?;
        // A temporary file is readable by its user alone.
        let mut file = NamedTempFile::new_in(folder).map_err(wrong)?;
        let text = serde_json::to_vec_pretty(&self.known).map_err(|why| wrong(why.into()))?;
        file.write_all(&text).map_err(wrong)?;
        file.persist(&self.path).map_err(|why| wrong(why.error))?;
        Ok(())
    }

    /// Remembers a conversation as it is now, as the newest.
    pub(crate) fn remember(&mut self, talk: Talk) -> Result<(), Trouble> {
        // Another conversation may have been remembered meanwhile.
        self.known.talks = read(&self.path).talks;
        self.known.talks.retain(|other| other.session != talk.session);
        self.known.talks.push(Talk { at: now(), ..talk });
        let surplus = self.known.talks.len().saturating_sub(MOST);
        self.known.talks.drain(..surplus);
        self.save()
    }
}

fn read(path: &Path) -> Known {
    fs::read(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn the_memory_is_its_users_alone() {
        use std::os::unix::fs::PermissionsExt;

        let place = tempfile::tempdir().unwrap();
        let mut kept = Kept::open(&place.path().join("chat"), "http://127.0.0.1:8787");
        kept.known.token = Some("nmv_usr_secret".to_owned());
        kept.remember(Talk { session: "1".to_owned(), ..Talk::default() }).unwrap();
        kept.remember(Talk { session: "2".to_owned(), ..Talk::default() }).unwrap();
        kept.remember(Talk { session: "1".to_owned(), export: Some("r".to_owned()), ..Talk::default() })
            .unwrap();
        assert_eq!(fs::metadata(&kept.path).unwrap().permissions().mode() & 0o777, 0o600);
        let again = Kept::open(&place.path().join("chat"), "http://127.0.0.1:8787");
        assert_eq!(again.known.token.as_deref(), Some("nmv_usr_secret"));
        let sessions: Vec<(&str, Option<&str>)> =
            again.known.talks.iter().map(|talk| (talk.session.as_str(), talk.export.as_deref())).collect();
        assert_eq!(sessions, [("2", None), ("1", Some("r"))]);
    }
}
