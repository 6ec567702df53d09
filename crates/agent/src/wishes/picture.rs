//! What is wished of the picture: its clips, its own sound, its shape and its fades.

mod clips;
mod cuts;
mod fades;
mod pace;
mod run;
mod shape;
mod sound;

use timeline::{Anchor, Fit, Ratio};

use super::{FadeLength, LevelWish, Place, Point};
use crate::phrase::Phrase;
use crate::term::{PictureWord, Question, Term};
use crate::token::Meaning;
use run::Run;

/// A wish about the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum PictureWish {
    /// This goes; of a clip where one is named.
    Cut(Option<Which>, Place),
    /// Only this stays; of a clip where one is named.
    Keep(Option<Which>, Place),
    Split(Point),
    /// Clips that follow on each other become one, from this one on or wherever they do.
    Join(Option<Which>),
    Remove(Which),
    /// All other clips go.
    Only(Which),
    Move(Which, Spot),
    /// The last clip comes first, and so on.
    Reverse,
    /// The two clips there are change places.
    SwapBoth,
    Swap(Which, Which),
    Speed(Scope, SpeedWish),
    Level(Scope, LevelWish),
    Mute(Scope, bool),
    /// How long a clip, or each, fades out of the one before it.
    Crossfade(Option<Which>, FadeLength),
    Shape(ShapeWish),
    /// How a clip fills the picture.
    Frame(Which, Fit),
    /// How the picture comes out of black, and goes back.
    Fade(Option<FadeLength>, Option<FadeLength>),
    /// Nothing is to be cut.
    Stay,
    /// The film's own sound is to stay.
    StaySound,
    /// Something is to be cut, and nobody said what.
    UnclearPart,
    /// Another shape is wished, and nobody said which.
    UnclearShape,
}

/// A clip by its number from 1; from the last one, which is -1, where it is below zero; the one in the middle is 0.
pub(crate) type Which = i32;

/// What of the film is meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scope {
    All,
    Clip(Which),
    /// A stretch, which becomes clips of its own.
    Part(Place),
}

/// Where a clip is to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    First,
    Last,
    Before(Which),
    After(Which),
}

/// How fast the picture is to run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum SpeedWish {
    /// This many percent of the speed it was filmed with.
    To(f64),
    /// This many times as fast as now.
    By(f64),
    /// So that it lasts so many seconds.
    Lasting(f64),
}

/// The shape that is wished; what was not said is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ShapeWish {
    pub(crate) ratio: Option<Ratio>,
    pub(crate) lines: Option<u32>,
    pub(crate) fit: Option<Fit>,
    pub(crate) anchor: Option<Anchor>,
    /// Whether it only says what must not be: "don't crop it".
    pub(crate) denied: bool,
}

/// What was found about the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Told {
    pub(crate) wishes: Vec<PictureWish>,
    /// Whether somebody only asked about it.
    pub(crate) asked: bool,
}

/// Reads what is wished of the picture and takes it out of the phrase, so that nothing of it is taken for a wish about music.
pub(crate) fn read(phrase: &mut Phrase, text: &str) -> Told {
    let mut told = Told::default();
    let mut at = 0;
    // What the verb before did is done to what is told behind it: "trim clip 1 to 3 seconds and clip 2 to 5 seconds".
    let mut verb = None;
    while let Some(run) = run::next(phrase, at, text) {
        let read = Run::new(phrase, run.clone(), text);
        let mut found = read.wishes();
        if let Some(verb) = verb.filter(|_| found.is_empty()) {
            found = cuts::go_on(&read, verb);
        } else {
            verb = cuts::verb(&read).map(|(_, verb)| verb).filter(|_| !found.is_empty());
        }
        if found.is_empty() {
            (at, verb) = (run.end, None);
            continue;
        }
        if run::asks(phrase, run.clone(), text) {
            told.asked = true;
        } else {
            told.wishes.extend(found);
        }
        phrase.cut(run.clone());
        at = run.start + 1;
    }
    leave(phrase);
    // "Cut it in two, at 12 seconds": the second half says where.
    if told.wishes.iter().any(|wish| matches!(wish, PictureWish::Split(_))) {
        told.wishes.retain(|wish| *wish != PictureWish::UnclearPart);
    }
    told
}

/// Takes out what asks for a picture of nothing: `片子前面加3秒黑屏`.
pub(crate) fn is_blank(phrase: &mut Phrase) -> bool {
    let black = [Term::Picture(PictureWord::Black)];
    let fades = [Term::FadeIn, Term::FadeOut, Term::Fade, Term::To, Term::From];
    let added = |at: &usize| phrase.near(*at, &[Term::Add]) && !phrase.near(*at, &fades);
    let Some(at) = phrase.places(&black).find(added) else { return false };
    let clause = phrase.clause(at);
    phrase.cut(clause);
    true
}

/// Words about the picture that were no wishes about it: cutting music takes it away, the others mean nothing here.
fn leave(phrase: &mut Phrase) {
    for at in 0..phrase.len() {
        let Some(Term::Picture(word)) = phrase.term(at) else { continue };
        let takes_away = matches!(word, PictureWord::Cut | PictureWord::Snip | PictureWord::Trim);
        let denied = phrase.token(at).is_some_and(|token| token.denied);
        let clause = phrase.clause(at);
        let timed = clause.clone().any(|place| phrase.seconds(place).is_some());
        // "Trim the music to 20 seconds", but not "from 0:10 to 0:20".
        let alone = |place: usize| {
            phrase.after(place, &[Term::To]) && place > 1 && phrase.seconds(place - 2).is_none()
        };
        let to = clause.clone().any(|place| phrase.seconds(place).is_some() && alone(place));
        // "Cut from 0:10 to 0:20" names no film, so that it is the music that goes there.
        let bare = word == PictureWord::Snip && phrase.is(at + 1, &[Term::From, Term::Between]);
        let music = (phrase.near(at, &[Term::Music]) || bare) && timed && !to && !denied;
        phrase.read_as(at, if takes_away && music { Meaning::Term(Term::Remove) } else { Meaning::Word });
    }
}

impl Run<'_> {
    /// The wishes of a run; one kind of them, as people wish one thing at a time.
    fn wishes(&self) -> Vec<PictureWish> {
        if self.says(&[Term::Question(Question::State)]) {
            return Vec::new();
        }
        let kinds: [fn(&Run<'_>) -> Vec<PictureWish>; 8] = [
            fades::read,
            clips::crossfade,
            sound::read,
            pace::read,
            clips::order,
            shape::read,
            cuts::read,
            clips::gone,
        ];
        kinds.iter().map(|read| read(self)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn word(&self, word: PictureWord) -> Option<usize> {
        self.find(&[Term::Picture(word)])
    }
}
