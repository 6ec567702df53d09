//! Words about the picture.

use timeline::{Fit, Ratio};

/// The sense of a word about the picture, its clips and their own sound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum PictureWord {
    /// "Cut out": what follows goes.
    Cut,
    /// "Cut": the same, where a film or an end of it is spoken of.
    Snip,
    /// "Trim": what follows goes, and what the film is trimmed to stays.
    Trim,
    /// "Shorten".
    Shorten,
    /// `裁到`: what follows stays.
    ShortenTo,
    /// "Keep only"; "only" besides.
    Keep,
    /// "The part": a stretch of the film.
    Part,
    Split,
    Join,
    /// "Exchange": two clips change places.
    Swap,
    /// "In reverse order": the last clip comes first.
    Reverse,
    /// "To the front".
    Front,
    /// "To the back".
    Rear,
    SlowMotion,
    FastForward,
    /// The clip of this number, from 1; the last one is 0.
    Clip(usize),
    Crossfade,
    /// The sound that was filmed.
    OwnSound,
    /// "Remove the audio".
    Silence,
    Unmute,
    Shape(Ratio),
    Fit(Fit),
    /// "The aspect ratio": says that a shape follows.
    Frame,
    /// "From black".
    FromBlack,
    /// "To black".
    ToBlack,
    Black,
}

impl PictureWord {
    /// The number of the clip in the middle.
    pub(crate) const MIDDLE: usize = usize::MAX;

    /// Whether it is an ordinary word where nothing of the picture is wished.
    pub(crate) fn is_weak(self) -> bool {
        matches!(
            self,
            PictureWord::Snip
                | PictureWord::Part
                | PictureWord::Black
                | PictureWord::FromBlack
                | PictureWord::ToBlack
                | PictureWord::Front
                | PictureWord::Rear
        )
    }
}
