//! The ways to be refused, without the words of one case: what the document of the API lists.

use std::time::Duration;

use super::Problem;

/// A kind of [`Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refusal {
    NoClientId,
    Malformed,
    PlanBlocked,
    TooOften,
    TooMany,
    BadToken,
    BadPassword,
    NoSession,
    NotThere,
    Expired,
    NoCredits,
    Unsupported,
    TooLarge,
    Unreadable,
    OverLimit,
    BadAddress,
    NotFetched,
    NoStream,
    Occupied,
    Stale,
    Elsewhere,
    OtherBody,
    Failed,
    TimedOut,
    Busy,
}

impl Refusal {
    /// What may be wrong with a file.
    pub(crate) const OF_FILES: [Refusal; 6] = [
        Refusal::Unsupported,
        Refusal::TooLarge,
        Refusal::Unreadable,
        Refusal::OverLimit,
        Refusal::NoStream,
        Refusal::TimedOut,
    ];

    /// One problem of this kind, in general words.
    fn sample(self) -> Problem {
        let said = str::to_owned;
        match self {
            Refusal::NoClientId => Problem::NoClientId,
            Refusal::Malformed => {
                Problem::Malformed(said("Something in the request cannot be used; the message names what."))
            }
            Refusal::PlanBlocked => Problem::PlanBlocked,
            Refusal::TooOften => Problem::TooOften(Duration::ZERO),
            Refusal::TooMany => Problem::TooMany("things of one kind", Duration::ZERO),
            Refusal::BadToken => Problem::BadToken,
            Refusal::BadPassword => Problem::BadPassword,
            Refusal::Expired => Problem::Expired,
            Refusal::NoSession => Problem::NoSession,
            Refusal::NotThere => Problem::NotThere("thing of yours"),
            Refusal::NoCredits => Problem::NoCredits { user: String::new(), register: String::new() },
            Refusal::Unsupported => Problem::Unsupported(said("The file is of no kind that is taken.")),
            // The sentence of this one names the limit, which is a setting.
            Refusal::TooLarge => Problem::TooLarge(500),
            Refusal::Unreadable => Problem::Unreadable(said("The file cannot be read.")),
            Refusal::OverLimit => {
                Problem::OverLimit(said("There is too much of something; the message names what."))
            }
            Refusal::BadAddress => Problem::BadAddress(said("The address is not one to fetch from.")),
            Refusal::NotFetched => Problem::NotFetched(said("The address gave nothing.")),
            Refusal::NoStream => Problem::NoStream(said("The file has neither a picture nor sound.")),
            Refusal::Occupied => Problem::Occupied("run, export or request"),
            Refusal::Stale => Problem::Stale,
            Refusal::Elsewhere => Problem::Elsewhere(0),
            Refusal::OtherBody => Problem::OtherBody,
            Refusal::Failed => Problem::Failed(said("Something failed that should not.")),
            Refusal::TimedOut => Problem::TimedOut(said("It took too long.")),
            Refusal::Busy => Problem::Busy(Duration::ZERO),
        }
    }

    /// Its code.
    pub(crate) fn code(self) -> u16 {
        self.sample().code()
    }

    /// Its HTTP status.
    pub(crate) fn status(self) -> u16 {
        self.sample().row().status
    }

    /// What happened and what to do.
    pub(crate) fn about(self) -> String {
        let row = self.sample().row();
        format!("{} {}", row.message, row.hint)
    }

    /// Whether the answer says when to try again.
    pub(crate) fn tells_when(self) -> bool {
        self.sample().wait().is_some()
    }
}
