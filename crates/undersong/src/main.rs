//! The command line: reads arguments, runs a command, and ends with a code that scripts can rely on.

mod chat;
mod cli;
mod free_name;
mod lock;
mod mcp;
mod server;
mod tls;
mod views;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
