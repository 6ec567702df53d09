//! Tests of the reader from outside: requests, conversations, and whatever people may type.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod all {
    mod advice;
    mod any_text;
    mod conversations;
    mod options;
    mod promises;
    mod requests;
    mod stage;
    mod turns;
}
