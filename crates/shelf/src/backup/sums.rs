//! `SHA256SUMS`: every file of a copy with its hash, as `sha256sum -c` reads it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::secret;

/// Its name in a copy.
const NAME: &str = "SHA256SUMS";
/// Bytes that are read at once.
const CHUNK: usize = 1 << 20;

/// The files of a copy, by their paths in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    files: BTreeMap<String, String>,
    bytes: u64,
}

impl Sums {
    /// Reads every file below a folder.
    pub(super) fn of(folder: &Path) -> io::Result<Self> {
        let mut sums = Self::default();
        sums.add(folder, "")?;
        Ok(sums)
    }

    fn add(&mut self, folder: &Path, before: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name =
                entry.file_name().into_string().map_err(|_| io::Error::other("a name that is no text"))?;
            let path = format!("{before}{name}");
            if entry.file_type()?.is_dir() {
                self.add(&entry.path(), &format!("{path}/"))?;
            } else if path != NAME {
                let (sha256, bytes) = hashed(&entry.path())?;
                self.bytes += bytes;
                self.files.insert(path, sha256);
            }
        }
        // A folder holds the names in it.
        File::open(folder)?.sync_all()
    }

    /// Reads the list of a copy.
    pub(super) fn read(folder: &Path) -> io::Result<Self> {
        let text = fs::read_to_string(folder.join(NAME))?;
        let line =
            |line: &str| line.split_once("  ").map(|(sha256, path)| (path.to_owned(), sha256.to_owned()));
        let files: Option<_> = text.lines().map(line).collect();
        let files = files.ok_or_else(|| io::Error::other(format!("{NAME} cannot be read")))?;
        Ok(Self { files, bytes: 0 })
    }

    /// Writes the list into the folder, flushed.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let mut list = File::create(folder.join(NAME))?;
        for (path, sha256) in &self.files {
            writeln!(list, "{sha256}  {path}")?;
        }
        list.sync_all()?;
        File::open(folder)?.sync_all()
    }

    /// The hash of a file.
    pub(super) fn hash(&self, path: &str) -> Option<&String> {
        self.files.get(path)
    }

    /// Paths and hashes, in order.
    pub(super) fn files(&self) -> impl Iterator<Item = (&String, &String)> {
        self.files.iter()
    }

    /// Bytes of all files that were read.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// SHA-256 of a file in hexadecimal digits, and its bytes.
fn hashed(path: &Path) -> io::Result<(String, u64)> {
    let (mut file, mut hash, mut bytes) = (File::open(path)?, Sha256::new(), 0);
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok((secret::hex(&hash.finalize()), bytes));
        }
        hash.update(&chunk[..read]);
        bytes += read as u64;
    }
}
