//! The compatibility dialect: short keys and numeric codes, spoken in this folder and nowhere else.

pub(crate) mod account;
pub(crate) mod draft;
pub(crate) mod envelope;
pub(crate) mod errors;
pub(crate) mod event;
pub(crate) mod hook;
pub(crate) mod kit;
pub(crate) mod message;
pub(crate) mod output;
pub(crate) mod posted;
pub(crate) mod render;
pub(crate) mod session;
