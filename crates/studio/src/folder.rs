//! The private folder of a job, gone with the job.

use tempfile::TempDir;

use crate::Fault;

/// A new folder that nobody else reads.
pub(crate) fn job() -> Result<TempDir, Fault> {
    tempfile::Builder::new()
        .prefix("undersong-")
        .tempdir()
        .map_err(Fault::file("made", &std::env::temp_dir()))
}
