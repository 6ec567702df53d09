//! What can go wrong on the shelf, without a word of HTTP.

use std::time::Duration;

/// Why something was not kept, or not found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShelfError {
    /// Not there, or not this owner's: the two are never told apart.
    #[error("there is no such thing")]
    Absent,
    /// A token was made for this client, or too many from this place, a short while ago.
    #[error("too often; again in {} s", wait.as_secs())]
    TooOften {
        /// After which another try can succeed.
        wait: Duration,
    },
    /// There is one already: the e-mail address, or the account, is registered.
    #[error("there is one already")]
    Taken,
    /// Somebody saved before; read again, and decide anew.
    #[error("the revision that stands is {revision}")]
    Stale {
        /// The revision that stands.
        revision: i64,
    },
    /// The session has a run that has not ended.
    #[error("run {run} is going on")]
    AlreadyRunning {
        /// The run that goes on.
        run: String,
    },
    /// This key was used before, with another body.
    #[error("this key came with another body before")]
    OtherBody,
    /// The same thing is being done this moment, or the database has too much to do.
    #[error("busy; again in a moment")]
    Busy,
    /// Fewer credits than this costs.
    #[error("only {available} credits are left")]
    NoCredits {
        /// Credits that are not held by running work.
        available: i64,
    },
    /// The attempt is no longer this worker's: stop, end the child, delete what it wrote.
    #[error("this attempt belongs to another worker now, or has ended")]
    Lost,
    /// No room on the disk.
    #[error("the disk is full")]
    Full,
    /// More bytes than allowed.
    #[error("more than {most} bytes")]
    TooLarge {
        /// Bytes allowed.
        most: u64,
    },
    /// Text that cannot be kept: it has a NUL character, or is too long for its place.
    #[error("text that cannot be kept")]
    Text,
    /// An amount or a count outside its range.
    #[error("{0} is out of range")]
    Range(&'static str),
    /// What is kept, or a copy of it, is not as it should be.
    #[error("damaged: {0}")]
    Damaged(String),
    /// A newer undersong wrote this database.
    #[error("the database is at step {found}, this program knows {known}")]
    Newer {
        /// The step that the database is at.
        found: i64,
        /// The last step that this program knows.
        known: i64,
    },
    /// The settings make no sense.
    #[error("{0}")]
    Settings(String),
    /// The shelf is closed.
    #[error("the shelf is closed")]
    Closed,
    /// The system gave no random bytes.
    #[error("no random bytes: {0}")]
    Chance(String),
    /// What the database says.
    #[error("the database says: {0}")]
    Database(String),
    /// What the store of blobs says.
    #[error("the store says: {0}")]
    Blob(String),
}

/// What every function of this room answers with.
pub(crate) type Result<T, E = ShelfError> = std::result::Result<T, E>;

impl From<sqlx::Error> for ShelfError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Self::Closed,
            sqlx::Error::Database(told) => match told.code() {
                Some(code) => coded(&code).unwrap_or_else(|| Self::Database(error.to_string())),
                None => Self::Database(error.to_string()),
            },
            _ => Self::Database(error.to_string()),
        }
    }
}

impl From<std::io::Error> for ShelfError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            std::io::ErrorKind::NotFound => Self::Absent,
            std::io::ErrorKind::InvalidData => Self::Damaged(error.to_string()),
            _ => Self::Blob(error.to_string()),
        }
    }
}

/// Codes that call for more than a sentence: five letters are PostgreSQL's (appendix A of its manual), fewer are SQLite's
/// (sqlite.org/rescode.html), of which the low byte is the kind.
fn coded(code: &str) -> Option<ShelfError> {
    if code.len() == 5 {
        return match code {
            "53100" => Some(ShelfError::Full),
            "23505" => Some(ShelfError::Taken),
            "40001" | "40P01" | "53300" | "55P03" => Some(ShelfError::Busy),
            _ => None,
        };
    }
    let code: u32 = code.parse().ok()?;
    match code & 0xff {
        // SQLITE_CONSTRAINT_UNIQUE
        19 if code == 2067 => Some(ShelfError::Taken),
        13 => Some(ShelfError::Full),
        5 | 6 => Some(ShelfError::Busy),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_and_busy_are_known_on_both_databases() {
        for (code, said) in [("13", ShelfError::Full), ("53100", ShelfError::Full), ("517", ShelfError::Busy)]
        {
            assert_eq!(coded(code), Some(said), "{code}");
        }
        assert_eq!(coded("40P01"), Some(ShelfError::Busy));
        assert_eq!([coded("2067"), coded("23505")], [Some(ShelfError::Taken), Some(ShelfError::Taken)]);
        assert_eq!([coded("787"), coded("23503"), coded("")], [None, None, None]);
    }
}
