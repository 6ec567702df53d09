//! What is kept: accounts, tokens, sessions, files, jobs, events and the ledger.
//!
//! One [`Shelf`] opens a database (SQLite, or PostgreSQL beyond one machine) and a store of blobs. Every object is looked up by its
//! owner and its id; a write is answered only after it is flushed; work that may be repeated is fenced by its attempt.

mod accounts;
mod base;
mod blobs;
mod error;
mod events;
mod files;
mod ledger;
mod moment;
mod owner;
mod runs;
mod secret;
mod sessions;
mod settings;
mod shelf;
mod wake;

pub use accounts::anonymous::{Terms, Welcome};
pub use accounts::claims::Claimed;
pub use accounts::{Account, Accounts, Plan};
pub use blobs::{Blobs, Incoming, Kept, Sealed};
pub use error::ShelfError;
pub use events::{Event, Events};
pub use files::{File, FileDraft, Files};
pub use ledger::{Balance, Entry, EntryKind, Ledger};
pub use moment::Moment;
pub use owner::Owner;
pub use runs::{Run, RunFence, RunState, Runs, Step, Stepped};
pub use sessions::{Draft, Row, Session, Sessions};
pub use settings::{Settings, Store};
pub use shelf::Shelf;
pub use wake::Listening;
