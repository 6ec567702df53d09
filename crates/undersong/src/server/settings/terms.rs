//! On which terms things are given, taken, made and kept, and how much goes on at a time.

use serde::{Deserialize, Serialize};

use super::span::Span;

/// On which terms tokens are given out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct TokenTerms {
    pub(crate) credits: i64,
    pub(crate) life_days: u32,
    /// Anonymous accounts from one address in as many days; loopback has no limit.
    pub(crate) per_address: u32,
    /// Tries in a minute to sign in or to register, of one address (loopback has no limit) and for one e-mail address.
    pub(crate) sign_ins_per_minute: u32,
}

/// What things cost, in credits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Prices {
    /// A turn that has music composed.
    pub(crate) compose: i64,
    /// A turn that changes anything else.
    pub(crate) edit: i64,
}

/// On which terms films are made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ExportTerms {
    /// Whether anonymous accounts must say which skill they come from.
    pub(crate) require_attribution: bool,
    /// How many are made at a time.
    pub(crate) at_once: usize,
    /// How many may wait in all.
    pub(crate) queue: i64,
    /// How many of one account may wait and run.
    pub(crate) per_account: i64,
    /// How long a download link holds.
    pub(crate) link_hours: u32,
    /// How long a lost worker goes unnoticed.
    pub(crate) lease_seconds: u32,
}

/// On which terms files are taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct UploadTerms {
    /// The largest file.
    pub(crate) megabytes: u64,
    /// The most files in one request.
    pub(crate) files: usize,
    /// What one account may keep in all.
    pub(crate) account_megabytes: u64,
    /// How many are taken in at a time.
    pub(crate) at_once: usize,
    /// How many of one account are taken in at a time.
    pub(crate) per_account: usize,
    /// What stays free on the disk: nothing is taken or made where there is less.
    pub(crate) keep_free_megabytes: u64,
    /// Hosts that files are fetched from though they are not public.
    pub(crate) private_hosts: Vec<String>,
}

/// How much goes on at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Limits {
    /// Turns that are read and composed at a time; 0 is one for each core. Others wait.
    pub(crate) turns: usize,
    /// Turns that may wait and run in all.
    pub(crate) turns_waiting: usize,
    /// Turns of one account that may wait and run.
    pub(crate) turns_per_account: usize,
    /// Open streams in all.
    pub(crate) streams: usize,
    /// Open streams of one account.
    pub(crate) streams_per_account: usize,
    /// Requests of one account in a minute.
    pub(crate) requests_per_minute: u32,
    /// Milliseconds between two signs of life on a stream.
    pub(crate) heartbeat_ms: u64,
    /// Connections to the database: that read (SQLite), or in all (PostgreSQL).
    pub(crate) connections: u32,
}

/// How long what nobody needs any more is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Keep {
    /// Films that were made, from the day they were done.
    pub(crate) exports: Span,
    /// Sessions of anonymous accounts with all they hold, from their last change.
    pub(crate) anonymous_sessions: Span,
    /// What is left of sessions that were deleted; their files go at once.
    pub(crate) deleted_sessions: Span,
    /// Notices that were sent or given up.
    pub(crate) deliveries: Span,
    /// Events of conversations.
    pub(crate) events: Span,
    /// Copies of what is in a bucket, from their last use.
    pub(crate) copies: Span,
    /// What a killed server left half-written, from its last byte.
    pub(crate) unfinished: Span,
    /// How often somebody looks.
    pub(crate) every: Span,
}

impl Default for TokenTerms {
    fn default() -> TokenTerms {
        TokenTerms { credits: 100, life_days: 7, per_address: 10, sign_ins_per_minute: 10 }
    }
}

impl Default for Prices {
    fn default() -> Prices {
        Prices { compose: 5, edit: 1 }
    }
}

impl Default for ExportTerms {
    fn default() -> ExportTerms {
        ExportTerms {
            require_attribution: true,
            at_once: 1,
            queue: 200,
            per_account: 20,
            link_hours: 24,
            lease_seconds: 15,
        }
    }
}

impl Default for UploadTerms {
    fn default() -> UploadTerms {
        UploadTerms {
            megabytes: 500,
            files: 20,
            account_megabytes: 20_000,
            at_once: 64,
            per_account: 32,
            keep_free_megabytes: 1000,
            private_hosts: Vec::new(),
        }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            turns: 0,
            turns_waiting: 500,
            turns_per_account: 8,
            streams: 5000,
            streams_per_account: 1000,
            requests_per_minute: 6000,
            heartbeat_ms: 10_000,
            connections: 4,
        }
    }
}

impl Default for Keep {
    fn default() -> Keep {
        Keep {
            exports: Span::days(30),
            anonymous_sessions: Span::days(30),
            deleted_sessions: Span::days(7),
            deliveries: Span::days(30),
            events: Span::days(365),
            copies: Span::days(1),
            unfinished: Span::seconds(6 * 3600),
            every: Span::seconds(600),
        }
    }
}

impl Limits {
    /// Turns that are read and composed at a time.
    pub(crate) fn turns_at_once(&self) -> usize {
        match self.turns {
            0 => std::thread::available_parallelism().map_or(2, usize::from),
            turns => turns,
        }
    }
}
