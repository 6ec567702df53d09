//! The page on which an anonymous account gets a name and a password. It needs no scripts, and a proof that the account is one's
//! own: who the account is follows from the proof alone, for an id in an address is no secret.

use std::convert::Infallible;

use axum::Form;
use axum::extract::{FromRequest, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use shelf::{Account, Moment, ShelfError};
use utoipa::{IntoParams, ToSchema};

use super::workspace::checked;
use crate::server::dialect::errors::Problem;
use crate::server::document::signature::{Answers, Asks};
use crate::server::document::sketch::Sketch;
use crate::server::doorstep::{knock, welcome};
use crate::server::house::{Shared, refused};
use crate::server::origin::Origin;
use crate::server::page::{Page, escaped};

/// What stands in the page's address.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct Bound {
    /// The `user_id` of the account that the page is for; a proof is asked for on the page.
    bind: String,
    /// An invitation of the operator, which is a proof.
    invite: String,
}

/// What is filled in.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = RegisterForm)]
pub(crate) struct Filled {
    /// The `user_id` of the account that the page is for; nothing is believed of it, but it must agree with the proof.
    bind: String,
    /// A proof: an invitation of the operator.
    invite: String,
    /// A proof, where there is no invitation: the token of the account.
    token: String,
    #[schema(format = "email")]
    email: String,
    #[schema(format = "password")]
    password: String,
}

/// A form as a browser sends it; `None` where it cannot be read.
pub(crate) struct Sent(Option<Filled>);

impl FromRequest<Shared> for Sent {
    type Rejection = Infallible;

    async fn from_request(request: Request, house: &Shared) -> Result<Sent, Infallible> {
        Ok(Sent(Form::from_request(request, house).await.ok().map(|Form(filled)| filled)))
    }
}

impl Asks for Sent {
    fn ask(sketch: &mut Sketch) {
        let schema = sketch.schema_of::<Filled>();
        sketch.takes("application/x-www-form-urlencoded", true, schema);
    }
}

/// The page with its form.
pub(crate) struct Shown(Response);

/// What came of the form: a page, too.
pub(crate) struct Done(Response);

impl IntoResponse for Shown {
    fn into_response(self) -> Response {
        self.0
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        self.0
    }
}

impl Answers for Shown {
    fn answer(sketch: &mut Sketch) {
        sketch.answers_plain(200, "A page with a form.", &["text/html"]);
        sketch.answers_plain(404, "A page: the invitation is none, or none any more.", &["text/html"]);
    }
}

impl Answers for Done {
    fn answer(sketch: &mut Sketch) {
        sketch.answers_plain(200, "A page: the account is registered.", &["text/html"]);
        for (status, about) in [
            (400, "The form again: something in it cannot be used."),
            (401, "The form again: the proof is none."),
            (429, "The form again: that was tried too often."),
            (500, "The form again: something failed."),
            (503, "The form again: there is too much to do."),
        ] {
            sketch.answers_plain(status, about, &["text/html"]);
        }
    }
}

/// The page on which an account is registered.
pub(crate) async fn form(
    State(house): State<Shared>,
    Query(Bound { bind, invite }): Query<Bound>,
) -> Result<Shown, Problem> {
    let filled = Filled { bind, invite, ..Filled::default() };
    if filled.invite.is_empty() {
        return Ok(Shown(shown(&filled, None)));
    }
    let invited = house.shelf.accounts().invited(&filled.invite, Moment::now()).await;
    Ok(Shown(match invited.map_err(refused("account"))? {
        Some(_) => shown(&filled, None),
        None => spent(),
    }))
}

/// Registers the account of the proof.
pub(crate) async fn send(State(house): State<Shared>, from: Origin, Sent(filled): Sent) -> Done {
    let Some(filled) = filled else {
        let problem = Problem::Malformed("The form cannot be read.".to_owned());
        return Done(shown(&Filled::default(), Some(problem)));
    };
    Done(match named(&house, from, &filled).await {
        Ok(account) => done(&account),
        Err(problem) => shown(&filled, Some(problem)),
    })
}

