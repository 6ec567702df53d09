//! Everything in which the two databases differ.

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// A statement that makes a table, written for SQLite, as this database reads it.
    pub(crate) fn table(self, statement: &str) -> String {
        match self {
            Self::Sqlite => statement.to_owned(),
            Self::Postgres => statement
                .replace("INTEGER PRIMARY KEY", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
                .replace("INTEGER", "BIGINT")
                .replace(") STRICT", ")"),
        }
    }

    /// A selection for a claim: rows that another worker claims this moment are passed over, not waited for.
    ///
    /// SQLite has one writer, so there is nobody to wait for.
    pub(crate) fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }
}
