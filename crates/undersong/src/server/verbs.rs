//! What can be asked of the server, a family of verbs in each file: read the request, call, answer.

pub(crate) mod adk;
pub(crate) mod credits;
pub(crate) mod docs;
pub(crate) mod files;
pub(crate) mod health;
pub(crate) mod hooks;
pub(crate) mod latest;
pub(crate) mod register;
pub(crate) mod render;
pub(crate) mod resume;
pub(crate) mod session;
pub(crate) mod sign;
pub(crate) mod stream;
pub(crate) mod talk;
pub(crate) mod token;
pub(crate) mod upload;
pub(crate) mod workspace;
