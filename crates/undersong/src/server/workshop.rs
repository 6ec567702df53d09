//! What goes on behind the doors: files are taken in and watched, words are read, films are made.

pub(crate) mod document;
pub(crate) mod fetching;
pub(crate) mod films;
pub(crate) mod intake;
pub(crate) mod keeping;
pub(crate) mod onlooker;
pub(crate) mod preview;
pub(crate) mod rendering;
pub(crate) mod resuming;
pub(crate) mod telling;
pub(crate) mod turning;
pub(crate) mod watching;
pub(crate) mod working;

use studio::Fault;

use super::dialect::errors::Problem;

/// What the studio says went wrong, as this door tells it: without the names of files, which are ours and say nothing.
pub(crate) fn problem(fault: &Fault) -> Problem {
    let said = || fault.to_string();
    match fault.code() {
        4001 => Problem::Unsupported(first_clause(&said())),
        4003 => Problem::Unreadable(said()),
        4002 | 4004 => Problem::OverLimit(said()),
        4007 => Problem::NoStream(said()),
        400 => Problem::Malformed(said()),
        5001 => Problem::Failed(said()),
        5002 => Problem::TimedOut(said()),
        code => {
            tracing::error!(code, "the studio failed");
            Problem::Failed("The work could not be done here; nothing was lost.".to_owned())
        }
    }
}

/// "This is a text file, which cannot be scored; please ..." without the advice: the table has its own.
fn first_clause(said: &str) -> String {
    let clause = said.split([',', ';']).next().unwrap_or_default();
    format!("{}.", clause.trim_end_matches('.'))
}

/// Runs work that takes a thread for itself.
///
/// # Errors
/// A word where the work panicked.
pub(crate) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Problem::Failed("Something failed that should not.".to_owned()))
}
