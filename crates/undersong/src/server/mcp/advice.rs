//! What can be done about a problem by somebody who has tools, and neither addresses nor headers.

use std::borrow::Cow;

use crate::server::dialect::errors::Problem;

/// The advice that follows the sentence of a problem; what is not about the way it was asked is as at every other door.
pub(super) fn of(problem: &Problem) -> Cow<'static, str> {
    let plain = match problem {
        Problem::NoSession => "Open a film with open_film, or name the session of one that was uploaded.",
        Problem::NotThere(_) => "Check its name.",
        Problem::PlanBlocked => {
            "The user can register, or set the headers X-Skill-Source, X-Skill-Version and X-Skill-Platform where this server is \
             configured."
        }
        Problem::Expired => "Make it again with export_film.",
        Problem::OtherBody => "Ask for the film with export_film.",
        Problem::Stale => "Look with show_timeline, and decide anew.",
        Problem::NotFetched(_) => "Check the address.",
        Problem::Failed(_) => "Credits were given back; try again.",
        Problem::BadToken => "The user can set another where this server is configured.",
        Problem::TooOften(wait) | Problem::TooMany(_, wait) | Problem::Busy(wait) => {
            let seconds = wait.as_secs_f64().ceil().max(1.0);
            return format!("Wait {seconds:.0} s, then try once more.").into();
        }
        Problem::NoCredits { register, .. } if !register.is_empty() => {
            return format!("The user can register at {register}, or top up the credits of the account.")
                .into();
        }
        Problem::NoCredits { .. } => "The user can register, or top up the credits of the account.",
        other => other.advice().0,
    };
    plain.into()
}
