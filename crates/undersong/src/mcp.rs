//! The door for assistants: tools of the Model Context Protocol, over local files or over a server's sessions.
//!
//! What a tool takes and gives is written down once in `shapes`, what tools there are in `tools`, and who does what they ask
//! is a [`desk::Desk`]: [`local`] works on files in folders that are allowed, the server's own on sessions of who asks.

pub(crate) mod desk;
pub(crate) mod door;
pub(crate) mod local;
pub(crate) mod phrases;
pub(crate) mod refusal;
pub(crate) mod shapes;
mod stdio;
mod tools;

pub(crate) use stdio::run;
