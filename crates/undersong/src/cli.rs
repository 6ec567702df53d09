//! The commands, what they share, and how they end.

mod add;
mod admin;
mod answer;
mod arguments;
mod chat;
mod compose;
mod cue_view;
mod edit;
mod ending;
mod export;
pub(crate) mod film;
pub(crate) mod genres;
mod handwritten;
mod inputs;
mod manual;
mod mcp;
mod model;
mod onlooker;
mod output;
mod place;
mod serve;
mod skill;
pub(crate) mod stopping;
mod values;
mod watch;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use ending::Ending;

/// Runs the command that the arguments ask for.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    stopping::listen();
    let json = arguments.command.wants_json();
    let done = match &arguments.command {
        Command::Add(wanted) => add::run(wanted),
        Command::Edit(wanted) => edit::run(wanted),
        Command::Export(wanted) => export::run(wanted),
        Command::Watch(wanted) => watch::run(wanted),
        Command::Compose(wanted) => compose::run(wanted),
        Command::Genres(wanted) => genres::run(wanted),
        Command::Serve(wanted) => serve::run(wanted),
        Command::Config(wanted) => serve::config(wanted),
        Command::Admin(wanted) => admin::run(wanted),
        Command::Chat(wanted) => chat::run(wanted),
        Command::Skill(wanted) => skill::run(wanted),
        Command::Completions(wanted) => manual::completions(wanted),
        Command::Man(wanted) => manual::pages(wanted),
        Command::Mcp(wanted) => mcp::run(wanted),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(ending) => ending.tell(json),
    }
}

/// What a command gives back.
type Done = Result<(), Ending>;
