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
}
