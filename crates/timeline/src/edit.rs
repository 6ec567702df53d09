//! Everything that may be done to a timeline.

mod apply;
mod check;
mod error;
mod item;
mod ripple;

use schemars::JsonSchema;
use score::{Brief, Take};
use serde::{Deserialize, Serialize};
use sound::{Span, Time};

use crate::{Anchor, Canvas, Duck, Fades, Fit, Look, Music, Source, Target};

pub use error::EditError;
pub use item::Item;

/// One change of a timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Edit {
    /// Shows another film or photo, whole or a stretch of it.
    ///
    /// ```text
    /// film  [== a ==]   ->   film  [== a ==][== b ==]
    /// ```
    AddClip {
        /// The film or photo; one that lies in the same file, or has the same name where nobody says where it lies,
        /// joins the timeline once.
        source: Source,
        /// What is shown of it; `None` is the whole film, or a photo for [`Source::PHOTO_LENGTH`].
        #[serde(default)]
        span: Option<Span>,
        /// Before which place in the order of clips, from 0; `None` is the end.
        #[serde(default)]
        at: Option<usize>,
    },
    /// Takes a clip away.
    ///
    /// ```text
    /// film  [= a =][= b =][= c =]   ->   film  [= a =][= c =]
    /// ```
    RemoveClip {
        /// Which clip.
        clip: u32,
    },
    /// Shows another film or photo in the place of a clip, for as long where it is long enough.
    ///
    /// ```text
    /// film  [= a =][= b =]   ->   film  [= a =][= c =]
    /// ```
    ReplaceClip {
        /// Which clip.
        clip: u32,
        /// The film or photo.
        source: Source,
    },
    /// Moves a clip to another place in the order.
    ///
    /// ```text
    /// film  [= a =][= b =][= c =]   ->   film  [= c =][= a =][= b =]
    /// ```
    MoveClip {
        /// Which clip.
        clip: u32,
        /// Its place in the order when it has moved, from 0.
        to: usize,
    },
    /// Shows another stretch of a clip's source.
    ///
    /// ```text
    /// film  [== abcdef ==]   ->   film  [= bcd =]
    /// ```
    TrimClip {
        /// Which clip.
        clip: u32,
        /// What is shown, on the source's clock.
        span: Span,
    },
    /// Cuts a stretch out of the film; what follows moves up.
    ///
    /// ```text
    /// film  [== abcdef ==]   ->   film  [= ab =][= ef =]
    /// ```
    CutOut {
        /// What goes, on the film's clock.
        span: Span,
    },
    /// Makes two clips of one.
    ///
    /// ```text
    /// film  [== abcd ==]   ->   film  [= ab =][= cd =]
    /// ```
    SplitClip {
        /// Where, on the film's clock; inside a clip.
        at: Time,
    },
    /// Makes one clip of two that follow on each other in the same source.
    ///
    /// ```text
    /// film  [= ab =][= cd =]   ->   film  [== abcd ==]
    /// ```
    JoinClips {
        /// The first of the two.
        clip: u32,
    },
    /// Plays a clip faster or slower.
    ///
    /// ```text
    /// film  [== abcd ==]   ->   film  [abcd]
    /// ```
    Speed {
        /// Which clip; `None` is every clip.
        #[serde(default)]
        clip: Option<u32>,
        /// Percent of its own speed, 10 to 2000.
        percent: u32,
    },
    /// Sets how loud the own sound of a clip is.
    ///
    /// ```text
    /// film  [== 100 ==]   ->   film  [== 50 ==]
    /// ```
    ClipLevel {
        /// Which clip; `None` is every clip.
        #[serde(default)]
        clip: Option<u32>,
        /// Percent of its own loudness, 0 to 200.
        percent: f64,
    },
    /// Leaves out the own sound of a clip, or lets it be heard again.
    ///
    /// ```text
    /// film  [== ))) ==]   ->   film  [== --- ==]
    /// ```
    Mute {
        /// Which clip; `None` is every clip.
        #[serde(default)]
        clip: Option<u32>,
        /// Whether it is left out.
        muted: bool,
    },
    /// Lets a clip fade out of the one before it, or begin with a cut.
    ///
    /// ```text
    /// film  [= a =][= b =]   ->   film  [= a =X= b =]
    /// ```
    Crossfade {
        /// Which clip.
        clip: u32,
        /// How long both are seen, half of the shorter one at most; zero is a cut.
        length: Time,
    },
    /// Sets how a clip fills a picture of another shape.
    ///
    /// ```text
    /// film  [== | ==]   ->   film  | == |
    /// ```
    Frame {
        /// Which clip.
        clip: u32,
        /// How; `None` for what the canvas says.
        #[serde(default)]
        fit: Option<Fit>,
        /// What stays in the picture; `None` for what the canvas says.
        #[serde(default)]
        anchor: Option<Anchor>,
    },
    /// Sets the shape of the picture.
    ///
    /// ```text
    ///  ________          ____
    /// |        |        |    |
    /// |________|   ->   |    |
    ///                   |____|
    /// ```
    Reshape {
        /// The shape.
        canvas: Canvas,
    },
    /// Lets the picture come out of black and go back into it.
    ///
    /// ```text
    /// film  [========]   ->   film  /======\
    /// ```
    FadePicture {
        /// How.
        fades: Fades,
    },
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
    /// Has a player or a section of composed music written again; all else stays note for note.
    ///
    /// ```text
    /// bed   [~ a ~][~ b ~]   ->   bed   [~ a ~][~ c ~]
    /// ```
    Retake {
        /// Which bed.
        bed: u32,
        /// What is written again, and what chance is drawn from.
        take: Take,
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
    /// Sets how loud a bed is for a while.
    ///
    /// ```text
    /// bed   [~~ 35 ~~~~~]   ->   bed   [~~ 35 ~|20|~~]
    /// ```
    Ride {
        /// Which bed.
        bed: u32,
        /// Where, on the film's clock; what lies outside the bed does not count.
        span: Span,
        /// Percent of the film's own loudness there, 0 to 200; `None` is the bed's own level again.
        percent: Option<f64>,
    },
    /// Gives a moment a name.
    ///
    /// ```text
    /// film  [==========]   ->   film  [==v=======]
    /// ```
    Mark {
        /// The name; a marker of the same name moves.
        name: String,
        /// When it is.
        at: Time,
        /// Whether the music must land on it.
        #[serde(default)]
        hit: bool,
    },
    /// Takes a marker away.
    ///
    /// ```text
    /// film  [==v=======]   ->   film  [==========]
    /// ```
    Unmark {
        /// Its name.
        name: String,
    },
    /// Has edits leave something alone, or lets them change it again.
    ///
    /// ```text
    /// bed   [~~~~~~]   ->   bed   #~~~~~~#
    /// ```
    Lock {
        /// What.
        item: Item,
        /// Whether they leave it alone.
        locked: bool,
    },
}
