//! The one table of what may go wrong at this door: code, status, sentence, what to do, and whether to try again.

pub(crate) mod refusal;
#[cfg(test)]
mod tests;

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// The files that are taken, as messages name them.
const TYPES: &str = "mp4, mov, avi, webm, mkv, jpg, png, gif, webp, mp3, wav, m4a, aac";

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

/// A row of the table.
struct Row {
    code: u16,
    status: u16,
    message: String,
    hint: &'static str,
    retryable: bool,
}

fn row((code, status): (u16, u16), message: impl Into<String>, hint: &'static str, retryable: bool) -> Row {
    Row { code, status, message: message.into(), hint, retryable }
}

impl Problem {
    fn row(&self) -> Row {
        use Problem::*;
        match self {
            NoClientId => row(
                (400, 400),
                "The header X-Client-Id is missing or is no identifier of 1 to 64 characters.",
                "Make an identifier (a UUID is best), keep it, send it as X-Client-Id and try again.",
                true,
            ),
            Malformed(why) => row((400, 400), why, "Mend what the message names and send it again.", false),
            PlanBlocked => row(
                (402, 402),
                "Exports are blocked for this plan; this is not about credits.",
                "Send X-Skill-Source, X-Skill-Version and X-Skill-Platform, or register or upgrade your plan.",
                false,
            ),
            TooOften(_) => row(
                (429, 429),
                "That was asked for too often.",
                "Wait as long as Retry-After says, then try once more.",
                true,
            ),
            TooMany(what, _) => row(
                (429, 429),
                format!("Too many {what} of this account are going on."),
                "Wait as long as Retry-After says, then try once more.",
                true,
            ),
            BadPassword => row(
                (1001, 401),
                "The e-mail address or the password is wrong.",
                "Check both; who has lost the password asks the operator for a link.",
                false,
            ),
            Expired => row(
                (404, 404),
                "The film of this export is no longer kept.",
                "Export it again under a new id.",
                false,
            ),
            BadToken => row(
                (1001, 401),
                "The token is missing, wrong, expired or revoked.",
                "Get a new one at /api/auth/anonymous-token.",
                false,
            ),
            NoSession => row(
                (1002, 404),
                "There is no such session.",
                "Make a new one at /api/tasks/me/with-session/nemo_agent.",
                false,
            ),
            NotThere(what) => {
                row((404, 404), format!("There is no such {what}."), "Check the address.", false)
            }
            WrongMethod => {
                row((405, 405), "This address does not take that method.", "See /openapi.json.", false)
            }
            NoCredits { .. } => row(
                (2001, 403),
                "There are no credits left for this; questions and exports are still free.",
                "Register at register_url, or top up the credits of your account.",
                false,
            ),
            other => other.of_media(),
        }
    }

    /// The rows of files.
    fn of_media(&self) -> Row {
        use Problem::*;
        match self {
            Unsupported(what) => row(
                (4001, 415),
                format!("{what} Supported files: {TYPES}."),
                "Send a file of one of the supported types; what counts is what is in it, not its name.",
                false,
            ),
            TooLarge(most) => row(
                (4002, 413),
                format!("The file is larger than {most} MB."),
                "Compress or trim it and send it again.",
                false,
            ),
            Unreadable(why) => {
                row((4003, 422), why, "Check that the file plays, export it again and send that.", false)
            }
            OverLimit(why) => row((4004, 422), why, "Send a smaller or shorter file.", false),
            BadAddress(why) => row((4005, 422), why, "Give a public http or https address.", false),
            NotFetched(why) => row((4006, 502), why, "Check the address, or send the file itself.", true),
            NoStream(why) => row((4007, 422), why, "Send a file with a picture or with sound.", false),
            other => other.of_work(),
        }
    }

    /// The rows of work that goes on, or went wrong.
    fn of_work(&self) -> Row {
        use Problem::*;
        match self {
            Occupied(what) => row(
                (4009, 409),
                format!("Another {what} is going on in this session."),
                "Wait until it has ended; do not send it again.",
                true,
            ),
            Stale => row(
                (4009, 409),
                "The session has changed since; this would undo the change.",
                "Read the state again and decide anew.",
                true,
            ),
            Elsewhere(offset) => row(
                (4009, 409),
                format!("The upload has {offset} bytes, and goes on from there."),
                "Ask with HEAD how far it is, and send what comes after.",
                true,
            ),
            OtherBody => row(
                (4009, 409),
                "The same id was sent with another body before.",
                "Use a new id for another request.",
                false,
            ),
            TimedOut(why) => row((5002, 504), why, "Try again with a shorter film.", true),
            Busy(_) => row(
                (5003, 503),
                "There is too much to do at the moment.",
                "Wait as long as Retry-After says and try again.",
                true,
            ),
            Failed(why) => row((5001, 500), why, "Credits were given back; try again with a new id.", true),
            _ => row((5001, 500), "Something failed.", "Try again.", true),
        }
    }

    /// A field that is not there.
    pub(crate) fn missing(field: &str) -> Problem {
        Problem::Malformed(format!("{field} is missing."))
    }

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
