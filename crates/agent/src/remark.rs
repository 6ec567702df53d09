//! What is to be said beside the change itself, and why a change cannot be made.

use score::{Role, SectionKind};
use sound::{Span, Time};
use timeline::{EditError, Target};

use crate::landmark::Landmark;
use crate::term::Outside;

/// Something people should know of what was done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Remark {
    /// This cannot be done yet.
    NotYet(Outside),
    /// There is no such kind of music, in the words it was wished; this genre is nearest.
    Nearest { wished: String, genre: String },
    /// Several genres were named; this one was taken.
    OneGenre(String),
    /// The genre has no chair for this player; the other genre has one.
    NoPlayer { player: Player, genre: String, other: Option<String> },
    /// The chip of a console cannot play this genre.
    NoConsole(String),
    /// Nobody plays this instrument anyway; its name in English and Chinese.
    NeverPlays((&'static str, &'static str)),
    /// There is no music to change.
    NoMusicYet,
    /// Something must be asked before anything is done.
    Unclear(Unclear),
    /// Of several pieces those that are locked were left alone.
    LockedStay,
    /// Nothing was to be done to a title.
    TitleStays,
    /// Nothing was to be done to the picture.
    PictureStays,
    /// There is no title to take away.
    NoTitleYet,
    /// No music was wanted, so none was laid.
    NothingAdded,
    /// No wish was found in the words, so the film decides.
    Unread,
    /// Something about the film's own sound.
    FilmSound(FilmSound),
    /// The level met the upper end of its range.
    Loudest,
    /// So many hits lie outside the music now.
    HitsLeftOut(usize),
    /// Only all of a piece can be locked, and not this player alone.
    OnlyWhole(Player),
    /// Nobody plays this here, so nothing of it can be written again.
    NotPlaying(Player),
    /// Where the sections lie that are written again, on the film's clock.
    Rewritten(Vec<Span>),
    /// The music has no such section; where its sections lie on the film's clock.
    NoSection(SectionKind, Vec<Span>),
    /// The film goes where pictures stand upright, and this one lies.
    LyingPicture(Target),
    /// The piece of this number, from 1, is locked and was left alone.
    StaysLocked(usize),
    /// A recording plays the notes it has.
    OwnRecording,
}

impl Remark {
    /// What it asks, if it asks anything.
    pub(crate) fn unclear(&self) -> Option<&Unclear> {
        match self {
            Remark::Unclear(what) => Some(what),
            _ => None,
        }
    }

    /// Whether it would be said of any film, whatever is to be seen and heard in it.
    pub(crate) fn holds_for_any_film(&self) -> bool {
        matches!(self, Remark::NothingAdded)
    }

    /// Whether something that was said was not read, or was read as something else.
    pub(crate) fn leaves_out(&self) -> bool {
        matches!(
            self,
            Remark::NotYet(_)
                | Remark::Nearest { .. }
                | Remark::OneGenre(_)
                | Remark::NoMusicYet
                | Remark::Unclear(_)
                | Remark::TitleStays
                | Remark::PictureStays
                | Remark::Unread
                | Remark::FilmSound(FilmSound::Stays)
                | Remark::OnlyWhole(_)
        )
    }
}

/// What must be asked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Unclear {
    /// A title of which nobody said what it says.
    Words,
    /// Something about a title that was not understood.
    Look,
    /// Several titles might be meant, or none is called so; what they say.
    Title(Vec<String>),
    /// Something is to be cut of which nobody said what.
    Part,
    /// The picture is to have another shape, and nobody said which.
    Shape,
    /// Another key, of which nobody said which.
    Key,
}

/// What there is to know of the film's own sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FilmSound {
    /// It has music already.
    HasMusic,
    /// Music that is part of it was to go, and cannot.
    MusicStays,
    /// A level was asked for in a film that has none.
    Silent,
    /// Nothing was to be done to it.
    Stays,
    /// Whether it has music, for who asks.
    Heard(bool),
}

/// A player, as people call them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Player {
    Role(Role),
    /// By its name in English and Chinese.
    Instrument((&'static str, &'static str)),
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Problem {
    /// A time beyond the end of the film.
    BeyondEnd(Time),
    /// The film has no such point.
    NoLandmark(Landmark),
    /// Times in frames, and nobody knows how long one is.
    NoFrames,
    /// A time or a length below zero.
    Negative,
    /// An end that does not come after its start.
    Backwards(Time, Time),
    /// A silence in the middle, which takes two pieces.
    SilentMiddle(Span),
    /// A level out of range, in percent.
    Level(f64),
    /// A tempo out of range, in beats a minute.
    Tempo(f64),
    /// Fades longer than the music.
    Fades { fades: Time, room: Time },
    /// A hit where no music plays.
    HitOutside { at: Time, span: Span },
    /// Two pieces in one sentence, by the identifiers of their genres.
    TwoPieces(String, String),
    /// A title that cannot be so.
    Title(EditError),
    /// Clips, a picture or a lock that do not allow it.
    Picture(EditError),
    /// A stretch is to go, of which nobody said whether that of the music or that of the film.
    FilmOrMusic(Span),
    /// There are not so many clips.
    NoSuchClip { asked: usize, clips: usize },
    /// No music of this genre is there, by its identifier.
    NoPieceOf(String),
    /// No part of the film is left without music.
    NoRest,
    /// One thing was not meant, and nothing is said of another.
    OtherThing,
    /// Several pieces might be meant.
    WhichPiece,
    /// There are not so many pieces.
    NoSuchPiece { asked: usize, beds: usize },
}

impl From<EditError> for Problem {
    fn from(error: EditError) -> Problem {
        match error {
            EditError::NoSuchBed(id) => Problem::NoSuchPiece { asked: id as usize, beds: 0 },
            EditError::OutsideFilm { span, length } if span.end > length => Problem::BeyondEnd(span.end),
            EditError::OutsideFilm { span, .. } => Problem::Backwards(span.start, span.end),
            EditError::LevelOutOfRange(percent) => Problem::Level(percent),
            EditError::FadesTooLong(a, b) => Problem::Fades { fades: a + b, room: Time::ZERO },
            error @ (EditError::NoSuchTitle(_)
            | EditError::NoWords
            | EditError::TooManyWords(_)
            | EditError::SizeOutOfRange(_)
            | EditError::FadeTooLong(..)) => Problem::Title(error),
            error => Problem::Picture(error),
        }
    }
}
