//! The commands, what they share, and how they end.

mod arguments;
mod compose;
mod cue_view;
mod ending;
mod genres;
mod onlooker;
mod output;
mod values;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use ending::Ending;

/// Runs the command that the arguments ask for.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let json = arguments.command.wants_json();
    let done = match &arguments.command {
        Command::Compose(wanted) => compose::run(wanted),
        Command::Genres(wanted) => genres::run(wanted),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(ending) => ending.tell(json),
    }
}

/// What a command gives back.
type Done = Result<(), Ending>;
