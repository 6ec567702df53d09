//! The private folder of a job, gone with the job.

use std::path::Path;

use tempfile::TempDir;

use crate::Fault;
use crate::places::folder;

/// A new folder that nobody else reads, beside a result of the job: a film's sound takes gigabytes by the hour, and the
/// folder for what is temporary lies in memory on many systems. Without a result it lies there nevertheless.
///
/// # Errors
/// [`Fault::File`] where no folder can be made.
pub fn private(beside: Option<&Path>) -> Result<TempDir, Fault> {
    let place = beside.map_or_else(std::env::temp_dir, |result| folder(result).to_owned());
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o700));
    }
    let plain = |fault: std::io::Error| Fault::file("made", &place)(fault.kind().into());
    builder.prefix(".undersong-").tempdir_in(&place).map_err(plain)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_job_works_beside_its_result_where_nobody_else_looks() {
        let place = tempfile::tempdir().unwrap();
        let job = private(Some(&place.path().join("out.mp4"))).unwrap();
        assert_eq!(job.path().parent(), Some(place.path()));
        assert_eq!(job.path().metadata().unwrap().permissions().mode() & 0o777, 0o700);
        drop(job);
        assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0);
        let fault = private(Some(Path::new("/nowhere/out.mp4"))).unwrap_err();
        assert!(
            fault.to_string().contains("/nowhere") && !fault.to_string().contains(".undersong"),
            "{fault}"
        );
    }
}
