//! What may keep the program from doing what it was asked.

use std::time::Duration;

use serde_json::Value;

/// Why something was not done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Trouble {
    /// The server said no.
    Refused(Box<Refusal>),
    /// Nobody answers at that address; what the connection said.
    Unreachable(String),
    /// The connection broke off: nobody knows what the server has heard.
    Cut(String),
    /// The answer was none that the dialect knows.
    Unreadable,
    /// A file on this machine could not be read or written; the sentence that says so.
    File(String),
    /// The server took longer than anybody waits.
    Late,
    /// Somebody pressed Ctrl-C.
    Stopped,
}

/// A refusal of the server, as its envelope tells it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) code: i64,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    pub(crate) data: Value,
    /// How long the server wants to be left alone.
    pub(crate) wait: Option<Duration>,
}

/// The codes that are answered with more than their message.
pub(crate) mod code {
    pub(crate) const NO_CLIENT: i64 = 400;
    pub(crate) const PLAN: i64 = 402;
    pub(crate) const TOO_OFTEN: i64 = 429;
    pub(crate) const TOKEN: i64 = 1001;
    pub(crate) const SESSION: i64 = 1002;
    pub(crate) const CREDITS: i64 = 2001;
    pub(crate) const KIND: i64 = 4001;
    pub(crate) const SIZE: i64 = 4002;
}

impl Refusal {
    /// Reads an answer: `None` where it is none of refusal. What has no code of its own has that of HTTP.
    pub(crate) fn of(status: u16, body: &Value, wait: Option<Duration>) -> Option<Refusal> {
        let told = body["code"].as_i64().filter(|code| *code != 0);
        let code = told.or_else(|| (status >= 400).then_some(i64::from(status)))?;
        let text = |key: &str| body[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let message = text("message").or_else(|| text("detail")).unwrap_or_default();
        Some(Refusal { code, message, hint: text("hint"), data: body["data"].clone(), wait })
    }

    /// Reads what an event of a stream says went wrong.
    pub(crate) fn told(code: &str, message: &str) -> Refusal {
        let code = code.parse().unwrap_or(500);
        Refusal { code, message: message.to_owned(), hint: None, data: Value::Null, wait: None }
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Trouble {
        Trouble::Refused(Box::new(refusal))
    }
}

impl Trouble {
    /// The server's refusal, where it is one with this code.
    pub(crate) fn refused(&self, code: i64) -> Option<&Refusal> {
        match self {
            Trouble::Refused(refusal) if refusal.code == code => Some(refusal),
            _ => None,
        }
    }

    /// Whether another try may go better.
    pub(crate) fn is_passing(&self) -> bool {
        matches!(self.code(), 429 | 503 | 504 | 4009 | 5001..=5003)
    }

    /// The code that scripts read.
    pub(crate) fn code(&self) -> u16 {
        match self {
            Trouble::Refused(refusal) => refusal.code.try_into().unwrap_or(500),
            Trouble::Unreachable(_) | Trouble::Cut(_) | Trouble::Unreadable => 503,
            Trouble::File(_) => 4003,
            Trouble::Late => 504,
            Trouble::Stopped => 130,
        }
    }
}
