//! What may go wrong at this door, and how it is told.

pub(crate) mod refusal;
mod table;
#[cfg(test)]
mod tests;

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use table::Row;

/// Why a request is not answered as it hoped.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Problem {
    /// `X-Client-Id` is missing or no identifier.
    NoClientId,
    /// The body or a field of it; the sentence names which.
    Malformed(String),
    /// The plan does not allow exports like this.
    PlanBlocked,
    /// Too many of these in a while.
    TooOften(Duration),
    /// Too many of these of one account at the same time: "streams", "exports".
    TooMany(&'static str, Duration),
    /// No token, or one that does not count.
    BadToken,
    /// An e-mail address and a password that do not belong together.
    BadPassword,
    /// No such session for this caller.
    NoSession,
    /// Nothing else of that name for this caller: "export", "file", "page".
    NotThere(&'static str),
    /// A film that was made and thrown away after its time.
    Expired,
    /// The route exists, the method does not.
    WrongMethod,
    /// Nothing left to pay with.
    NoCredits { user: String, register: String },
    /// A file of no kind that is taken; says what it is.
    Unsupported(String),
    /// A file beyond the limit, in megabytes.
    TooLarge(u64),
    /// A file that cannot be read.
    Unreadable(String),
    /// A file with too much of something.
    OverLimit(String),
    /// An address that is not fetched from.
    BadAddress(String),
    /// An address that gave nothing.
    NotFetched(String),
    /// A file without a stream that is of use.
    NoStream(String),
    /// Something else is going on in this session.
    Occupied(&'static str),
    /// What was changed is no longer what stands.
    Stale,
    /// An upload has so many bytes, and not those that were spoken of.
    Elsewhere(u64),
    /// The same key came with another body.
    OtherBody,
    /// Work failed that should not.
    Failed(String),
    /// Work took too long.
    TimedOut(String),
    /// Too much to do; try again after so long.
    Busy(Duration),
}

/// A refusal. Its `code` says more than the status; the same `code` stands for the same thing for ever.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Refused {
    /// What went wrong.
    code: u16,
    /// The same as a sentence for people.
    message: String,
    /// What travels beside it, where there are no credits left; else null.
    #[schema(required)]
    data: Option<Debt>,
    /// The message again, where clients of the Agent Development Kit read it.
    detail: String,
    /// What can be done about it.
    hint: &'static str,
    /// Whether the same request may succeed later.
    retryable: bool,
    /// The number of the request in the server's log.
    request_id: String,
}

/// Where an account gets credits.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
struct Debt {
    user_id: String,
    /// The page on which the account is registered.
    register_url: String,
}

impl Problem {
    /// Its code.
    pub(crate) fn code(&self) -> u16 {
        self.row().code
    }

    /// Its sentence.
    pub(crate) fn sentence(&self) -> String {
        self.row().message
    }

    fn wait(&self) -> Option<Duration> {
        match self {
            Problem::TooOften(wait) | Problem::TooMany(_, wait) | Problem::Busy(wait) => Some(*wait),
            _ => None,
        }
    }

    /// What travels beside the code.
    fn beside(&self) -> Option<Debt> {
        match self {
            Problem::NoCredits { user, register } => {
                Some(Debt { user_id: user.clone(), register_url: register.clone() })
            }
            _ => None,
        }
    }

    /// The HTTP status.
    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.row().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The whole answer.
    pub(crate) fn told(&self, request: &str) -> Refused {
        let Row { code, message, hint, retryable, .. } = self.row();
        Refused {
            code,
            detail: message.clone(),
            message,
            data: self.beside(),
            hint,
            retryable,
            request_id: request.to_owned(),
        }
    }

    /// What can be done about it, and whether the same request may succeed later.
    pub(crate) fn advice(&self) -> (&'static str, bool) {
        let row = self.row();
        (row.hint, row.retryable)
    }

    /// Whether the same work may go well another time.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(self, Problem::Failed(_) | Problem::TimedOut(_) | Problem::Busy(_))
    }

    /// The problem that a bare status of the framework stands for.
    pub(crate) fn of_status(status: StatusCode, why: String) -> Problem {
        match status {
            StatusCode::NOT_FOUND => Problem::NotThere("page"),
            StatusCode::METHOD_NOT_ALLOWED => Problem::WrongMethod,
            StatusCode::PAYLOAD_TOO_LARGE => Problem::Malformed("The body is too large.".to_owned()),
            status if status.is_client_error() => Problem::Malformed(why),
            _ => Problem::Failed("Something failed that should not.".to_owned()),
        }
    }
}

impl IntoResponse for Problem {
    /// Status and headers; the body is written at the outer door, which knows the request's number.
    fn into_response(self) -> Response {
        let status = self.status();
        let mut answer = status.into_response();
        if let Some(wait) = self.wait() {
            let seconds = wait.as_secs_f64().ceil().max(1.0) as u64;
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        answer.extensions_mut().insert(self);
        answer
    }
}
