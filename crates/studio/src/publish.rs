//! Publishing: a file appears under its name only when it is whole.

use std::fs::{File, Permissions};
use std::io::Write;
use std::path::Path;

use tempfile::NamedTempFile;

use crate::Fault;

/// A hidden file beside `path`, gone again unless it is published.
pub(crate) fn hidden(path: &Path) -> Result<NamedTempFile, Fault> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the user's mask takes away what it takes away.
        builder.permissions(Permissions::from_mode(0o666));
    }
    builder.prefix(".undersong-").tempfile_in(folder(path)).map_err(Fault::file("written", path))
}

/// Gives a finished hidden file its name, for good: its bytes and its name reach the disk.
pub(crate) fn publish(hidden: NamedTempFile, path: &Path) -> Result<(), Fault> {
    hidden.as_file().sync_all().map_err(Fault::file("written", path))?;
    hidden.persist(path).map_err(|fault| Fault::file("written", path)(fault.error))?;
    if let Ok(folder) = File::open(folder(path)) {
        // Some file systems cannot flush a folder; the file itself is safe.
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Writes a whole file.
///
/// # Errors
/// [`Fault::File`]; the old file, if there was one, is still there then.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let mut hidden = hidden(path)?;
    hidden.write_all(bytes).map_err(Fault::file("written", path))?;
    publish(hidden, path)
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
