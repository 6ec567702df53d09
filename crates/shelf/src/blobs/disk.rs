//! What happens on the disk, in threads that may wait for it.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::error::{Result, ShelfError};
use crate::secret;

/// Bytes that are read at once.
const CHUNK: usize = 256 << 10;

/// Does work that waits for the disk where it holds nobody up.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(|_| ShelfError::Closed)??)
}

/// Gives a flushed file its place below `root`, and flushes every folder on the way, for a folder holds the names in it.
pub(super) fn publish(from: &Path, root: &Path, key: &str) -> io::Result<()> {
    let to = root.join(key);
    let folder = to.parent().unwrap_or(root);
    fs::create_dir_all(folder)?;
    fs::rename(from, &to)?;
    for folder in folder.ancestors().take_while(|folder| folder.starts_with(root)) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Moves a file to `to`, flushed; its SHA-256 in hexadecimal digits, and its bytes.
pub(super) fn adopt(from: &Path, to: &Path) -> io::Result<(String, u64)> {
    let (mut file, mut hash, mut bytes) = (File::open(from)?, Sha256::new(), 0);
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        hash.update(&chunk[..read]);
        bytes += read as u64;
    }
    match fs::rename(from, to) {
        Ok(()) => file.sync_all()?,
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {
            fs::copy(from, to)?;
            File::open(to)?.sync_all()?;
            fs::remove_file(from)?;
        }
        Err(error) => return Err(error),
    }
    Ok((secret::hex(&hash.finalize()), bytes))
}

/// Removes the files of a folder that nobody has written to since then; how many.
pub(super) fn sweep(folder: &Path, older: Duration) -> io::Result<u64> {
    let mut swept = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // Another may have taken it away in between.
        let Ok(written) = entry.metadata().and_then(|about| about.modified()) else { continue };
        if written.elapsed().is_ok_and(|age| age >= older) && fs::remove_file(entry.path()).is_ok() {
            swept += 1;
        }
    }
    Ok(swept)
}

/// [`sweep`] of a folder and all below it.
pub(super) fn sweep_below(folder: &Path, older: Duration) -> io::Result<u64> {
    let mut swept = sweep(folder, older)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        swept += if path.is_dir() { sweep_below(&path, older)? } else { 0 };
    }
    Ok(swept)
}
