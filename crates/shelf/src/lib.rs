//! What is kept: accounts, tokens, sessions, files, jobs, events and the ledger.
//!
//! One [`Shelf`] opens a database (SQLite, or PostgreSQL beyond one machine) and a store of blobs. Every object is looked up by its
//! owner and its id; a write is answered only after it is flushed; work that may be repeated is fenced by its attempt.

mod accounts;
mod backup;
mod base;
mod blobs;
mod deliveries;
mod error;
mod events;
mod files;
mod hooks;
mod jobs;
mod ledger;
mod moment;
mod owner;
mod replies;
mod runs;
mod secret;
mod sessions;
mod settings;
mod shelf;
mod wake;

pub use accounts::anonymous::{Terms, Welcome};
pub use accounts::claims::Claimed;
pub use accounts::{Account, Accounts, Plan};
pub use backup::Copied;
pub use blobs::{Blobs, Incoming, Kept, Sealed};
pub use deliveries::{Deliveries, Delivery, DeliveryState, Parcel};
pub use error::ShelfError;
pub use events::{Event, Events};
pub use files::{File, FileDraft, Files};
pub use hooks::{Hook, Hooks};
pub use jobs::{
    ATTEMPTS, Ask, Asked, Claim, Counts, Failure, Fault, Fence, Finish, Job, JobState, Jobs, Notice, Obituary,
};
pub use ledger::{Balance, Entry, EntryKind, Ledger};
pub use moment::Moment;
pub use owner::Owner;
pub use replies::{Before, Replies};
pub use runs::{Run, RunFence, RunState, Runs, Step, Stepped};
pub use sessions::{Draft, Row, Session, Sessions};
pub use settings::{Bucket, Settings, Store};
pub use shelf::Shelf;
pub use wake::Listening;
