//! Tokens: an anonymous account for whoever has a name for itself, and a token that opens one session in a page.

use std::time::Duration;

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use serde_json::json;
use shelf::{Moment, Plan, Terms};

use crate::server::caller::Caller;
use crate::server::dialect::account::{ClaimToken, ClaimWish, Token};
use crate::server::dialect::envelope::{Told, Twice};
use crate::server::dialect::errors::Problem;
use crate::server::dialect::errors::refusal::Refusal;
use crate::server::dialect::message::Body;
use crate::server::document::signature::Asks;
use crate::server::document::sketch::Sketch;
use crate::server::house::{Shared, refused};
use crate::server::origin::Origin;

/// The longest name that a client may give itself.
const LONGEST: usize = 64;
/// How long a token for a page holds.
const CLAIM: Duration = Duration::from_secs(604_800);

/// What a client calls itself, for as long as it likes.
pub(crate) struct ClientId(String);

impl FromRequestParts<Shared> for ClientId {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<ClientId, Problem> {
        let told =
            parts.headers.get("x-client-id").and_then(|id| id.to_str().ok()).unwrap_or_default().trim();
        match told.is_empty() || told.len() > LONGEST || told.chars().any(char::is_control) {
            true => Err(Problem::NoClientId),
            false => Ok(ClientId(told.to_owned())),
        }
    }
}

impl Asks for ClientId {
    fn ask(sketch: &mut Sketch) {
        let about =
            "What the client calls itself; a UUID is best. Keep it: the same name gets the same account.";
        let schema = json!({ "type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "^[!-~]+$" });
        sketch.asks("header", "X-Client-Id", true, about, schema);
        sketch.refuses(&[Refusal::NoClientId]);
    }
}

/// Makes an account for whoever has a name for itself, and a token for it.
pub(crate) async fn anonymous(
    State(house): State<Shared>,
    from: Origin,
    ClientId(client): ClientId,
) -> Result<Twice<Token>, Problem> {
    let (settings, place) = (&house.settings.token, from.place());
    let terms = Terms {
        credits: house.settings.rights(Plan::Anonymous).credits,
        life: house.settings.token_life(),
        per_origin: place.is_some().then_some(settings.per_address),
    };
    let welcome = house.shelf.accounts().anonymous(&client, place.as_deref(), &terms, Moment::now()).await;
    Ok(Twice(Token::of(welcome.map_err(refused("account"))?)))
}

/// Makes a token that opens one session in a page.
pub(crate) async fn claim(
    State(house): State<Shared>,
    caller: Caller,
    body: Body<ClaimWish>,
) -> Result<Told<ClaimToken>, Problem> {
    let ClaimWish { session_id: session, task_id } = body.read()?;
    let found =
        house.shelf.sessions().find(caller.owner(), &session).await.map_err(|fault| caller.refused(fault))?;
    if task_id.is_some_and(|task| task != found.task) {
        return Err(Problem::NoSession);
    }
    let token = house.shelf.accounts().claim_token(caller.owner(), &session, CLAIM, Moment::now()).await;
    let token = token.map_err(|fault| caller.refused(fault))?;
    Ok(Told(ClaimToken { claim_token: token, expires_in: CLAIM.as_secs() }))
}
