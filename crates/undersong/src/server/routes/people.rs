//! Accounts, tokens, credits.

use crate::server::dialect::errors::refusal::Refusal;
use crate::server::document::route::{Group, get, post};
use crate::server::verbs::{credits, register, sign, token, workspace};

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
        post("signIn", "/api/auth/sign-in", sign::sign_in)
            .says(
                "Sign in",
                "Makes a token for an account that is registered. An unknown address and a wrong password get the same answer.",
            )
            .refuses(&[Refusal::BadPassword, Refusal::TooOften]),
        post("signOut", "/api/auth/sign-out", sign::sign_out)
            .says("Sign out", "Ends the token that it comes with, or all tokens of the account.")
            .unrepeatable(),
        get("readCredits", "/api/credits/balance/simple", credits::balance).says(
            "Read the balance",
            "Composing and editing cost credits, which are held while work goes on; questions and exports are free.",
        ),
        get("readRegisterPage", "/register", register::form).says(
            "The page to register on",
            "A form that needs no scripts. Who the account is follows from a proof: its token, or an invitation of the operator.",
        ),
        post("sendRegisterPage", "/register", register::send)
            .says("What the page sends", "Registers the account of the proof, as the operation above does with a token.")
            .unrepeatable(),
        get("readSessionPage", "/workspace/claim", workspace::claim)
            .says("The page of a session", "Shows the session that a claim token opens, and nothing else."),
    ];
    Group { name: "Accounts", about: "Tokens, credits, and who somebody is.", routes }
}
