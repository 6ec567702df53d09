//! Tries, from inside the box, what the box forbids.
