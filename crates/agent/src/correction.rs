//! What people take back: "add rock, no wait, I meant reggae", `不是标题，我说的是音乐`.

use std::mem::discriminant;

use crate::lexicon::Lexicon;
use crate::normal::{QUOTED, normal};
use crate::term::{PictureWord, Term};
use crate::token::{Meaning, Token, tokens};

/// Takes out what a later word corrects; what nothing takes the place of stays.
pub(crate) fn corrected(mut tokens: Vec<Token>) -> Vec<Token> {
    while let Some(at) = tokens.iter().position(|token| token.meaning == Meaning::Term(Term::Correct)) {
        let later: Vec<Token> = tokens.split_off(at);
        let meant = later.iter().skip(1);
        for token in meant {
            if let Some(old) = tokens.iter().rposition(|old| takes_place(token, old)) {
                tokens.remove(old);
            }
        }
        // What was said first goes on in what corrects it: `音量50%……不对，40%`.
        let passed = |meaning| {
            matches!(meaning, Meaning::Comma | Meaning::Stop | Meaning::Term(Term::Not | Term::Without))
        };
        while tokens.last().is_some_and(|token| passed(token.meaning)) {
            tokens.pop();
        }
        tokens.extend(
            later.into_iter().skip(1).skip_while(|t| matches!(t.meaning, Meaning::Comma | Meaning::Stop)),
        );
    }
    tokens
}

/// Takes out what was not meant, "not the title", and says whether anything was: it is no wish to have it removed.
pub(crate) fn without_mistaken(mut tokens: Vec<Token>, text: &str) -> (Vec<Token>, bool) {
    let before = tokens.len();
    while let Some(at) = (0..tokens.len()).find(|at| is_mistaken(&tokens, *at, text)) {
        tokens.drain(at..at + 2);
        while tokens.get(at).is_some_and(|token| matches!(token.meaning, Meaning::Comma | Meaning::Stop)) {
            tokens.remove(at);
        }
    }
    let mistaken = tokens.len() < before;
    (tokens, mistaken)
}

/// The thing that was meant instead of another, in the words of a request that says nothing else: `不是标题，是音乐`.
pub(crate) fn meant_instead(request: &str, lexicon: &Lexicon) -> Option<String> {
    let text = normal(request).text;
    let (tokens, mistaken) = without_mistaken(tokens(&text, lexicon), &text);
    let things: Vec<&Token> = tokens.iter().filter(|token| is_thing(token)).collect();
    match things[..] {
        [thing] if mistaken && says_no_more(&tokens) => text.get(thing.at.0..thing.at.1).map(str::to_owned),
        _ => None,
    }
}

/// The wish that was meant by the figure of another: "at 30%", then `不对，我是说快30%`.
pub(crate) fn meant_by_it(request: &str, last: &str, lexicon: &Lexicon) -> Option<String> {
    let (text, before) = (normal(request).text, normal(last).text);
    let refused = ["不对", "不是", "no"].iter().any(|no| text.starts_with(no));
    let leads = ["我是说", "我说的是", "我的意思是", "i meant ", "i mean "];
    let meant = leads.iter().find_map(|lead| text.split_once(lead)).filter(|_| refused)?.1;
    let amounts = |text: &str| -> Vec<Meaning> {
        let amount = |token: &Token| matches!(token.meaning, Meaning::Amount(_));
        tokens(text, lexicon).iter().filter(|token| amount(token)).map(|token| token.meaning).collect()
    };
    let same = amounts(meant);
    (!same.is_empty() && same == amounts(&before) && !text.contains(QUOTED)).then(|| meant.trim().to_owned())
}

/// Whether nothing but a thing is named, and nothing said of it.
pub(crate) fn says_no_more(tokens: &[Token]) -> bool {
    let empty = |token: &Token| {
        let correct = token.meaning == Meaning::Term(Term::Correct);
        correct || matches!(token.meaning, Meaning::Word | Meaning::Comma | Meaning::Stop)
    };
    tokens.iter().all(|token| is_thing(token) || empty(token))
}

/// "Not the title" and nothing more in its clause: what was not meant.
fn is_mistaken(tokens: &[Token], at: usize, text: &str) -> bool {
    let (not, Some(thing)) = (&tokens[at], tokens.get(at + 1)) else { return false };
    let said = text.get(not.at.0..not.at.1).unwrap_or_default();
    let gap = text.get(not.at.1..thing.at.0).unwrap_or_default().trim();
    let names = said == "不是" || said == "not" && ["the", "about the", "that"].contains(&gap);
    let closes = tokens.get(at + 2).is_none_or(|token| {
        matches!(token.meaning, Meaning::Comma | Meaning::Stop | Meaning::Term(Term::Correct | Term::But))
    });
    not.meaning == Meaning::Term(Term::Not) && names && is_thing(thing) && closes
}

fn is_thing(token: &Token) -> bool {
    let picture = matches!(token.meaning, Meaning::Term(Term::Picture(PictureWord::OwnSound)));
    picture || matches!(token.meaning, Meaning::Term(Term::Music | Term::Title | Term::Film))
}

/// Whether one says the same kind of thing as another.
fn takes_place(new: &Token, old: &Token) -> bool {
    match (new.meaning, old.meaning) {
        (Meaning::Amount(new), Meaning::Amount(old)) => discriminant(&new) == discriminant(&old),
        (Meaning::Key(_), Meaning::Key(_)) => true,
        (Meaning::Term(new), Meaning::Term(old)) => {
            is_style(new) && is_style(old)
                || is_way(new) && is_way(old)
                || is_fade(new) && is_fade(old)
                || discriminant(&new) == discriminant(&old) && is_player(new)
        }
        _ => false,
    }
}

fn is_style(term: Term) -> bool {
    matches!(term, Term::Genre(_) | Term::Reference(_))
}

/// Which way it is to go.
fn is_way(term: Term) -> bool {
    matches!(term, Term::Louder | Term::Quieter | Term::Faster | Term::Slower)
}

fn is_fade(term: Term) -> bool {
    matches!(term, Term::FadeIn | Term::FadeOut)
}

fn is_player(term: Term) -> bool {
    matches!(term, Term::Role(_) | Term::Instrument(_) | Term::Mood(_))
}
