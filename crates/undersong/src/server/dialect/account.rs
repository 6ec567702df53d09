//! Accounts, their tokens and what they can pay, as clients of the wire read and write them.

use serde::Serialize;
use serde_json::Value;
use shelf::Welcome;
use utoipa::ToSchema;

use super::errors::Problem;
use super::message::{Read, field};
use crate::server::clock::rfc3339;

/// A token, and the account it opens.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Token {
    /// To be sent as `Authorization: Bearer ...`; it is told this once.
    pub(crate) token: String,
    pub(crate) user_id: String,
    /// RFC 3339.
    pub(crate) expires_at: String,
    /// What the account can pay with.
    pub(crate) credits: i64,
}

impl Token {
    /// A token as its owner hears of it.
    pub(crate) fn of(welcome: Welcome) -> Token {
        Token {
            token: welcome.token,
            user_id: welcome.account.owner.as_str().to_owned(),
            expires_at: rfc3339(welcome.expires),
            credits: welcome.account.available,
        }
    }
}

/// For which session a claim token is wanted.
#[derive(Debug, ToSchema)]
pub(crate) struct ClaimWish {
    pub(crate) session_id: String,
    /// The task of that session; checked where it is given.
    pub(crate) task_id: Option<String>,
}

/// A token that opens one session in a page and nothing else, at `/workspace/claim?ct=...`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClaimToken {
    pub(crate) claim_token: String,
    /// Seconds.
    pub(crate) expires_in: u64,
}

/// Who an account is to be.
#[derive(Debug, ToSchema)]
pub(crate) struct Registration {
    #[schema(format = "email", max_length = 254)]
    pub(crate) email: String,
    #[schema(format = "password", min_length = 10, max_length = 200)]
    pub(crate) password: String,
}

/// An account that is registered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Registered {
    pub(crate) user_id: String,
    pub(crate) plan: String,
}

/// Who somebody is, and the proof of it.
#[derive(Debug, ToSchema)]
pub(crate) struct SignIn {
    #[schema(format = "email")]
    pub(crate) email: String,
    #[schema(format = "password")]
    pub(crate) password: String,
}

/// What is to end.
#[derive(Debug, ToSchema)]
pub(crate) struct SignOut {
    /// Whether all tokens of the account are to end, not only this one.
    pub(crate) everywhere: Option<bool>,
}

/// What has ended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignedOut {
    /// Tokens that open nothing any more.
    pub(crate) tokens_ended: u64,
}

/// What an account can pay with.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Balance {
    pub(crate) available: i64,
    /// Held by work that goes on.
    pub(crate) frozen: i64,
    /// Both together.
    pub(crate) total: i64,
}

impl Read for ClaimWish {
    type Written = ClaimWish;

    fn read(body: &Value) -> Result<ClaimWish, Problem> {
        let session = field(body, &["session_id", "sessionId"]);
        let session_id = session.ok_or_else(|| Problem::missing("session_id"))?;
        Ok(ClaimWish { session_id, task_id: field(body, &["task_id", "taskId"]) })
    }
}

impl Read for SignIn {
    type Written = SignIn;

    fn read(body: &Value) -> Result<SignIn, Problem> {
        let email = field(body, &["email"]).ok_or_else(|| Problem::missing("email"))?;
        let password = field(body, &["password"]).ok_or_else(|| Problem::missing("password"))?;
        Ok(SignIn { email, password })
    }
}

impl Read for SignOut {
    type Written = SignOut;

    const OPTIONAL: bool = true;

    fn read(body: &Value) -> Result<SignOut, Problem> {
        Ok(SignOut { everywhere: body.get("everywhere").and_then(Value::as_bool) })
    }
}

impl Read for Registration {
    type Written = Registration;

    fn read(body: &Value) -> Result<Registration, Problem> {
        let email = field(body, &["email"]).ok_or_else(|| Problem::missing("email"))?;
        let password = field(body, &["password"]).ok_or_else(|| Problem::missing("password"))?;
        Ok(Registration { email, password })
    }
}
