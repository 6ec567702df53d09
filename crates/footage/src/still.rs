//! A small picture of one moment, the only kind of picture the analysis sees.

use sound::{Span, Time};

/// One frame, scaled down to [`Still::WIDTH`] by [`Still::HEIGHT`] whatever its shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Still {
    /// When it is shown.
    pub at: Time,
    /// Red, green and blue of each pixel, row by row: [`Still::BYTES`] bytes.
    pub rgb: Vec<u8>,
}

impl Still {
    /// Pixels in a row.
    pub const WIDTH: usize = 64;
    /// Rows.
    pub const HEIGHT: usize = 36;
    /// Bytes in a still.
    pub const BYTES: usize = Self::WIDTH * Self::HEIGHT * 3;
}

/// Which frames the watcher wants to see next.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// Every frame of the film.
    Whole,
    /// Keyframes only; the others need not be decoded.
    Keyframes,
    /// Frames that are not drawn from both sides, every second to fourth of most films; the others need not be decoded.
    References,
    /// Every frame shown within these spans, which are sorted and do not overlap.
    Within(Vec<Span>),
}
