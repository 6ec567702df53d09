//! Accounts, tokens, credits.

use crate::server::dialect::errors::refusal::Refusal;
use crate::server::document::route::{Group, get, post};
use crate::server::verbs::{credits, token, workspace};

pub(super) fn group() -> Group {
    let routes = vec![
        post("makeToken", "/api/auth/anonymous-token", token::anonymous)
            .says(
                "Get a token",
                "Makes an account for whoever has a name for itself, and a token that holds for seven days. Once for each name \
                 in that time; afterwards the same name gets a new token for the same account.",
            )
            .refuses(&[Refusal::TooOften]),
        post("makeClaimToken", "/api/auth/claim-token", token::claim)
            .says(
                "Open a session in a page",
                "Makes a token with which anybody can look at this one session at `/workspace/claim?ct=...`, for seven days.",
            )
            .refuses(&[Refusal::NoSession]),
        post("register", "/api/auth/register", workspace::register).says(
            "Register the account",
            "Gives an anonymous account an e-mail address and a password. Its sessions, credits and tokens stay.",
        ),
        get("readCredits", "/api/credits/balance/simple", credits::balance).says(
            "Read the balance",
            "Composing and editing cost credits, which are held while work goes on; questions and exports are free.",
        ),
        get("readRegisterPage", "/register", workspace::register_page)
            .says("The page to register on", "Says how an account is registered. `bind` is the account's `user_id`."),
        get("readSessionPage", "/workspace/claim", workspace::claim)
            .says("The page of a session", "Shows the session that a claim token opens, and nothing else."),
    ];
    Group { name: "Accounts", about: "Tokens, credits, and who somebody is.", routes }
}
