//! Lists the genre files, so that adding a genre touches one file.
#![allow(clippy::disallowed_methods, reason = "a build script may look at files; the room it builds may not")]

use std::path::Path;
use std::{env, error, fs};

fn main() -> Result<(), Box<dyn error::Error>> {
    println!("cargo::rerun-if-changed=genres");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("genres");
    let mut rows = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            rows.push(format!("    ({id:?}, include_str!({:?})),\n", path.display().to_string()));
        }
    }
    rows.sort();
    let list = format!("&[\n{}]\n", rows.concat());
    fs::write(Path::new(&env::var("OUT_DIR")?).join("genres.rs"), list)?;
    Ok(())
}
