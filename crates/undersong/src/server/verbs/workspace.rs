//! The page of one session, and turning an anonymous account into a registered one.

use axum::extract::{Query, State};
use serde::Deserialize;
use shelf::Moment;
use utoipa::IntoParams;

use crate::server::caller::Caller;
use crate::server::dialect::account::{Registered, Registration};
use crate::server::dialect::envelope::Told;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::message::Body;
use crate::server::doorstep::{knock, welcome};
use crate::server::house::{SESSION, Shared, refused};
use crate::server::origin::Origin;
use crate::server::page::{Page, escaped};
use crate::server::workshop::document::Document;

/// The fewest and the most characters of a password.
const PASSWORD: std::ops::RangeInclusive<usize> = 10..=200;

/// What stands behind the question mark of a claim; a token there is neither used nor kept.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct Ticket {
    /// A claim token.
    ct: String,
}

/// The page of one session.
pub(crate) async fn claim(
    State(house): State<Shared>,
    Query(ticket): Query<Ticket>,
) -> Result<Page, Problem> {
    let claimed =
        house.shelf.accounts().by_claim(&ticket.ct, Moment::now()).await.map_err(refused("page"))?;
    let Some(claimed) = claimed else {
        return Ok(Page::small(
            "undersong",
            "<p>This link is not valid, or no longer. Ask for a new one.</p>",
        ));
    };
    let found =
        house.shelf.sessions().find(&claimed.owner, &claimed.session).await.map_err(refused(SESSION))?;
    let document = Document::read(&found.document)?;
    let summary = document.now().map_or("There is no film yet.".to_owned(), ToString::to_string);
    Ok(Page::small("undersong", &format!("<p>{}</p><p>{}</p>", escaped(&found.name), escaped(&summary))))
}

/// Registers an account, with the token of the anonymous account.
pub(crate) async fn register(
    State(house): State<Shared>,
    from: Origin,
    caller: Caller,
    body: Body<Registration>,
) -> Result<Told<Registered>, Problem> {
    let Registration { email, password } = body.read()?;
    let _slot = knock(&house, from, &email).await?;
    checked(&email, &password)?;
    let made = house.shelf.accounts().register(caller.owner(), &email, &password).await;
    let account = made.map_err(refused("account"))?;
    welcome(&house.shelf, &house.settings, &account.owner, account.plan).await.map_err(refused("account"))?;
    let user_id = account.owner.as_str().to_owned();
    Ok(Told(Registered { user_id, plan: account.plan.as_str().to_owned() }))
}

/// That an e-mail address and a password can be those of an account.
///
/// # Errors
/// [`Problem::Malformed`] says which cannot.
pub(crate) fn checked(email: &str, password: &str) -> Result<(), Problem> {
    let parts = email.split_once('@').filter(|(user, host)| !user.is_empty() && host.contains('.'));
    if parts.is_none() || email.len() > 254 || email.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Problem::Malformed("email is no e-mail address.".to_owned()));
    }
    if !PASSWORD.contains(&password.chars().count()) {
        return Err(Problem::Malformed("password must have 10 to 200 characters.".to_owned()));
    }
    Ok(())
}
