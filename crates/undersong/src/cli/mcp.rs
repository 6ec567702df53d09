//! `undersong mcp`: tools for assistants, on standard input and output.

use std::path::PathBuf;

use clap::Args;
use tracing_subscriber::filter::LevelFilter;

use super::ending::Ending;
use super::{Done, model};
use crate::mcp::local::folders::Folders;

#[derive(Debug, Args)]
pub(crate) struct Mcp {
    /// Read films from this folder and write them there; may be given several times [default: the current folder]
    #[arg(long, value_name = "DIR")]
    folder: Vec<PathBuf>,
}

/// Serves one client until it leaves.
pub(crate) fn run(wanted: &Mcp) -> Done {
    let here = [PathBuf::from(".")];
    let named = if wanted.folder.is_empty() { &here[..] } else { &wanted.folder };
    let folders = Folders::new(named).map_err(Ending::Usage)?;
    let model = model::named()?;
    // Standard output belongs to the protocol.
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_writer(std::io::stderr)
        .with_max_level(LevelFilter::WARN)
        .try_init();
    crate::mcp::run(folders, model).map_err(Ending::Failed)
}
