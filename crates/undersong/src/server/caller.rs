//! Who asks: the account of a token, and the skill it comes from.

use std::net::IpAddr;
use std::time::Instant;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use shelf::{Account, Moment, Owner, ShelfError};

use super::dialect::errors::Problem;
use super::house::{SESSION, Shared, refused};
use super::settings::Rights;

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) account: Account,
    /// What the account may do.
    pub(crate) rights: Rights,
    /// Whether source, version and platform of the skill were told.
    pub(crate) attributed: bool,
    /// How the client reaches us, without a slash at the end.
    pub(crate) base: String,
    /// Whether it came without a token, as the only user.
    only: bool,
}

/// The headers that say which skill a request comes from.
const ATTRIBUTION: [&str; 3] = ["x-skill-source", "x-skill-version", "x-skill-platform"];

impl Caller {
    pub(crate) fn owner(&self) -> &Owner {
        &self.account.owner
    }

    /// That a user named in a path or a body is the caller.
    ///
    /// # Errors
    /// Another's id answers as if nothing were there.
    pub(crate) fn is(&self, user: &str) -> Result<(), Problem> {
        match user == "me" || user == self.owner().as_str() || self.only {
            true => Ok(()),
            false => Err(Problem::NoSession),
        }
    }

    /// Where this account is turned into a registered one.
    pub(crate) fn register_url(&self) -> String {
        format!("{}/register?bind={}", self.base, self.owner().as_str())
    }

    /// Nothing left to pay with.
    pub(crate) fn penniless(&self) -> Problem {
        Problem::NoCredits { user: self.owner().as_str().to_owned(), register: self.register_url() }
    }

    /// What the shelf refuses about this caller's session.
    pub(crate) fn refused(&self, fault: ShelfError) -> Problem {
        match fault {
            ShelfError::NoCredits { .. } => self.penniless(),
            other => refused(SESSION)(other),
        }
    }

    /// Whether exports are blocked, as it does not say where it comes from.
    pub(crate) fn is_blocked(&self) -> bool {
        self.rights.attribution && !self.attributed
    }
}

/// The token of a request.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// How the client reaches us: as the settings say, else as the client calls us.
pub(crate) fn base(house: &Shared, headers: &HeaderMap) -> String {
    if let Some(url) = &house.settings.public_url {
        return url.trim_end_matches('/').to_owned();
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    // What is no name of a host would end up in links.
    let plain = |host: &&str| host.chars().all(|c| c.is_ascii_alphanumeric() || ".:-[]_".contains(c));
    let host = host.filter(plain).map_or_else(|| house.settings.listen.to_string(), str::to_owned);
    format!("http://{host}")
}

/// Whether a request was made here: under a name of this machine, and by no page from elsewhere. Any page that the user
/// opens could ask us otherwise, under its own name or under one that it has lead here.
fn is_at_home(headers: &HeaderMap) -> bool {
    let told = |name| headers.get(name).map(|value: &HeaderValue| value.to_str().unwrap_or("?"));
    let origin = told(header::ORIGIN)
        .is_none_or(|origin| origin.split_once("://").is_some_and(|(_, host)| is_here(host)));
    told(header::HOST).is_some_and(is_here) && origin
}

/// Whether a host, perhaps with a port, is this machine.
fn is_here(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &Shared) -> Result<Caller, Problem> {
        if let Some(known) = parts.extensions.get::<Caller>() {
            return Ok(known.clone());
        }
        let headers = &parts.headers;
        let only = house.settings.single_user && bearer(headers).is_none() && is_at_home(headers);
        let account = if only {
            house.shelf.accounts().single(house.settings.token.credits, Moment::now()).await
        } else {
            let token = bearer(headers).ok_or(Problem::BadToken)?;
            let found = house.shelf.accounts().by_token(token, Moment::now()).await;
            found.and_then(|account| account.ok_or(ShelfError::Absent))
        };
        let account = account.map_err(|fault| match fault {
            ShelfError::Absent | ShelfError::Text => Problem::BadToken,
            other => refused("account")(other),
        })?;
        let rights = house.rights(&account);
        let taken = house.rates.take(account.owner.as_str(), rights.requests_per_minute, Instant::now());
        taken.map_err(Problem::TooOften)?;
        let told = |name: &&'static str| {
            headers.get(*name).is_some_and(|value| !value.as_bytes().trim_ascii().is_empty())
        };
        let attributed = ATTRIBUTION.iter().all(told);
        Ok(Caller { account, rights, attributed, base: base(house, headers), only })
    }
}
