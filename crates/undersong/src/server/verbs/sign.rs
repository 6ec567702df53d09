//! Registered accounts come and go: a token for who knows the password, and the end of one.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use shelf::Moment;

use crate::server::caller::{Caller, bearer};
use crate::server::dialect::account::{SignIn, SignOut, SignedOut, Token};
use crate::server::dialect::envelope::{Told, Twice};
use crate::server::dialect::errors::Problem;
use crate::server::dialect::message::Body;
use crate::server::document::signature::Asks;
use crate::server::doorstep::{knock, welcome};
use crate::server::house::{Shared, refused};
use crate::server::origin::Origin;

/// The token that a request came with; the only user of this machine has none.
pub(crate) struct Held(Option<String>);

impl Asks for Held {}

impl FromRequestParts<Shared> for Held {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Held, Infallible> {
        Ok(Held(bearer(&parts.headers).map(str::to_owned)))
    }
}

/// A token for who knows the password: the same answer, after the same time, for an unknown address and a wrong password.
pub(crate) async fn sign_in(
    State(house): State<Shared>,
    from: Origin,
    body: Body<SignIn>,
) -> Result<Twice<Token>, Problem> {
    let SignIn { email, password } = body.read()?;
    let _slot = knock(&house, from, &email).await?;
    let accounts = house.shelf.accounts();
    let found = accounts.sign_in(&email, &password, house.settings.token_life(), Moment::now()).await;
    let found = found.map_err(refused("account"))?.ok_or(Problem::BadPassword)?;
    // Whoever registered while the server died has not had them yet.
    let account = &found.account;
    welcome(&house.shelf, &house.settings, &account.owner, account.plan).await.map_err(refused("account"))?;
    Ok(Twice(Token::of(found)))
}

/// Ends the token that it comes with, or all of the account.
pub(crate) async fn sign_out(
    State(house): State<Shared>,
    caller: Caller,
    Held(token): Held,
    body: Body<SignOut>,
) -> Result<Told<SignedOut>, Problem> {
    let SignOut { everywhere } = body.read()?;
    let (accounts, now) = (house.shelf.accounts(), Moment::now());
    let tokens_ended = match token {
        _ if everywhere == Some(true) => {
            accounts.revoke_all(caller.owner(), now).await.map_err(refused("account"))?
        }
        Some(token) => accounts.revoke(&token, now).await.map(|()| 1).map_err(refused("account"))?,
        None => 0,
    };
    Ok(Told(SignedOut { tokens_ended }))
}