/// Names the account of the proof.
async fn named(house: &Shared, from: Origin, filled: &Filled) -> Result<Account, Problem> {
    let wrong = |why: &str| Problem::Malformed(why.to_owned());
    let (accounts, now) = (house.shelf.accounts(), Moment::now());
    let (email, password) = (filled.email.trim(), filled.password.as_str());
    let _slot = knock(house, from, email).await?;
    checked(email, password)?;
    let (invite, token) = (filled.invite.trim(), filled.token.trim());
    let found = match invite.is_empty() {
        true => accounts.by_token(token, now).await,
        false => accounts.invited(invite, now).await,
    };
    let found = found.map_err(refused("account"))?.ok_or(Problem::BadToken)?;
    if !filled.bind.is_empty() && filled.bind != found.owner.as_str() {
        return Err(wrong("This page is for another account than the token."));
    }
    let named = match invite.is_empty() {
        true if found.email.is_some() => return Err(wrong("This account is registered already.")),
        true => accounts.register(&found.owner, email, password).await,
        false => accounts.accept(invite, email, password, now).await,
    };
    let account = named.map_err(|fault| match fault {
        ShelfError::Absent => Problem::BadToken,
        other => refused("account")(other),
    })?;
    welcome(&house.shelf, &house.settings, &account.owner, account.plan).await.map_err(refused("account"))?;
    accounts.find(&account.owner).await.map_err(refused("account"))
}

/// The form, with what was wrong the last time.
fn shown(filled: &Filled, problem: Option<Problem>) -> Response {
    let hidden = |name: &str, value: &str| match value {
        "" => String::new(),
        value => format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(value)),
    };
    let proof = match filled.invite.as_str() {
        "" => {
            "<p><label>Token of the account (it begins with nmv_usr_; whoever made your films keeps it)<br>\
               <input type=\"password\" name=\"token\" autocomplete=\"off\" required size=\"52\"></label></p>"
                .to_owned()
        }
        invite => hidden("invite", invite),
    };
    let said = problem.as_ref().map(|problem| {
        let proven = matches!(problem, Problem::BadToken);
        let sentence =
            if proven { "The token or the link is not valid.".to_owned() } else { problem.sentence() };
        format!("<p role=\"alert\"><strong>{}</strong></p>", escaped(&sentence))
    });
    let inner = format!(
        "<p>Your sessions and credits stay with you.</p>{}<form method=\"post\" action=\"/register\">{}{proof}\
         <p><label>E-mail address<br><input type=\"email\" name=\"email\" autocomplete=\"email\" required \
         maxlength=\"254\" size=\"52\" value=\"{}\"></label></p>\
         <p><label>Password, 10 characters or more<br><input type=\"password\" name=\"password\" \
         autocomplete=\"new-password\" required minlength=\"10\" maxlength=\"200\" size=\"52\"></label></p>\
         <p><button>Register</button></p></form>",
        said.unwrap_or_default(),
        hidden("bind", &filled.bind),
        escaped(&filled.email),
    );
    let mut answer = Page::small("Register", &inner).into_response();
    if let Some(problem) = problem {
        let refusal = problem.into_response();
        *answer.status_mut() = refusal.status();
        if let Some(wait) = refusal.headers().get(header::RETRY_AFTER) {
            answer.headers_mut().insert(header::RETRY_AFTER, wait.clone());
        }
    }
    answer
}

/// An invitation that is none, or none any more.
fn spent() -> Response {
    let inner = "<p>This link is not valid, or no longer. Ask who runs this server for a new one.</p>";
    (StatusCode::NOT_FOUND, Page::small("Register", inner)).into_response()
}

fn done(account: &Account) -> Response {
    let email = account.email.as_deref().unwrap_or_default();
    let inner = format!(
        "<p>You are registered as {}, with {} credits. Tokens that you have go on; \
         <code>POST /api/auth/sign-in</code> gives you new ones.</p>",
        escaped(email),
        account.available,
    );
    Page::small("Registered", &inner).into_response()
}
