//! Which music: genre, mood, likeness.

use score::{MOOD_WORDS, Mood};

use crate::phrase::Phrase;
use crate::reference::REFERENCES;
use crate::term::Term;

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
    let mut style = Style {
        fit: phrase.says(&[Term::Fit, Term::Anything]),
        anything: phrase.says(&[Term::Anything]),
        ..Style::default()
    };
    let (mut plain, mut towards, mut away) = (Vec::new(), Vec::new(), Vec::new());
    let mut references = Vec::new();
    for at in 0..phrase.len() {
        let Some(token) = phrase.token(at) else { continue };
        match phrase.term(at) {
            // "Not scary": no kind of music, but a mood that it must not have.
            Some(Term::Genre(_)) if token.denied && matches!(token.also, Some(Term::Mood(_))) => {
                if let Some(Term::Mood(index)) = token.also {
                    away.push(MOOD_WORDS[index].mood);
                }
            }
            // "From lo-fi to cinematic": the first is what it was.
            Some(Term::Genre(genre)) if token.denied || phrase.after(at, &[Term::From]) => {
                style.not_genres.push(genre)
            }
            Some(Term::Genre(genre)) => {
                style.several |= style.genre.is_some_and(|chosen| chosen != genre);
                style.genre = style.genre.or(Some(genre));
                match token.also {
                    Some(Term::Mood(index)) => plain.push(MOOD_WORDS[index].mood),
                    Some(Term::Reference(index)) => references.push((index, token.at)),
                    _ => {}
                }
            }
            Some(Term::Mood(index)) => {
                let mood = MOOD_WORDS[index].mood;
                let more = phrase.after(at, &[Term::More, Term::Louder]);
                let less = token.denied || phrase.after(at, &[Term::Less, Term::Too, Term::Quieter]);
                let sized = phrase.is(at + 1, &[Term::Bit, Term::More]);
                if less {
                    &mut away
                } else if more || sized {
                    &mut towards
                } else {
                    &mut plain
                }
                .push(mood);
            }
            Some(Term::Occasion(genre)) if !token.denied => {
                // What is told first tells most: "my family at the beach" is about the family.
                style.occasion = style.occasion.or(references.is_empty().then_some(genre));
                if let Some(Term::Reference(index)) = token.also {
                    references.push((index, token.at));
                }
            }
            Some(Term::Reference(index)) if !token.denied => references.push((index, token.at)),
            _ => {}
        }
    }
    let kind = references.iter().find(|(index, _)| REFERENCES[*index].kind.is_some());
    if let Some((index, (start, end))) = kind.or(references.first()).copied() {
        style.reference = Some(index);
        style.reference_word = text.get(start..end).unwrap_or_default().to_owned();
    }
    style.mood = wish(plain, towards, away);
    style
}

/// One wish from all moods that were named: plainly, as a step towards, as a step away.
fn wish(plain: Vec<Mood>, towards: Vec<Mood>, away: Vec<Mood>) -> MoodWish {
    match (plain.is_empty(), towards.is_empty(), away.is_empty()) {
        (false, ..) => MoodWish::Is(mean(&[plain, towards].concat())),
        (_, false, _) => MoodWish::Towards(mean(&towards)),
        (.., false) => MoodWish::Away(mean(&away)),
        _ => MoodWish::Open,
    }
}

fn mean(moods: &[Mood]) -> Mood {
    let count = moods.len() as f64;
    let sum = moods.iter().fold((0.0, 0.0), |(v, a), mood| (v + mood.valence, a + mood.arousal));
    Mood::new(sum.0 / count, sum.1 / count)
}
