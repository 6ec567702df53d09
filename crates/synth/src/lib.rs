//! Plays a score.
