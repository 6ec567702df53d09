//! `undersong completions` and `undersong man`: the arguments, as shells and manuals want them.

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};
use studio::Fault;

use super::arguments::Arguments;
use super::ending::Ending;
use super::{Done, output};

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Write the page of every command into this folder
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

/// Prints the completions for a shell.
pub(crate) fn completions(wanted: &Completions) -> Done {
    let mut script = Vec::new();
    generate(wanted.shell, &mut Arguments::command(), "undersong", &mut script);
    output::text(&String::from_utf8_lossy(&script))
}

/// Prints the page of the program, or writes all pages.
pub(crate) fn pages(wanted: &Man) -> Done {
    let command = Arguments::command();
    let Some(folder) = &wanted.to else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page).map_err(Ending::Unheard)?;
        return output::text(&String::from_utf8_lossy(&page));
    };
    let wrong = |source: io::Error| Fault::File { done: "written", path: folder.clone(), source };
    fs::create_dir_all(folder).map_err(wrong)?;
    clap_mangen::generate_to(command, folder).map_err(wrong)?;
    output::text(&format!("Written: {}\n", folder.display()))
}
