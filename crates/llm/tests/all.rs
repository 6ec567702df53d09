//! Tests of the language model from outside, against servers of our own that answer well, wrongly, slowly and hugely.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod all {
    mod answers;
    mod fake;
    mod schema;
    mod sent;
    mod trouble;
}
