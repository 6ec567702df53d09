//! The server as published skills use it: the real program, real HTTP, a folder of its own.
//!
//! With `UNDERSONG_TEST_STORES=far` all of it runs on PostgreSQL and on a store that speaks S3 instead.

mod accounts;
mod adk;
mod choices;
mod client;
mod clients;
mod copies;
mod document;
mod errors;
mod exports;
mod flow;
mod keeping;
mod killed;
mod kit;
mod limits;
mod published;
mod quirks;
mod resume;
mod schema;
pub(super) mod server;
mod stores;
mod strangers;
mod streams;
