//! What a word of the lexicon stands for.

mod outside;
mod picture;

use score::{Mode, Role, SectionKind};
use timeline::{Colour, Place, Target};

use crate::landmark::Landmark;
pub(crate) use outside::Outside;
pub(crate) use picture::PictureWord;

/// The sense of a word or phrase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Term {
    /// A genre, by its place in the library.
    Genre(usize),
    /// A kind of film that a genre is right for, by the place of the genre in the library.
    Occasion(usize),
    /// A mood, by its place among the mood words.
    Mood(usize),
    /// A purpose or a likeness, by its place in the table.
    Reference(usize),
    /// Music as such.
    Music,
    /// Music that was there before: in talk of a film without added music, that of the film itself.
    OldMusic,
    /// The film as such.
    Film,
    /// People who talk in the film.
    Speech,
    /// "Add", "compose": asks for music outright.
    Add,
    /// "I want", "use": asks for whatever follows.
    Want,
    /// "Set", "make", "change": says that something follows.
    Make,
    Remove,
    /// "Another one", "replace".
    Again,
    /// "Three options": several to choose from, each another one.
    Options,
    /// "More like this": another one that takes after it.
    Similar,
    /// "Also", "on top": beside what is there.
    Also,
    /// "That fits the film": the film decides.
    Fit,
    /// "Surprise me": a wish for music by itself.
    Anything,
    Volume,
    Louder,
    Quieter,
    Loud,
    Soft,
    TooLoud,
    TooQuiet,
    Mute,
    Faster,
    Slower,
    Fast,
    Slow,
    Pace,
    Role(Role),
    /// An instrument, by its place among the ensembles.
    Instrument(usize),
    Not,
    Without,
    Only,
    /// "Solo", "just a": only, where a player follows.
    Solo,
    With,
    From,
    Between,
    To,
    Until,
    At,
    Inside,
    After,
    /// `后`: after a time it means "from then on", before one "the last".
    Behind,
    Before,
    First,
    Last,
    Half,
    FirstHalf,
    SecondHalf,
    Third,
    Quarter,
    Minute,
    Start,
    End,
    Middle,
    Whole,
    For,
    By,
    /// "Too abrupt": an end that wants a fade.
    Abrupt,
    FadeIn,
    FadeOut,
    Fade,
    Duck,
    /// "Don't press it down".
    NoDuck,
    /// "For the hard of hearing".
    Accessible,
    /// "I can't hear the voice".
    Drowned,
    Gentle,
    Strong,
    Hit,
    /// A hit that everything works towards: "the drop", "the climax".
    Climax,
    Target(Target),
    Loop,
    /// "Leave room": the music need not play all the time.
    Breathing,
    /// "Like the real console".
    Authentic,
    Bit,
    Much,
    More,
    Less,
    Too,
    Twice,
    And,
    /// "Then", "switch to": what follows comes later.
    Then,
    But,
    /// Every piece of music.
    All,
    /// The piece of this number, from 1; the last one is 0.
    Nth(usize),
    /// A point or a stretch that the film knows of itself.
    Landmark(Landmark),
    /// "The same level everywhere", "back to normal".
    Even,
    /// "Lock", "don't touch".
    Lock,
    /// "As it is", "don't change".
    AsIs,
    Unlock,
    /// "Everything else".
    Others,
    /// "Boring", "awful".
    Bad,
    /// "Full volume".
    Full,
    /// "In minor".
    Mode(Mode),
    /// "Another key".
    Key,
    /// Half steps up, or down below zero.
    Semitone(i8),
    /// "When nobody talks".
    NoSpeech,
    /// "Keep": makes nothing, beside what is told of it.
    Keep,
    /// "Change": makes something of what follows.
    Change,
    /// "New", "rewrite": asks for one thing to be written again.
    Renew,
    /// A section of the music by what it is for.
    Section(SectionKind),
    /// "Part", "section": a stretch of the music.
    Part,
    /// "Build up slowly": calm at first, big at the end.
    Rise,
    /// "At first": what follows comes before something else.
    AtFirst,
    /// "No wait, I meant": what follows takes the place of what was said.
    Correct,
    /// "Later", of an end of the music.
    Later,
    Earlier,
    /// "Extend to": the end of the music is told.
    Extend,
    /// "Run to the end".
    RunOut,
    /// "In place of": the player before it comes, the one behind it goes.
    InPlaceOf,
    /// "A touch": less than a bit.
    Touch,
    EveryCut,
    /// Words over the picture.
    Title,
    /// One of several titles, by number from 1; the last one is 0.
    NthTitle(usize),
    /// "Show", "write on the picture".
    Show,
    /// "Stay for", of how long something is seen.
    Stay,
    /// "Larger", of letters.
    Larger,
    Smaller,
    /// "Longer", of how long something is seen.
    Longer,
    Shorter,
    /// Where in the picture.
    Spot(Place),
    Shade(Colour),
    /// The picture: its clips, its shape, its own sound.
    Picture(PictureWord),
    Outside(Outside),
    Question(Question),
    /// A word that only keeps a shorter one inside it from being read.
    Nothing,
}

/// What people ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    /// What can you do?
    Abilities,
    /// What is playing?
    State,
    /// Is it so?
    Whether,
    /// One thing about it.
    Of(Asked),
    /// Send me the film.
    Export,
    /// Hello, thanks.
    Greeting,
}

/// One thing that people ask about the music.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Level,
    Tempo,
    Key,
    Genre,
    Place,
    Length,
    Titles,
    /// Whose music it is, and what may be done with it.
    Credits,
    /// How loud the film's own sound is.
    OwnSound,
    /// Whether the film has music of its own.
    OwnMusic,
    Fades,
    /// Whether this role plays.
    Player(Role),
    /// Whether this instrument plays, by its place among the ensembles.
    Instrument(usize),
    /// How large the picture is.
    Size,
    /// How loud the finished film is to be.
    Loudness,
}
