//! Why an edit cannot be done.

use sound::{Span, Time};
use thiserror::Error;

/// Why an edit cannot be done; it names the field.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum EditError {
    /// There is no such bed.
    #[error("bed: there is no music number {0} on the timeline")]
    NoSuchBed(u32),
    /// The place lies outside the film or holds nothing.
    #[error("span: {span} does not lie within the film, which is {length} long")]
    OutsideFilm {
        /// The place that was asked for.
        span: Span,
        /// How long the film is.
        length: Time,
    },
    /// The level is out of range.
    #[error("percent: the music level must lie between 0 and 200 percent, not {0}")]
    LevelOutOfRange(f64),
    /// The fades do not fit.
    #[error("fade: fades of {0} and {1} do not fit into the music")]
    FadesTooLong(Time, Time),
    /// There is no such title.
    #[error("title: there is no title number {0} on the timeline")]
    NoSuchTitle(u32),
    /// A title says nothing.
    #[error("text: a title needs some words")]
    NoWords,
    /// A title says too much.
    #[error("text: a title may have {most} characters, not {0}", most = crate::Title::MOST_CHARACTERS)]
    TooManyWords(usize),
    /// Letters of this size cannot be read.
    #[error("size_px: letters may be {least} to {most} pixels high, not {0}",
        least = crate::Look::SIZES_PX.start(), most = crate::Look::SIZES_PX.end())]
    SizeOutOfRange(u32),
    /// A title takes longer to appear and vanish than it is shown.
    #[error("fade: a title cannot fade in and out for {0} each within {1}")]
    FadeTooLong(Time, Time),
}
