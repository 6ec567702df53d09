//! The edit: what plays when, and how it may change.
