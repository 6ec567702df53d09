//! Writes answers: text or one JSON document on standard output, complaints on standard error.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use studio::Fault;

use super::ending::Ending;
use super::stopping::unless_asked;

/// Writes one JSON document and a newline.
pub(crate) fn document(value: &impl Serialize) -> Result<(), Ending> {
    let mut json = serde_json::to_string_pretty(value).map_err(|fault| Ending::Unheard(fault.into()))?;
    json.push('\n');
    text(&json)
}

/// Writes text.
pub(crate) fn text(text: &str) -> Result<(), Ending> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Ending::Unheard)
}

/// Copies a file to standard output.
pub(crate) fn pour(path: &Path) -> Result<(), Ending> {
    let unread = |source| Fault::File { done: "read", path: path.to_owned(), source };
    let mut file = File::open(path).map_err(unread)?;
    let poured = unless_asked(move || {
        let mut out = io::stdout().lock();
        io::copy(&mut file, &mut out)?;
        out.flush()
    })?;
    poured.map_err(Ending::Unheard)
}

/// Says something on standard error; if nobody listens there, nothing can be done about it.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether a path stands for standard input or output.
pub(crate) fn is_dash(path: &Path) -> bool {
    path == Path::new("-")
}

/// Refuses a name that promises another kind of file than will be written; a name without an ending promises nothing.
pub(crate) fn promises(path: Option<&Path>, kinds: &[&str]) -> Result<(), Ending> {
    let ending = path.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    match (path, ending) {
        (Some(path), Some(ending))
            if MEDIA.contains(&ending.as_str()) && !kinds.contains(&ending.as_str()) =>
        {
            let (name, kind) = (path.display(), kinds[0]);
            Err(Ending::Usage(format!(
                "{name} would hold a {kind} file; please give it a name that ends in .{kind}."
            )))
        }
        _ => Ok(()),
    }
}

/// Endings that promise a kind of media.
const MEDIA: [&str; 28] = [
    "mp4", "m4v", "mov", "avi", "webm", "mkv", "gif", "wav", "mp3", "flac", "aac", "m4a", "ogg", "opus",
    "mid", "midi", "nsf", "otio", "png", "jpg", "jpeg", "webp", "bmp", "tif", "tiff", "svg", "pdf", "html",
];
