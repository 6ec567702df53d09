//! Links to files: absolute, signed, for a while, and good without a token.

use shelf::{Moment, Owner};

use super::house::Shared;

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A film that was made.
    Render,
    /// A file that was given.
    Media,
    /// A piece of music by itself.
    Preview,
}

impl Kind {
    /// Its name in links.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Render => "render",
            Kind::Media => "media",
            Kind::Preview => "preview",
        }
    }
}

/// A link to a file of an owner; of media and previews, `within` is its session.
pub(crate) fn link(house: &Shared, base: &str, kind: Kind, owner: &Owner, within: &str, id: &str) -> String {
    // Rounded, so that asking twice in a row gives the same link.
    let hour = 3_600_000;
    let expires = (Moment::now().0 / hour + 1 + i64::from(house.settings.export.link_hours)) * hour;
    let (user, expires) = (owner.as_str(), expires.to_string());
    let signature = house.seal.sign(&[kind.name(), user, within, id, &expires]);
    format!("{base}/files/{}/{id}?u={user}&w={within}&e={expires}&s={signature}", kind.name())
}

/// The owner that a link was made for; `None` where it is not ours or too old.
pub(crate) fn opened(house: &Shared, kind: Kind, id: &str, query: &Query) -> Option<Owner> {
    let Query { u, w, e, s } = query;
    let fresh = e.parse::<i64>().ok()? > Moment::now().0;
    let ours = house.seal.holds(&[kind.name(), u, w, id, e], s);
    (ours && fresh).then(|| Owner::vouched(u))
}

/// What stands behind the question mark of a link.
#[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(default)]
pub(crate) struct Query {
    /// Whose it is.
    pub(crate) u: String,
    /// In which session.
    pub(crate) w: String,
    /// Until when, in milliseconds since 1970.
    pub(crate) e: String,
    /// The signature.
    pub(crate) s: String,
}
