//! Why a tool did not do what it was asked: a code, and a sentence that says what to do.

use studio::Fault;

use crate::free_name::NotGiven;

/// The code of what was called off.
pub(crate) const CANCELLED: u16 = 4999;

/// A refusal; the codes are those of every other door.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) code: u16,
    pub(crate) message: String,
    pub(crate) retryable: bool,
}

impl Refusal {
    /// What was asked makes no sense.
    pub(crate) fn malformed(message: impl Into<String>) -> Refusal {
        Refusal { code: 400, message: message.into(), retryable: false }
    }

    /// There is no such film, job or piece.
    pub(crate) fn absent(message: impl Into<String>) -> Refusal {
        Refusal { code: 404, message: message.into(), retryable: false }
    }

    /// Work that should not fail did.
    pub(crate) fn broken() -> Refusal {
        let message = "The work could not be done here; please try again.".to_owned();
        Refusal { code: 5001, message, retryable: true }
    }

    /// Somebody called it off.
    pub(crate) fn cancelled() -> Refusal {
        Fault::Cancelled.into()
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Refusal {
        Refusal { code: fault.code(), message: fault.to_string(), retryable: fault.retryable() }
    }
}

impl From<NotGiven> for Refusal {
    fn from(why: NotGiven) -> Refusal {
        match why {
            NotGiven::Taken(_) => Refusal::malformed(why.sentence()),
            NotGiven::Fault(fault) => fault.into(),
        }
    }
}
