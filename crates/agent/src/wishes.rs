//! What a request wishes, in its own words: nothing here knows the film or the timeline.

mod arcs;
mod asked;
mod elsewhere;
mod exchanges;
mod fades;
mod hits;
mod levels;
mod locks;
mod pace;
mod partly;
mod picture;
mod places;
mod players;
mod retakes;
mod rides;
mod settled;
mod shifts;
mod style;
mod titles;
mod transposing;
mod verbs;
mod whether;

use score::{Key, Mode};
use timeline::Target;

use crate::phrase::Phrase;
use crate::term::{Asked, Outside, Question, Term};
use crate::token::Meaning;

pub(crate) use fades::{FadeLength, FadeWish};
pub(crate) use hits::Hits;
pub(crate) use levels::{DuckWish, LevelWish};
pub(crate) use locks::Locks;
pub(crate) use pace::PaceWish;
pub(crate) use picture::{PictureWish, Scope, ShapeWish, SpeedWish, Spot};
pub(crate) use places::{Extent, Place, Point};
pub(crate) use players::Players;
pub(crate) use retakes::RetakeWish;
pub(crate) use rides::{RideWish, Stretch};
pub(crate) use shifts::ShiftWish;
pub(crate) use style::{MoodWish, Style};
pub(crate) use titles::{Lengthening, Meant, TitleWish, Wording};
pub(crate) use verbs::Verbs;

/// Everything that was found in a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wishes {
    pub(crate) verbs: Verbs,
    pub(crate) style: Style,
    /// Where the music is to play.
    pub(crate) place: Option<Place>,
    /// Moments to hit; `Some` of none takes all hits away.
    pub(crate) hits: Option<Hits>,
    pub(crate) level: Option<LevelWish>,
    /// Levels for stretches of it.
    pub(crate) rides: Vec<RideWish>,
    /// What is to be written again by itself.
    pub(crate) retakes: Vec<RetakeWish>,
    /// What is to stay as it is.
    pub(crate) locks: Locks,
    /// Whether it is to grow towards its end.
    pub(crate) rises: bool,
    /// Where its big end is to lie, as far as that was said.
    pub(crate) finale: Option<Place>,
    /// How an end of it is to move.
    pub(crate) shift: Option<ShiftWish>,
    /// Whether it is meant for what no music plays under yet.
    pub(crate) rest: bool,
    pub(crate) duck: Option<DuckWish>,
    pub(crate) fades: FadeWish,
    pub(crate) pace: Option<PaceWish>,
    pub(crate) key: Option<Key>,
    /// "In minor", without a tonic.
    pub(crate) mode: Option<Mode>,
    /// Whether another key was wished for, without saying which.
    pub(crate) other_key: bool,
    /// Half steps by which it is to lie higher; below zero lower.
    pub(crate) semitones: Option<i32>,
    pub(crate) players: Players,
    pub(crate) looping: Option<bool>,
    pub(crate) breathing: Option<bool>,
    pub(crate) authentic: Option<bool>,
    pub(crate) target: Option<Target>,
    /// Words over the picture, in the order in which they were told.
    pub(crate) titles: Vec<TitleWish>,
    /// What is wished of the picture and its own sound, in the order in which it was told.
    pub(crate) picture: Vec<PictureWish>,
    /// Which pieces are meant; `None` where nothing was said.
    pub(crate) which: Option<Which>,
    /// What was asked for and cannot be had, each once.
    pub(crate) outside: Vec<Outside>,
    pub(crate) question: Option<Question>,
    /// The single things that were asked, each once.
    pub(crate) asked: Vec<Asked>,
    /// Places in the library of two genres, each wished for a piece of its own.
    pub(crate) two_pieces: Option<(usize, usize)>,
    /// Whether music is spoken of that was there before.
    pub(crate) old_music: bool,
    /// Whether music is named, whatever is said of it.
    pub(crate) names_music: bool,
    /// Whether there is to be no singing, as there never is.
    pub(crate) unsung: bool,
    /// Whether anything was said at all.
    pub(crate) spoken: bool,
}

