//! The page of one session, and turning an anonymous account into a registered one.

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use shelf::Moment;

use crate::server::caller::Caller;
use crate::server::dialect::envelope::ok;
use crate::server::dialect::errors::Problem;
use crate::server::dialect::message::{field, lenient};
use crate::server::house::{SESSION, Shared, refused};
use crate::server::workshop::document::Document;

/// What a page of ours may do: nothing but show itself and send its form to us.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// The fewest and the most characters of a password.
const PASSWORD: std::ops::RangeInclusive<usize> = 10..=200;

/// What stands behind the question mark of a claim; a token there is neither used nor kept.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Ticket {
    ct: String,
}

fn page(title: &str, inner: &str) -> Response {
    let text = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>body{{font:1rem/1.5 system-ui;max-width:40rem;\
         margin:3rem auto;padding:0 1rem}}</style><h1>{title}</h1>{inner}</html>"
    );
    ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(text)).into_response()
}

/// Text as HTML shows it.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// `GET /workspace/claim`
pub(crate) async fn claim(
    State(house): State<Shared>,
    Query(ticket): Query<Ticket>,
) -> Result<Response, Problem> {
    let claimed =
        house.shelf.accounts().by_claim(&ticket.ct, Moment::now()).await.map_err(refused("page"))?;
    let Some(claimed) = claimed else {
        return Ok(page("undersong", "<p>This link is not valid, or no longer. Ask for a new one.</p>"));
    };
    let found =
        house.shelf.sessions().find(&claimed.owner, &claimed.session).await.map_err(refused(SESSION))?;
    let document = Document::read(&found.document)?;
    let summary = document.now().map_or("There is no film yet.".to_owned(), ToString::to_string);
    Ok(page("undersong", &format!("<p>{}</p><p>{}</p>", escaped(&found.name), escaped(&summary))))
}

/// `GET /register`
pub(crate) async fn register_page() -> Response {
    page(
        "Register",
        "<p>Your sessions and credits stay. Send your e-mail address and a password to <code>POST /api/auth/register</code> \
         with the token you have.</p>",
    )
}

/// `POST /api/auth/register`: with the token of the anonymous account.
pub(crate) async fn register(
    State(house): State<Shared>,
    caller: Caller,
    body: Bytes,
) -> Result<Response, Problem> {
    let body = lenient(&body)?;
    let missing = |what: &str| Problem::Malformed(format!("{what} is missing."));
    let email = field(&body, &["email"]).ok_or_else(|| missing("email"))?;
    let password = field(&body, &["password"]).ok_or_else(|| missing("password"))?;
    let parts = email.split_once('@').filter(|(user, host)| !user.is_empty() && host.contains('.'));
    if parts.is_none() || email.len() > 254 || email.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Problem::Malformed("email is no e-mail address.".to_owned()));
    }
    if !PASSWORD.contains(&password.chars().count()) {
        return Err(Problem::Malformed("password must have 10 to 200 characters.".to_owned()));
    }
    let made = house.shelf.accounts().register(caller.owner(), &email, &password).await;
    let account = made.map_err(refused("account"))?;
    Ok(ok(json!({ "user_id": account.owner.as_str(), "plan": account.plan.as_str() })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("<b a='\"'>&"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;");
    }
}
