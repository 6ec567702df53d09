//! Where the test films lie, and how a test says that it cannot run here.

use std::path::{Path, PathBuf};

use ffmpeg::{Film, Tools};
use sound::Silent;

/// The tools, or a printed reason to skip; on a build machine a missing tool is a failure.
pub(crate) fn tools() -> Option<Tools> {
    match Tools::find() {
        Ok(tools) => Some(tools),
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "{error}");
            println!("skipped: {error}");
            None
        }
    }
}

/// The folder of test films, which is not part of the repository.
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/media");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no test films in {}", folder.display());
    None
}

/// Opens one of the test films.
pub(crate) fn open(tools: &Tools, folder: &Path, name: &str) -> Film {
    tools.open(&folder.join(name), &Silent).unwrap_or_else(|error| panic!("{name}: {error}"))
}
