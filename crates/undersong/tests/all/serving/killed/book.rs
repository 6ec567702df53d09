//! What was acknowledged: an answer that was read to its end stands in the book, and must hold for ever.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

/// An account with one session and one hook, and all it was told.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) token: String,
    pub(super) user: String,
    pub(super) session: String,
    pub(super) hook: String,
    /// Number of a file to the hash of what was sent.
    pub(super) uploads: BTreeMap<String, String>,
    /// Hashes of everything that was sent, heard or not.
    pub(super) sent: BTreeSet<String>,
    /// Events as they were read, by their numbers.
    pub(super) events: BTreeMap<i64, String>,
    /// Exports that were taken on; with bytes and hash where they were fetched.
    pub(super) exports: BTreeMap<String, Option<(u64, String)>>,
    /// The newest revision that was told.
    pub(super) revision: i64,
}

/// What all clients came to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) pages: usize,
    pub(super) uploads: usize,
    pub(super) events: usize,
    pub(super) exports: usize,
    pub(super) films: usize,
}

impl Sums {
    pub(super) fn of<'p>(pages: impl IntoIterator<Item = &'p Page>) -> Sums {
        pages.into_iter().fold(Sums::default(), |sums, page| Sums {
            pages: sums.pages + 1,
            uploads: sums.uploads + page.uploads.len(),
            events: sums.events + page.events.len(),
            exports: sums.exports + page.exports.len(),
            films: sums.films + page.exports.values().flatten().count(),
        })
    }
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
