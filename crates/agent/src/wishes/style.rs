//! Which music: genre, mood, likeness.

use score::{MOOD_WORDS, Mood};

use crate::phrase::Phrase;
use crate::reference::REFERENCES;
use crate::term::Term;
use crate::token::Token;

/// A mood that is wished.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum MoodWish {
    /// Nothing was said.
    #[default]
    Open,
    /// This one.
    Is(Mood),
    /// From where it is, towards this one.
    Towards(Mood),
    /// From where it is, away from this one.
    Away(Mood),
}

/// The kind of music that is wished.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Style {
    /// Place of the genre in the library.
    pub(crate) genre: Option<usize>,
    /// Place of the genre that the kind of film asks for; it counts where no genre is named.
    pub(crate) occasion: Option<usize>,
    /// Genres that it must not be.
    pub(crate) not_genres: Vec<usize>,
    /// Whether more than one genre was named.
    pub(crate) several: bool,
    pub(crate) mood: MoodWish,
    /// Place of the likeness in its table.
    pub(crate) reference: Option<usize>,
    /// The words in which the likeness was named.
    pub(crate) reference_word: String,
    /// "That fits my film".
    pub(crate) fit: bool,
    /// "Surprise me".
    pub(crate) anything: bool,
}

/// Reads the style.
pub(crate) fn read(phrase: &Phrase, text: &str) -> Style {
    let fit = phrase.says(&[Term::Fit, Term::Anything]);
    let mut style = Style { fit, anything: phrase.says(&[Term::Anything]), ..Style::default() };
    let mut named = Named::default();
    for (at, token) in (0..phrase.len()).filter_map(|at| Some((at, phrase.token(at)?))) {
        match phrase.term(at) {
            Some(Term::Genre(genre)) => named.genre(&mut style, phrase, at, genre),
            Some(Term::Mood(index)) => named.mood(phrase, at, index),
            Some(Term::Occasion(genre)) if !token.denied => {
                // What is told first tells most: "my family at the beach" is about the family.
                style.occasion = style.occasion.or(named.likenesses.is_empty().then_some(genre));
                named.along(&token);
            }
            Some(Term::Reference(index)) if !token.denied => named.likenesses.push((index, token.at)),
            _ => {}
        }
    }
    if let Some((index, (start, end))) = named.likeness() {
        style.reference = Some(index);
        style.reference_word = text.get(start..end).unwrap_or_default().to_owned();
    }
    style.mood = named.wish();
    style
}

/// Moods and likenesses on the way through a phrase.
#[derive(Default)]
struct Named {
    plain: Vec<Mood>,
    towards: Vec<Mood>,
    away: Vec<Mood>,
    /// Places in the table of likenesses, with where in the text they stand.
    likenesses: Vec<(usize, (usize, usize))>,
}

impl Named {
    fn genre(&mut self, style: &mut Style, phrase: &Phrase, at: usize, genre: usize) {
        let Some(token) = phrase.token(at) else { return };
        match token.also {
            // "Not scary": no kind of music, but a mood that it must not have.
            Some(Term::Mood(index)) if token.denied => self.away.push(MOOD_WORDS[index].mood),
            // "From lo-fi to cinematic": the first is what it was.
            _ if token.denied || phrase.after(at, &[Term::From]) => style.not_genres.push(genre),
            _ => {
                style.several |= style.genre.is_some_and(|chosen| chosen != genre);
                style.genre = style.genre.or(Some(genre));
                self.along(&token);
            }
        }
    }

    fn mood(&mut self, phrase: &Phrase, at: usize, index: usize) {
        let denied = phrase.token(at).is_some_and(|token| token.denied);
        let more =
            phrase.after(at, &[Term::More, Term::Louder]) || phrase.is(at + 1, &[Term::Bit, Term::More]);
        let less = denied || phrase.after(at, &[Term::Less, Term::Too, Term::Quieter]);
        let moods = match (less, more) {
            (true, _) => &mut self.away,
            (false, true) => &mut self.towards,
            (false, false) => &mut self.plain,
        };
        moods.push(MOOD_WORDS[index].mood);
    }

    /// What else the word of a genre or an occasion says.
    fn along(&mut self, token: &Token) {
        match token.also {
            Some(Term::Mood(index)) => self.plain.push(MOOD_WORDS[index].mood),
            Some(Term::Reference(index)) => self.likenesses.push((index, token.at)),
            _ => {}
        }
    }

    /// The likeness that counts: the first that names a kind of music, else the first.
    fn likeness(&self) -> Option<(usize, (usize, usize))> {
        let kind = self.likenesses.iter().find(|(index, _)| REFERENCES[*index].kind.is_some());
        kind.or(self.likenesses.first()).copied()
    }

    /// One wish from all moods: plainly, as a step towards, as a step away.
    fn wish(&self) -> MoodWish {
        match (self.plain.is_empty(), self.towards.is_empty(), self.away.is_empty()) {
            (false, ..) => MoodWish::Is(mean(self.plain.iter().chain(&self.towards))),
            (_, false, _) => MoodWish::Towards(mean(self.towards.iter())),
            (.., false) => MoodWish::Away(mean(self.away.iter())),
            _ => MoodWish::Open,
        }
    }
}

fn mean<'m>(moods: impl Iterator<Item = &'m Mood> + Clone) -> Mood {
    let count = moods.clone().count() as f64;
    let sum = moods.fold((0.0, 0.0), |(v, a), mood| (v + mood.valence, a + mood.arousal));
    Mood::new(sum.0 / count, sum.1 / count)
}
