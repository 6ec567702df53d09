//! What may go wrong with a language model, in words without any of its own.

use std::time::Duration;

use thiserror::Error;

/// Why no edits came from a language model. The text is a clause for a sentence; nothing of what the server said, of the
/// key or of the request stands in it.
#[derive(Debug, Error)]
pub enum ModelError {
    /// The settings make no sense.
    #[error("{0}")]
    Settings(&'static str),
    /// It took longer than it may.
    #[error("the language model did not answer within {} s", .0.as_secs_f64())]
    Slow(Duration),
    /// Nobody answers there.
    #[error("the language model's server could not be reached")]
    Unreachable,
    /// The server says no.
    #[error("the language model's server refused (HTTP {0})")]
    Refused(u16),
    /// The answer is longer than any answer need be.
    #[error("the language model's answer was too long")]
    TooLong,
    /// The answer is none that can be read.
    #[error("the language model's answer could not be read")]
    Unreadable,
    /// It answered without edits.
    #[error("the language model had no edits for it")]
    NoEdits,
    /// The edits have a form that is not allowed.
    #[error("the language model's edits were not valid")]
    Invalid,
    /// The job was asked to stop.
    #[error("the work was stopped on request")]
    Cancelled,
    /// The machine has no room for the connection.
    #[error("the connection to the language model could not be prepared")]
    Machine(#[from] std::io::Error),
}
