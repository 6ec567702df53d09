//! How much is free on the disk that everything passes through.

use std::time::Duration;

use super::dialect::errors::Problem;
use super::house::House;

/// How long to wait where the disk is full.
const RETRY: Duration = Duration::from_secs(60);

/// That so many bytes may come and the disk still has what is to stay free.
///
/// # Errors
/// [`Problem::Busy`]; a system that does not say how much is free is not asked again before the disk is full.
pub(crate) fn room(house: &House, bytes: u64) -> Result<(), Problem> {
    let kept = house.settings.upload.keep_free_megabytes.saturating_mul(1_000_000);
    let Ok(disk) = rustix::fs::statvfs(&house.folder) else { return Ok(()) };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free < kept.saturating_add(bytes) {
        tracing::warn!(free, "the disk is nearly full");
        return Err(Problem::Busy(RETRY));
    }
    Ok(())
}