/// Which pieces of music are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    All,
    /// By number from 1; the last one is 0.
    Nth(usize),
}

/// "Add a narrator voice", `加一段人声解说`.
fn narration(phrase: &Phrase) -> bool {
    phrase
        .places(&[Term::Add])
        .any(|at| phrase.is(at + 1, &[Term::Speech]) && !phrase.token(at).is_some_and(|token| token.denied))
}

impl Wishes {
    /// Reads the wishes of a phrase with what was quoted in it; what belongs together is used up in the order of how clearly it says so.
    pub(crate) fn of(mut phrase: Phrase, text: &str, quoted: &[Option<String>]) -> Wishes {
        let phrase = &mut phrase;
        let names_music = text.contains("music") || phrase.places(&[Term::Music]).next().is_some();
        let mut wishes = Wishes { spoken: phrase.len() > 0, names_music, ..Wishes::default() };
        if whether::asks(text) {
            wishes.question = Some(Question::Whether);
            wishes.read_questions(phrase);
            wishes.read_whether(phrase);
            return wishes;
        }
        let exports = phrase.says(&[Term::Question(Question::Export)]);
        wishes.titles = titles::read(phrase, text, quoted);
        if wishes.titles.contains(&TitleWish::Ask) {
            wishes.question = Some(Question::Of(Asked::Titles));
            wishes.asked.push(Asked::Titles);
        }
        if picture::is_blank(phrase) {
            wishes.outside.push(Outside::Blank);
        }
        let told = picture::read(phrase, text);
        wishes.picture = told.wishes;
        wishes.read_music(phrase, text);
        // Who asks how the picture can be changed is told what can be.
        wishes.question = wishes.question.or(told.asked.then_some(Question::Abilities));
        // `导出1080p` is about the picture and yet asks for the film.
        wishes.question = wishes.question.or(exports.then_some(Question::Export));
        wishes.read_questions(phrase);
        settled::settle(&mut wishes, phrase);
        wishes
    }

    /// Reads what is said of the music, when what is said of titles and the picture is used up.
    fn read_music(&mut self, phrase: &mut Phrase, text: &str) {
        elsewhere::read(phrase);
        partly::read(phrase, &mut self.outside);
        let exchanges = exchanges::read(phrase, text);
        self.shift = shifts::read(phrase);
        self.locks = locks::read(phrase);
        // "Don't change the music, just make it vertical" only says what else is not wished.
        let other = !self.picture.is_empty() || !self.titles.is_empty();
        if other && !["lock", "锁"].iter().any(|word| text.contains(word)) {
            (self.locks.music, self.locks.as_is) = (None, false);
        }
        self.retakes = retakes::read(phrase);
        self.rises = arcs::read(phrase);
        self.rides = rides::read(phrase);
        self.two_pieces = elsewhere::two_pieces(phrase);
        let fade_ranges = fades::read_ranges(phrase);
        let ranges = places::read_ranges(phrase);
        self.fades = fades::read(phrase, fade_ranges);
        self.hits = hits::read(phrase);
        self.place = places::read(phrase, &ranges);
        self.pace = pace::read(phrase, &mut self.outside);
        self.semitones = transposing::read(phrase, text);
        let loudness = levels::read(phrase, &mut self.outside);
        (self.level, self.duck, self.target) = (loudness.level, loudness.duck, loudness.target);
        self.players = players::read(phrase, &mut self.outside);
        for exchange in exchanges {
            self.players.exchange(exchange);
        }
        self.style = style::read(phrase, text);
        self.verbs = verbs::read(phrase);
        self.spare_the_film(phrase);
        self.verbs.music_denied |= self.place.is_some() && places::denied(phrase);
        self.read_marks(phrase);
        if narration(phrase) {
            self.outside.push(Outside::VoiceOver);
        }
        if ranges.len() > 1 {
            self.outside.push(Outside::ManyPieces);
        }
    }

