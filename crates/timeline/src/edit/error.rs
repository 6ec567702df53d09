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
    #[error("percent: a level must lie between 0 and 200 percent, not {0}")]
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
    /// There is no such clip.
    #[error("clip: there is no clip number {0} on the timeline")]
    NoSuchClip(u32),
    /// There is no such source.
    #[error("source: there is no source number {0}")]
    NoSuchSource(u32),
    /// There is no such marker.
    #[error("name: there is no marker called '{0}'")]
    NoSuchMarker(String),
    /// There are not so many clips.
    #[error("place: clips can stand at 0 to {clips}, not at {place}")]
    NoSuchPlace {
        /// The place that was asked for.
        place: usize,
        /// The last there is.
        clips: usize,
    },
    /// The moment lies outside the film.
    #[error("at: {at} does not lie within the film, which is {length} long")]
    NoSuchMoment {
        /// The moment that was asked for.
        at: Time,
        /// How long the film is.
        length: Time,
    },
    /// The stretch lies outside the source or holds nothing.
    #[error("span: {span} does not lie within the source, which is {length} long")]
    OutsideSource {
        /// The stretch that was asked for.
        span: Span,
        /// How long the source is, or may be shown.
        length: Time,
    },
    /// The stretch lies outside the music.
    #[error("span: {span} does not lie within the music, which plays at {bed}")]
    OutsideBed {
        /// The stretch that was asked for.
        span: Span,
        /// Where the music plays.
        bed: Span,
    },
    /// A recording cannot be written again.
    #[error("take: the music number {0} is a recording, which cannot be written again")]
    NotComposed(u32),
    /// Two rides of a bed share some time.
    #[error("rides: two stretches of the music with levels of their own meet")]
    RidesMeet,
    /// No clip would be left.
    #[error("clip: nothing of the film would be left")]
    NothingLeft,
    /// A clip would be too short to be seen.
    #[error("span: a clip of {0} is too short; it needs {1}")]
    TooShort(Time, Time),
    /// There is a border between two clips already.
    #[error("at: there is no clip to split at {0}")]
    NothingToSplit(Time),
    /// The clips do not follow on each other.
    #[error("clip: what comes after clip {0} does not go on where it ends, in the same manner")]
    NothingToJoin(u32),
    /// The speed is out of range.
    #[error("percent: the speed must lie between {least} and {most} percent, not {0}",
        least = crate::Clip::SPEEDS_PCT.start(), most = crate::Clip::SPEEDS_PCT.end())]
    SpeedOutOfRange(u32),
    /// The crossfade does not fit.
    #[error("length: a crossfade of {0} does not fit there; it may last {1} at most")]
    CrossfadeTooLong(Time, Time),
    /// The picture has too few or too many pixels.
    #[error("lines: the shorter side of the picture may have {least} to {most} pixels, not {0}",
        least = crate::Canvas::LINES.start(), most = crate::Canvas::LINES.end())]
    LinesOutOfRange(u32),
    /// The fades of the picture do not fit.
    #[error("fades: fades of {0} and {1} do not fit into a film of {2}")]
    PictureFadesTooLong(Time, Time, Time),
    /// A marker has no name, or one that nobody would read.
    #[error("name: a marker needs a name of 1 to {most} characters", most = crate::Marker::MOST_CHARACTERS)]
    BadName,
    /// It is locked.
    #[error("locked: {0} is locked; unlock it first")]
    Locked(super::Item),
    /// Two things share a number.
    #[error("{0}: two of them have the same number")]
    TwoOfANumber(&'static str),
}
