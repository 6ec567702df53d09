//! The conversation with a server in a terminal: what the published skills describe, as a program.

pub(crate) mod conversation;
mod events;
mod gui;
pub(crate) mod kept;
pub(crate) mod pace;
mod phrases;
mod reply;
mod routing;
pub(crate) mod screen;
pub(crate) mod sent;
mod sentence;
#[cfg(test)]
mod tests;
mod tracks;
pub(crate) mod trouble;
pub(crate) mod wire;
