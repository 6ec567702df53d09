//! Every test of the whole program, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // all of this is a test

mod all {
    mod advice;
    mod browser;
    mod chat;
    mod cutting;
    mod doors;
    mod editing;
    mod facts;
    mod heard;
    mod hearing;
    mod hits;
    mod interrupt;
    mod malformed;
    mod manual;
    mod mcp;
    mod media;
    mod mends;
    mod nsf;
    mod odd;
    mod packages;
    mod program;
    mod python;
    mod readme;
    mod refusals;
    mod repeat;
    mod serving;
    mod skills;
    mod tidy;
    mod titles;
}
