//! What happens on the disk, in threads that may wait for it.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use crate::error::{Result, ShelfError};
use crate::secret;

/// Bytes that are read at once.
const CHUNK: usize = 256 << 10;

/// Does work that waits for the disk where it holds nobody up.
pub(crate) async fn blocking<T: Send + 'static>(
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

/// Removes files and folders of a folder in which nobody has written anything since then, each as a whole; how many.
pub(super) fn sweep_whole(folder: &Path, older: Duration) -> io::Result<u64> {
    let mut swept = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        // What cannot be looked at, or is written to right now, is left for the next time.
        if !idle(&path, older).unwrap_or(false) {
            continue;
        }
        let gone = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        swept += u64::from(gone.is_ok());
    }
    Ok(swept)
}

/// Whether nothing at or below a path was written since then.
fn idle(path: &Path, older: Duration) -> io::Result<bool> {
    let about = fs::symlink_metadata(path)?;
    if about.modified()?.elapsed().is_ok_and(|age| age < older) {
        return Ok(false);
    }
    if about.is_dir() {
        for entry in fs::read_dir(path)? {
            if !idle(&entry?.path(), older)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Whether there is such a file; if so it was used now, for who looks how old it is.
pub(super) async fn touched(path: PathBuf) -> Result<bool> {
    blocking(move || match File::options().append(true).open(&path) {
        Ok(file) => file.set_modified(SystemTime::now()).map(|()| true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    })
    .await
}
