//! The tables, step by step, as SQLite reads them; [`Dialect::table`](super::Dialect::table) tells PostgreSQL.
//!
//! A step that was released is never changed: the next one changes what it made. Times are milliseconds since 1970 UTC, documents and
//! bodies JSON text, hashes SHA-256 in hexadecimal digits.

/// Every step, from an empty database on.
pub(super) const STEPS: [&[&str]; 2] = [&FIRST, &SECOND];

/// Accounts to deliveries.
const FIRST: [&str; 30] = [
    // `available` and `frozen` are a cache of the sums in `entry`; the checks are the last guard against a debt.
    "CREATE TABLE account (
        id TEXT NOT NULL PRIMARY KEY, plan TEXT NOT NULL, email TEXT UNIQUE, password TEXT,
        available INTEGER NOT NULL CHECK (available >= 0), frozen INTEGER NOT NULL CHECK (frozen >= 0),
        created_ms INTEGER NOT NULL) STRICT",
    "CREATE TABLE token (
        hash TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id),
        made_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL, revoked_ms INTEGER) STRICT",
    "CREATE INDEX token_account ON token (account)",
    // Who asked for an anonymous account: hashes, for neither the client's id nor its address is ours to keep.
    "CREATE TABLE client (
        hash TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), origin TEXT,
        made_ms INTEGER NOT NULL) STRICT",
    "CREATE INDEX client_origin ON client (origin, made_ms)",
    // `events` is the number of the last event: counting up here keeps writers of one session in line.
    "CREATE TABLE session (
        id TEXT NOT NULL PRIMARY KEY, task TEXT NOT NULL UNIQUE, account TEXT NOT NULL REFERENCES account (id),
        key TEXT, name TEXT NOT NULL, language TEXT NOT NULL, revision INTEGER NOT NULL, document TEXT NOT NULL,
        events INTEGER NOT NULL, created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL, deleted_ms INTEGER,
        UNIQUE (account, key)) STRICT",
    "CREATE INDEX session_account ON session (account, created_ms, id)",
    "CREATE TABLE claim (
        hash TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id),
        session TEXT NOT NULL REFERENCES session (id), made_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL) STRICT",
    "CREATE TABLE file (
        id TEXT NOT NULL PRIMARY KEY, session TEXT NOT NULL REFERENCES session (id),
        account TEXT NOT NULL REFERENCES account (id), key TEXT, name TEXT NOT NULL, kind TEXT NOT NULL,
        sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, about TEXT NOT NULL, blob TEXT NOT NULL,
        made_ms INTEGER NOT NULL, deleted_ms INTEGER, UNIQUE (session, key)) STRICT",
    "CREATE INDEX file_session ON file (session, made_ms, id)",
    "CREATE INDEX file_account ON file (account)",
    "CREATE INDEX file_blob ON file (blob)",
    "CREATE INDEX file_gone ON file (deleted_ms) WHERE deleted_ms IS NOT NULL",
    "CREATE TABLE run (
        id TEXT NOT NULL PRIMARY KEY, session TEXT NOT NULL REFERENCES session (id),
        account TEXT NOT NULL REFERENCES account (id), state TEXT NOT NULL, said TEXT NOT NULL,
        started_ms INTEGER NOT NULL, ended_ms INTEGER, lease_ms INTEGER NOT NULL, attempt INTEGER NOT NULL) STRICT",
    // One live run a session, whoever asks at the same moment.
    "CREATE UNIQUE INDEX run_live ON run (session) WHERE state = 'running'",
    "CREATE TABLE event (
        session TEXT NOT NULL REFERENCES session (id), number INTEGER NOT NULL, run TEXT, body TEXT NOT NULL,
        made_ms INTEGER NOT NULL, PRIMARY KEY (session, number)) STRICT",
    "CREATE TABLE job (
        id TEXT NOT NULL PRIMARY KEY, session TEXT NOT NULL REFERENCES session (id),
        account TEXT NOT NULL REFERENCES account (id), kind TEXT NOT NULL, key TEXT NOT NULL, body_hash TEXT NOT NULL,
        body TEXT NOT NULL, price INTEGER NOT NULL, lane TEXT, state TEXT NOT NULL, attempt INTEGER NOT NULL,
        due_ms INTEGER NOT NULL, lease_ms INTEGER NOT NULL, progress INTEGER NOT NULL, result TEXT,
        error_code INTEGER, error TEXT, created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
        UNIQUE (account, key)) STRICT",
    // Of one lane one job runs, whatever two workers claim at the same moment.
    "CREATE UNIQUE INDEX job_lane ON job (lane) WHERE state = 'running'",
    // The live ones are few, and those that are looked through all the time.
    "CREATE INDEX job_waiting ON job (created_ms, id) WHERE state = 'waiting'",
    "CREATE INDEX job_running ON job (account, lease_ms) WHERE state = 'running'",
    "CREATE INDEX job_session ON job (session, created_ms, id)",
    "CREATE INDEX job_done ON job (kind, updated_ms) WHERE state = 'done' AND result IS NOT NULL",
    // The ledger is only ever added to. A change of a balance is written as it is: charge of 3 from a hold of 5 is +2 available, -5 frozen.
    "CREATE TABLE entry (
        id INTEGER PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), reference TEXT NOT NULL,
        kind TEXT NOT NULL, available INTEGER NOT NULL, frozen INTEGER NOT NULL, made_ms INTEGER NOT NULL,
        UNIQUE (reference, kind)) STRICT",
    "CREATE INDEX entry_account ON entry (account, id)",
    // A hold is charged, or given back, or expires: one of them, once.
    "CREATE UNIQUE INDEX entry_resolved ON entry (reference) WHERE kind IN ('charge', 'refund', 'expire')",
    "CREATE TABLE reply (
        account TEXT NOT NULL REFERENCES account (id), key TEXT NOT NULL, body_hash TEXT NOT NULL,
        status INTEGER, body TEXT, lease_ms INTEGER NOT NULL, made_ms INTEGER NOT NULL, PRIMARY KEY (account, key)) STRICT",
    "CREATE TABLE hook (
        id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), url TEXT NOT NULL,
        secret TEXT NOT NULL, made_ms INTEGER NOT NULL, deleted_ms INTEGER) STRICT",
    "CREATE TABLE delivery (
        id TEXT NOT NULL PRIMARY KEY, hook TEXT NOT NULL REFERENCES hook (id),
        account TEXT NOT NULL REFERENCES account (id), kind TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL,
        attempt INTEGER NOT NULL, due_ms INTEGER NOT NULL, status INTEGER, error TEXT,
        made_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL) STRICT",
    "CREATE INDEX delivery_due ON delivery (due_ms) WHERE state = 'waiting'",
    "CREATE INDEX delivery_hook ON delivery (hook, made_ms, id)",
];

/// Invitations, turns in the queue, and what has to be found to be thrown away.
const SECOND: [&str; 6] = [
    "CREATE TABLE invite (
        hash TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id),
        made_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL, used_ms INTEGER) STRICT",
    "CREATE INDEX invite_account ON invite (account)",
    // When a worker last took a job of this account: who was served longest ago is next.
    "ALTER TABLE account ADD COLUMN served_ms INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX session_gone ON session (deleted_ms) WHERE deleted_ms IS NOT NULL",
    "CREATE INDEX run_session ON run (session)",
    "CREATE INDEX event_made ON event (made_ms)",
];
