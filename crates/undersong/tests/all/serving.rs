//! The server as published skills use it: the real program, real HTTP, a folder of its own.

mod document;
mod errors;
mod exports;
mod flow;
mod kit;
mod quirks;
mod schema;
mod server;
mod strangers;
mod streams;
