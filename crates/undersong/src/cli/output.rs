//! Writes answers: text or one JSON document on standard output, complaints on standard error.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::ending::Ending;
use super::stopping::unless_asked;

/// Writes one JSON document and a newline.
pub(crate) fn document(value: &impl Serialize) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    out.flush()
}

/// Writes text.
pub(crate) fn text(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Copies a file to standard output.
pub(crate) fn pour(path: &Path) -> Result<(), Ending> {
    let mut file = File::open(path)?;
    unless_asked(move || {
        let mut out = io::stdout().lock();
        io::copy(&mut file, &mut out)?;
        out.flush()
    })
}

/// Says something on standard error; if nobody listens there, nothing can be done about it.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether a path stands for standard input or output.
pub(crate) fn is_dash(path: &Path) -> bool {
    path == Path::new("-")
}
