//! What else than SQLite and a folder things are kept in; the tests of the doors use these files, too.

pub(super) mod bucket;
pub(super) mod postgres;
