//! How a command ends when it does not end well.

use std::process::ExitCode;

use serde::Serialize;
use studio::Fault;

use super::output;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Ending {
    /// A job did not get done.
    Fault(Fault),
    /// The arguments make no sense together.
    Usage(String),
    /// What was asked could not be done.
    Failed(String),
    /// Somebody else's server did not do it; its code, and whether another try may go better.
    Refused { message: String, code: u16, retryable: bool },
    /// Somebody wanted to leave; what is left behind.
    Left(String),
    /// The answer could not be written: whoever read it has gone.
    Unheard(std::io::Error),
}

const FAILED: u8 = 1;
const USAGE: u8 = 2;
const BAD_INPUT: u8 = 3;
/// The code of a process that was interrupted.
pub(crate) const INTERRUPTED: u8 = 130;

#[derive(Serialize)]
struct Told<'a> {
    error: Wrong<'a>,
}

#[derive(Serialize)]
struct Wrong<'a> {
    code: u16,
    message: &'a str,
    retryable: bool,
}

impl Ending {
    /// Says why, in a sentence or as JSON, and gives the code to exit with.
    pub(crate) fn tell(&self, json: bool) -> ExitCode {
        let (message, code, retryable) = match self {
            Ending::Fault(fault) => (fault.to_string(), fault.code(), fault.retryable()),
            Ending::Usage(text) => (text.clone(), 400, false),
            Ending::Failed(text) => (text.clone(), 5001, false),
            Ending::Refused { message, code, retryable } => (message.clone(), *code, *retryable),
            Ending::Left(text) => (text.clone(), 4999, true),
            Ending::Unheard(fault) => (format!("The answer could not be written ({fault})."), 5005, false),
        };
        output::complain(&format!("undersong: {message} [{code}]"));
        if json {
            // Nobody is left to hear that this failed, too.
            let _ = output::document(&Told { error: Wrong { code, message: &message, retryable } });
        }
        ExitCode::from(self.exit_code())
    }

    fn exit_code(&self) -> u8 {
        match self {
            Ending::Usage(_) => USAGE,
            Ending::Fault(fault) if fault.is_cancelled() => INTERRUPTED,
            Ending::Left(_) => INTERRUPTED,
            Ending::Fault(fault) if fault.is_bad_input() => BAD_INPUT,
            Ending::Refused { code: 400 | 4001..=4008, .. } => BAD_INPUT,
            Ending::Fault(_) | Ending::Failed(_) | Ending::Refused { .. } | Ending::Unheard(_) => FAILED,
        }
    }
}

impl From<Fault> for Ending {
    fn from(fault: Fault) -> Ending {
        Ending::Fault(fault)
    }
}
