//! The table of refusals: code, status, sentence, hint, and whether trying again may help.

use super::Problem;

/// The files that are taken, as messages name them.
const TYPES: &str = "mp4, mov, avi, webm, mkv, jpg, png, gif, webp, mp3, wav, m4a, aac";

/// A row of the table.
pub(super) struct Row {
    pub(super) code: u16,
    pub(super) status: u16,
    pub(super) message: String,
    pub(super) hint: &'static str,
    pub(super) retryable: bool,
}

fn row((code, status): (u16, u16), message: impl Into<String>, hint: &'static str, retryable: bool) -> Row {
    Row { code, status, message: message.into(), hint, retryable }
}

impl Problem {
    pub(super) fn row(&self) -> Row {
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
            other => other.of_callers(),
        }
    }

    /// The rows of who asks, and for what.
    fn of_callers(&self) -> Row {
        use Problem::*;
        match self {
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
}
