//! Timelines and their edits.
#![allow(clippy::unwrap_used)] // all of this is a test

#[path = "all/edits.rs"]
mod edits;
