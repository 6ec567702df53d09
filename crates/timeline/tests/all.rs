//! Timelines and their edits.
#![allow(clippy::unwrap_used)] // all of this is a test

#[path = "all/clips.rs"]
mod clips;
#[path = "all/documents.rs"]
mod documents;
#[path = "all/edits.rs"]
mod edits;
#[path = "all/exports.rs"]
mod exports;
