//! Where things are kept: the database and the blobs, in the folder or beyond this machine.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use shelf::{Bucket, Store};

use super::Settings;
use super::secret::{Address, Secret};

/// Where films, songs and exports are kept; without a bucket in the folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Storage {
    /// The bucket of a store that speaks S3; `None` keeps everything in the folder.
    pub(crate) bucket: Option<String>,
    /// Where the store is asked for, such as `https://s3.example.org`.
    pub(crate) endpoint: String,
    pub(crate) region: String,
    /// What stands before every key.
    pub(crate) prefix: String,
    /// Whether the bucket is the first part of the path; else of the host's name.
    pub(crate) path_style: bool,
    pub(crate) access_key: Option<Secret>,
    /// A file that holds it.
    pub(crate) access_key_file: Option<PathBuf>,
    pub(crate) secret_key: Option<Secret>,
    /// A file that holds it.
    pub(crate) secret_key_file: Option<PathBuf>,
}

impl Default for Storage {
    fn default() -> Storage {
        Storage {
            bucket: None,
            endpoint: String::new(),
            region: "us-east-1".to_owned(),
            prefix: String::new(),
            path_style: true,
            access_key: None,
            access_key_file: None,
            secret_key: None,
            secret_key_file: None,
        }
    }
}

impl Settings {
    /// What the shelf opens; `folder` is the whole path of the server's folder.
    ///
    /// # Errors
    /// A sentence that names what is missing, contradicts itself or cannot be read.
    pub(crate) fn kept(&self, folder: &Path) -> Result<shelf::Settings, String> {
        let mut kept = shelf::Settings::local(folder);
        if let Some(database) = self.database()? {
            kept.database = database.told().to_owned();
        }
        kept.readers = self.limit.connections;
        if let Some(bucket) = self.storage.bucket(folder)? {
            kept.blobs = Store::Bucket(bucket);
        }
        Ok(kept)
    }

    /// The database that is named, by itself or by a file.
    fn database(&self) -> Result<Option<Address>, String> {
        let named = self.database.clone().map(|address| Secret::from(address.told()));
        Ok(one("database", named.as_ref(), self.database_file.as_deref())?.map(Address::from))
    }

    /// Whether all of it is on this machine: SQLite, and blobs in a folder.
    pub(crate) fn is_near(&self) -> Result<bool, String> {
        let near = self.database()?.is_none_or(|address| address.told().starts_with("sqlite:"));
        Ok(near && self.storage.bucket.is_none())
    }
}

impl Storage {
    fn bucket(&self, folder: &Path) -> Result<Option<Bucket>, String> {
        let Some(name) = self.bucket.clone() else { return Ok(None) };
        let needed = |name: &str, said: Option<Secret>| {
            let said = said.map(|secret| secret.told().to_owned()).filter(|text| !text.is_empty());
            said.ok_or_else(|| {
                format!("storage.{name} is needed for a bucket; name it, or storage.{name}_file.")
            })
        };
        if self.endpoint.is_empty() {
            return Err("storage.endpoint is needed for a bucket.".to_owned());
        }
        let access = one("storage.access_key", self.access_key.as_ref(), self.access_key_file.as_deref())?;
        let secret = one("storage.secret_key", self.secret_key.as_ref(), self.secret_key_file.as_deref())?;
        Ok(Some(Bucket {
            name,
            endpoint: self.endpoint.clone(),
            path_style: self.path_style,
            prefix: self.prefix.clone(),
            region: self.region.clone(),
            access_key: needed("access_key", access)?,
            secret_key: needed("secret_key", secret)?,
            folder: folder.join("blobs"),
        }))
    }
}

/// A secret that stands in the settings or in a file, but not in both.
fn one(name: &str, said: Option<&Secret>, file: Option<&Path>) -> Result<Option<Secret>, String> {
    match (said, file) {
        (Some(_), Some(_)) => Err(format!("{name} and {name}_file are both set; please keep one.")),
        (Some(said), None) => Ok(Some(said.clone())),
        (None, Some(file)) => Secret::kept(file).map(Some),
        (None, None) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Settings {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn everything_is_in_the_folder_where_nobody_says() {
        let kept = Settings::default().kept(Path::new("/srv/u")).unwrap();
        assert_eq!(kept.database, "sqlite:/srv/u/undersong.db");
        assert!(matches!(kept.blobs, Store::Folder(folder) if folder == Path::new("/srv/u/blobs")));
        assert!(Settings::default().is_near().unwrap());
    }

    #[test]
    fn secrets_come_from_files() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "s3cret\n").unwrap();
        let bucket =
            "[storage]\nbucket = \"films\"\nendpoint = \"https://s3.example.org\"\naccess_key = \"who\"\n";
        let settings = read(&format!("{bucket}secret_key_file = {file:?}\n"));
        let Store::Bucket(found) = settings.kept(folder.path()).unwrap().blobs else { panic!("no bucket") };
        assert_eq!((found.access_key.as_str(), found.secret_key.as_str()), ("who", "s3cret"));
        assert!(!settings.is_near().unwrap());
        let both = read(&format!("{bucket}secret_key = \"other\"\nsecret_key_file = {file:?}\n"));
        assert!(both.kept(folder.path()).unwrap_err().contains("storage.secret_key_file"));
        let none = read(bucket).kept(folder.path()).unwrap_err();
        assert!(none.contains("storage.secret_key "), "{none}");
        std::fs::write(&file, "postgres://who:pass@host/name\n").unwrap();
        let settings = read(&format!("database_file = {file:?}\n"));
        assert_eq!(settings.kept(folder.path()).unwrap().database, "postgres://who:pass@host/name");
        assert!(!settings.is_near().unwrap());
        let gone = read("database_file = \"/nowhere\"\n").kept(folder.path()).unwrap_err();
        assert!(gone.starts_with("/nowhere"), "{gone}");
    }
}
