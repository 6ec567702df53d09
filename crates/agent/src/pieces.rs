//! Pieces called by what they are, "the jazz one", `爵士那首`: told as their numbers.

use score::Library;
use timeline::{Music, Timeline};

use crate::remark::Problem;
use crate::term::{PictureWord, Term};
use crate::token::{Meaning, Token};

/// What may stand behind the name of a piece.
const ENGLISH: [&str; 9] = ["is", "sounds", "one", "ones", "piece", "part", "track", "song", "bit"];
const CHINESE: [&str; 10] =
    ["那首", "那段", "那一首", "那一段", "这首", "这段", "的那首", "的那段", "那部分", "那个"];

/// What may stand before the name of music that is yet to come.
const COMING: [&str; 10] =
    ["with the", "into the", "add the", "use the", "want the", "要", "加", "成", "用", "来"];

/// Verbs that name first what is there and then what takes its place.
const EXCHANGES: [&str; 4] = ["replace", "swap", "exchange", "trade"];
const BECOMES: [&str; 7] = ["换成", "改成", "变成", "换为", "改为", "替换成", "替换为"];

/// Tells the pieces that are called by their genre, or as parts where there are several, by their numbers.
///
/// # Errors
/// [`Problem::NoPieceOf`] where no music of that genre is there.
pub(crate) fn resolve(
    mut tokens: Vec<Token>,
    text: &str,
    timeline: &Timeline,
    library: &Library,
) -> Result<Vec<Token>, Problem> {
    if timeline.beds.is_empty() {
        return Ok(tokens);
    }
    number_parts(&mut tokens, text, timeline);
    for at in 0..tokens.len() {
        let Meaning::Term(Term::Genre(genre)) = tokens[at].meaning else { continue };
        let Some(id) = library.genres().get(genre).map(|genre| genre.id.as_str()) else { continue };
        let named = is_named(&tokens[at], text);
        if !named && !gives_way(&tokens, at, text) {
            continue;
        }
        let meaning = match place_of(id, timeline) {
            Some(place) => Meaning::Term(Term::Nth(place + 1)),
            // "Change it to the jazz part" may well speak of music to come.
            None if named && text[..tokens[at].at.0].trim_end().ends_with("to the") => continue,
            None if named => return Err(Problem::NoPieceOf(id.to_owned())),
            None => Meaning::Word,
        };
        tokens[at] = Token { meaning, also: None, ..tokens[at] };
        // "The epic part" is the piece, and no part of it.
        let part = |token: &Token| {
            matches!(token.meaning, Meaning::Term(Term::Part | Term::Picture(PictureWord::Part)))
        };
        if let Some(next) = tokens.get_mut(at + 1).filter(|next| named && part(next)) {
            next.meaning = Meaning::Word;
        }
    }
    Ok(tokens)
}

/// Where the first piece of a genre stands among all.
pub(crate) fn place_of(id: &str, timeline: &Timeline) -> Option<usize> {
    timeline.beds.iter().position(|bed| match &bed.music {
        Music::Composed(brief) => brief.genre.as_deref() == Some(id),
        Music::Recording(_) => false,
    })
}

/// "The jazz one", but neither "a jazz one" nor "to the jazz one".
fn is_named(token: &Token, text: &str) -> bool {
    let (before, behind) = (text[..token.at.0].trim_end(), text[token.at.1..].trim_start());
    if COMING.iter().any(|word| before.ends_with(word)) {
        return false;
    }
    let word = behind.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let the = before.ends_with("the") || before.ends_with("that");
    the && ENGLISH.contains(&word) || CHINESE.iter().any(|word| behind.starts_with(word))
}

/// "Replace the lofi with bossa nova", `把lofi换成爵士`: the first is what was there.
fn gives_way(tokens: &[Token], at: usize, text: &str) -> bool {
    let said = |token: &Token| &text[token.at.0..token.at.1];
    let exchanged = at > 0 && EXCHANGES.iter().any(|word| said(&tokens[at - 1]).starts_with(word));
    let becomes = tokens.get(at + 1).is_some_and(|next| BECOMES.contains(&said(next)));
    let style = |token: &Token| {
        matches!(
            token.meaning,
            Meaning::Term(Term::Genre(_) | Term::Mood(_) | Term::Reference(_) | Term::Occasion(_))
        )
    };
    let clause = tokens[at + 1..].iter().take_while(|t| !matches!(t.meaning, Meaning::Comma | Meaning::Stop));
    (exchanged || becomes) && clause.into_iter().any(style)
}

/// "The second part", `第二段` of one film with several pieces: the piece.
fn number_parts(tokens: &mut [Token], text: &str, timeline: &Timeline) {
    if timeline.beds.len() < 2 || timeline.clips.len() > 1 {
        return;
    }
    const FIRST: [&str; 5] = ["第一段", "第1段", "第1首", "first part", "first bit"];
    const SECOND: [&str; 5] = ["第二段", "第2段", "第2首", "second part", "second bit"];
    let music = |token: &&Token| {
        matches!(token.meaning, Meaning::Term(Term::Role(_) | Term::Instrument(_) | Term::Music))
            || matches!(token.meaning, Meaning::Term(Term::Louder | Term::Quieter))
    };
    if tokens.iter().find(music).is_none() {
        return;
    }
    for (n, words) in [(1, FIRST), (2, SECOND)] {
        for start in words
            .iter()
            .flat_map(|word| text.match_indices(word))
            .map(|(start, word)| start..start + word.len())
        {
            let mut inside =
                tokens.iter_mut().filter(|token| token.at.0 < start.end && token.at.1 > start.start);
            if let Some(token) = inside.next() {
                token.meaning = Meaning::Term(Term::Nth(n));
            }
            inside.for_each(|token| token.meaning = Meaning::Word);
        }
    }
}
