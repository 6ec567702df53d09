//! Everything that may be done to a timeline.

mod apply;
mod error;

use score::Brief;
use serde::{Deserialize, Serialize};
use sound::{Span, Time};

use crate::{Duck, Look, Music, Target};

pub use error::EditError;

/// One change of a timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Edit {
    /// Lays music under the film.
    ///
    /// ```text
    /// film  [==================]        film  [==================]
    ///                              ->   bed        [~~~~~~~~]
    /// ```
    AddBed {
        /// What people will call it.
        name: String,
        /// Where the music comes from.
        music: Music,
        /// Where it plays; `None` is under the whole film.
        span: Option<Span>,
    },
    /// Takes a bed away.
    ///
    /// ```text
    /// bed   [~~~~~~~~]   ->
    /// ```
    RemoveBed {
        /// Which bed.
        bed: u32,
    },
    /// Asks for other music in the same place.
    ///
    /// ```text
    /// bed   [~~ a ~~~]   ->   bed   [~~ b ~~~]
    /// ```
    Rescore {
        /// Which bed.
        bed: u32,
        /// What people will call it now.
        name: String,
        /// The new brief.
        brief: Box<Brief>,
    },
    /// Moves a bed or changes how long it plays.
    ///
    /// ```text
    /// bed   [~~~~~~~~]   ->   bed      [~~~~]
    /// ```
    Place {
        /// Which bed.
        bed: u32,
        /// Where it plays now.
        span: Span,
    },
    /// Sets how loud a bed is, in percent.
    ///
    /// ```text
    /// bed   [~~ 35 ~~]   ->   bed   [~~ 20 ~~]
    /// ```
    Level {
        /// Which bed.
        bed: u32,
        /// Percent of the film's own loudness, 0 to 200.
        percent: f64,
    },
    /// Sets how a bed gives way to speech.
    ///
    /// ```text
    /// talk       ____                talk       ____
    /// bed   [~~~~~~~~~~~~]   ->   bed   [~~~\____/~~]
    /// ```
    Duck {
        /// Which bed.
        bed: u32,
        /// How.
        duck: Duck,
    },
    /// Sets the fades of a bed.
    ///
    /// ```text
    /// bed   [~~~~~~~~]   ->   bed   /~~~~~~\
    /// ```
    Fade {
        /// Which bed.
        bed: u32,
        /// Fade at its start.
        fade_in: Time,
        /// Fade at its end.
        fade_out: Time,
    },
    /// Sets how loud the finished film is to be.
    ///
    /// ```text
    /// -23 LUFS   ->   -14 LUFS
    /// ```
    Aim {
        /// The target.
        target: Target,
    },
    /// Writes words over the picture.
    ///
    /// ```text
    /// film   [==================]   ->   film   [==================]
    ///                                    title     [ABC]
    /// ```
    AddTitle {
        /// What they say.
        text: String,
        /// When they are shown; `None` is the whole film.
        span: Option<Span>,
        /// How they look.
        #[serde(default)]
        look: Look,
    },
    /// Takes a title away.
    ///
    /// ```text
    /// title  [ABC]   ->
    /// ```
    RemoveTitle {
        /// Which title.
        title: u32,
    },
    /// Changes what a title says.
    ///
    /// ```text
    /// title  [ABC]   ->   title  [DEF]
    /// ```
    Retitle {
        /// Which title.
        title: u32,
        /// What it says now.
        text: String,
    },
    /// Shows a title at another time.
    ///
    /// ```text
    /// title  [ABC]   ->   title     [ABC  ]
    /// ```
    PlaceTitle {
        /// Which title.
        title: u32,
        /// When it is shown now.
        span: Span,
    },
    /// Changes how a title looks.
    ///
    /// ```text
    /// title  [abc]   ->   title  [ABC]
    /// ```
    StyleTitle {
        /// Which title.
        title: u32,
        /// How it looks now.
        look: Look,
    },
}
