//! Reads a plain-language request and answers with edits.
