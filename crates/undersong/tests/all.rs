//! Every test of the whole program, in one binary.

mod all {
    mod facts;
    mod heard;
    mod interrupt;
    mod media;
    mod program;
    mod readme;
    mod refusals;
    mod tidy;
}
