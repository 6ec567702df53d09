//! Finds the programs that open and write films, and makes sure that they are locked in.

use std::path::Path;

use ffmpeg::Tools;

use crate::Fault;

/// The programs, after a proof of the box they run in: some milliseconds, so every job asks for it anew, in
/// its own folder.
///
/// # Errors
/// A [`Fault`] where a program is missing or the system cannot lock it in.
pub(crate) fn boxed(job: &Path) -> Result<Tools, Fault> {
    let tools = Tools::find()?;
    tools.insist_on_box(job)?;
    Ok(tools)
}
