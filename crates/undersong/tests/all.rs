//! Every test of the whole program, in one binary.

mod all {
    mod readme;
    mod tidy;
}
