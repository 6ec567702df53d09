//! Whose something is.

use std::fmt;

/// An account's name, and the right to look for what belongs to it.
///
/// It cannot be made from what a request says: it comes from a token, an account, a claim or a worker's job.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Owner(String);

impl Owner {
    /// The account's id as the wire knows it: `anon_` and 32 hexadecimal digits, or `local` for the one of a single-user server.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The owner whom this server itself named in something that it signed, such as a download link.
    ///
    /// Never for an id that merely came with a request.
    #[must_use]
    pub fn vouched(id: &str) -> Self {
        Self(id.to_owned())
    }

    pub(crate) fn kept(id: String) -> Self {
        Self(id)
    }

    pub(crate) fn text(&self) -> String {
        self.0.clone()
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
