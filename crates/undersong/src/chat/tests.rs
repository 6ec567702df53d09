//! Conversations with servers that do what servers do on bad days.

mod exports;
mod fake;
mod refusals;
mod turns;