    /// "Delete the video" is no wish about music.
    fn spare_the_film(&mut self, phrase: &Phrase) {
        let of_film = |at: usize| {
            let clause = phrase.clause(at);
            let film = clause.clone().any(|place| phrase.is(place, &[Term::Film]));
            film && clause.len() <= 3 && !phrase.token(at).is_some_and(|token| token.denied)
        };
        if self.verbs.remove && !self.verbs.music && phrase.places(&[Term::Remove]).any(of_film) {
            self.verbs.remove = false;
            self.outside.push(Outside::WholeFilm);
        }
    }

    /// Single words that need no grammar.
    fn read_marks(&mut self, phrase: &Phrase) {
        for at in 0..phrase.len() {
            let Some(token) = phrase.token(at) else { continue };
            self.old_music |= token.also == Some(Term::OldMusic);
            match token.meaning {
                Meaning::Key(key) if self.key.is_none() => self.key = Some(key),
                Meaning::Term(Term::Mode(mode)) if !token.denied => self.mode = Some(mode),
                Meaning::Term(Term::Key) if !token.denied => self.other_key = true,
                Meaning::Term(Term::Loop) => self.looping = Some(!token.denied),
                Meaning::Term(Term::Breathing) => self.breathing = Some(!token.denied),
                Meaning::Term(Term::Authentic) => self.authentic = Some(!token.denied),
                Meaning::Term(Term::Target(target)) if !token.denied => self.target = Some(target),
                Meaning::Term(Term::All) => self.which = Some(Which::All),
                Meaning::Term(Term::Nth(n)) => self.which = Some(Which::Nth(n)),
                Meaning::Term(Term::Outside(thing)) if !token.denied => self.outside.push(thing),
                Meaning::Term(Term::Outside(Outside::Singing)) => self.unsung = true,
                Meaning::Term(Term::Question(question)) if !token.denied => {
                    self.question =
                        Some(self.question.filter(|q| *q != Question::Greeting).unwrap_or(question));
                }
                _ => {}
            }
        }
    }

    /// Whether the request says how the music is to be.
    pub(crate) fn describes_music(&self) -> bool {
        let style = &self.style;
        style.genre.is_some()
            || !style.not_genres.is_empty()
            || style.mood != MoodWish::Open
            || style.occasion.is_some()
            || style.reference.is_some()
            || style.anything
            || style.fit && self.verbs.music
    }

    /// Whether words were said and nothing was found in them.
    pub(crate) fn is_unread(&self) -> bool {
        self.spoken && *self == Wishes { spoken: true, names_music: self.names_music, ..Wishes::default() }
    }

    /// Whether something is to be added of which nothing more was found in the words, be it music.
    pub(crate) fn is_vague(&self) -> bool {
        let Verbs { add, want, .. } = self.verbs;
        let verbs = Verbs { add, want, ..Verbs::default() };
        let bare = Wishes { spoken: true, verbs, ..Wishes::default() };
        (add || want) && *self == bare
    }

    /// Whether the request asks for music that is not there yet.
    pub(crate) fn asks_for_music(&self) -> bool {
        self.describes_music()
            || self.verbs.again
            || self.verbs.add && (self.verbs.music || self.outside.is_empty())
    }

    /// Whether the request says how the notes are to be played.
    pub(crate) fn shapes_music(&self) -> bool {
        self.pace.is_some()
            || self.key.is_some()
            || self.mode.is_some()
            || self.semitones.is_some()
            || self.hits.is_some()
            || self.looping.is_some()
            || self.breathing.is_some()
            || self.authentic.is_some()
            || self.rises
            || !self.players.is_open()
    }

    /// Whether the request changes how music is laid under the film.
    pub(crate) fn lays_music(&self) -> bool {
        self.place.is_some()
            || self.level.is_some()
            || self.duck.is_some()
            || !self.rides.is_empty()
            || self.shift.is_some()
            || self.fades != FadeWish::default()
    }
}
