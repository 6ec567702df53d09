//! A request as a row of tokens: known words, amounts, keys, and breaks between clauses.

mod empty;

use score::Key;

use crate::key::key_at;
use crate::lexicon::{Hit, Lexicon, fixed_sense, respelled};
use crate::normal::QUOTED;
use crate::number::{Amount, amount_at, counted};
use crate::term::{PictureWord, Term};
use empty::{EMPTY_HAN, EMPTY_WORDS};

/// What a token means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Meaning {
    Term(Term),
    Amount(Amount),
    Key(Key),
    /// A stroke between two amounts: `10-40s`.
    Dash,
    Comma,
    /// The end of a clause.
    Stop,
    /// A word that is not known.
    Word,
    /// What was quoted, a link or a file name, by its place among these.
    Quoted(usize),
}

/// A word, an amount or a mark of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) meaning: Meaning,
    /// Whether it is denied: "not sad", "no drums".
    pub(crate) denied: bool,
    /// What a word means besides: a genre's word a mood or a likeness, music the film's own.
    pub(crate) also: Option<Term>,
    /// Where it stands in the text, in bytes.
    pub(crate) at: (usize, usize),
}

/// The tokens of a request that was written in the normal way.
pub(crate) fn tokens(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let hits = lexicon.hits(text);
    let (mut at, mut next) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        while hits.get(next).is_some_and(|hit| hit.start < at) {
            next += 1;
        }
        let hit = hits.get(next).filter(|hit| hit.start == at);
        let (meaning, used) = read(text, at, hit, &tokens, lexicon);
        if let Some(meaning) = meaning {
            let genre = hit.filter(|_| matches!(meaning, Meaning::Term(Term::Genre(_) | Term::Occasion(_))));
            let also = genre.and_then(|hit| fixed_sense(&text[hit.start..hit.end]));
            // Old music is music all the same, and who keeps or changes something makes it so.
            let (meaning, also) = match meaning {
                Meaning::Term(Term::OldMusic) => (Meaning::Term(Term::Music), Some(Term::OldMusic)),
                Meaning::Term(keep @ Term::Picture(PictureWord::Keep)) => {
                    (Meaning::Term(Term::Only), Some(keep))
                }
                Meaning::Term(term @ (Term::Keep | Term::Change)) => (Meaning::Term(Term::Make), Some(term)),
                meaning => (meaning, also),
            };
            tokens.push(Token { meaning, denied: false, also, at: (at, at + used) });
        }
        at += used.max(c.len_utf8());
    }
    tokens
}

/// What stands at `at`, and the bytes it takes.
fn read(
    text: &str,
    at: usize,
    hit: Option<&Hit>,
    before: &[Token],
    lexicon: &Lexicon,
) -> (Option<Meaning>, usize) {
    let rest = &text[at..];
    let behind = text[..at].chars().next_back();
    let glued = behind.is_some_and(|c| c.is_ascii_alphanumeric());
    let last = before.last().map(|token| token.meaning);
    let led = matches!(last, Some(Meaning::Term(Term::Inside | Term::At | Term::To)));
    if let Some((key, used)) = key_at(rest, led).filter(|_| !glued) {
        return (Some(Meaning::Key(key)), used);
    }
    let amount = amount_at(rest, glued).filter(|(_, used)| hit.is_none_or(|hit| hit.end - at <= *used));
    if let Some((amount, used)) = amount {
        return ((amount != Amount::Nothing).then_some(Meaning::Amount(amount)), used);
    }
    if let Some(sign) = MINUS.iter().find(|word| rest.starts_with(**word) && !glued)
        && let Some((amount, used)) = amount_at(&rest[sign.len()..], false)
    {
        return (Some(Meaning::Amount(negative(amount))), sign.len() + used);
    }
    if let Some(hit) = hit {
        if let Some(term) = put_behind(&text[hit.start..hit.end], &text[hit.end..], last) {
            return (Some(Meaning::Term(term)), hit.end - hit.start);
        }
        let one = SINGLE.contains(&&text[hit.start..hit.end]) && counted(clause(&text[..at])).is_none();
        let meaning = (hit.term != Term::Nothing && !one).then_some(Meaning::Term(hit.term));
        return (meaning, hit.end - hit.start);
    }
    let Some(c) = rest.chars().next() else { return (None, 0) };
    match c {
        '大' | '小' | '晚' | '早' if amount_at(&rest[c.len_utf8()..], false).is_some() => {
            (Some(Meaning::Term(by(c))), c.len_utf8())
        }
        '-' | '+' | '~' => signed(rest, c, behind, before),
        ',' | '/' => (Some(Meaning::Comma), 1),
        '.' | ';' | '!' | '?' | '\n' | ':' | '(' | ')' => (Some(Meaning::Stop), c.len_utf8()),
        c if c.is_ascii_alphabetic() => latin(rest, lexicon),
        c if c.is_alphabetic() => ((!EMPTY_HAN.contains(c)).then_some(Meaning::Word), c.len_utf8()),
        QUOTED => {
            let place = before.iter().filter(|token| matches!(token.meaning, Meaning::Quoted(_))).count();
            (Some(Meaning::Quoted(place)), QUOTED.len_utf8())
        }
        c => (None, c.len_utf8()),
    }
}

/// The clause at the end of a text.
fn clause(text: &str) -> &str {
    text.rsplit([',', '.', ';', '!', '?']).next().unwrap_or_default()
}

/// Words that speak of several things only where those are counted before: `三个欢快的版本`.
const SINGLE: [&str; 2] = ["版本", "方案"];

/// `标题不要`, `音乐不要了`: a denial behind what it denies has it removed; `12秒到15秒不要了` wants silence there.
fn put_behind(word: &str, behind: &str, last: Option<Meaning>) -> Option<Term> {
    let closes = behind.chars().next().is_none_or(|c| !c.is_alphanumeric());
    match (word, last?) {
        ("不要了", Meaning::Amount(_)) => Some(Term::Not),
        ("不要", Meaning::Term(thing)) if closes => {
            let named = matches!(thing, Term::Music | Term::OldMusic | Term::Title | Term::NthTitle(_))
                || matches!(thing, Term::Nth(_) | Term::Role(_) | Term::Instrument(_));
            named.then_some(Term::Remove)
        }
        _ => None,
    }
}

/// `大10%`, `晚5秒`: the word that says which way.
fn by(c: char) -> Term {
    match c {
        '大' => Term::Louder,
        '小' => Term::Quieter,
        '晚' => Term::Later,
        _ => Term::Earlier,
    }
}

/// Words for a figure below zero.
const MINUS: [&str; 3] = ["minus ", "negative ", "负"];

/// A stroke is "to" between amounts and a sign before one; elsewhere it is a hyphen.
fn signed(rest: &str, sign: char, behind: Option<char>, before: &[Token]) -> (Option<Meaning>, usize) {
    let after_amount = matches!(before.last().map(|t| t.meaning), Some(Meaning::Amount(_)));
    let follows = rest[1..].trim_start();
    if after_amount && sign != '+' && amount_at(follows, false).is_some() {
        return (Some(Meaning::Dash), 1);
    }
    if sign == '~' || behind.is_some_and(|c| c.is_ascii_alphanumeric()) {
        return (None, 1);
    }
    let Some((amount, used)) = amount_at(&rest[1..], false) else { return (None, 1) };
    let amount = if sign == '-' { negative(amount) } else { amount };
    (Some(Meaning::Amount(amount)), 1 + used)
}

fn negative(amount: Amount) -> Amount {
    match amount {
        Amount::Seconds(v) => Amount::Seconds(-v),
        Amount::Percent(v) => Amount::Percent(-v),
        Amount::Decibels(v) => Amount::Decibels(-v),
        Amount::Lufs(v) => Amount::Lufs(-v),
        Amount::Number(v) => Amount::Number(-v),
        Amount::Bpm(v) => Amount::Bpm(-v),
        other => other,
    }
}

fn latin(rest: &str, lexicon: &Lexicon) -> (Option<Meaning>, usize) {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '\'').unwrap_or(rest.len());
    let word = &rest[..end];
    if EMPTY_WORDS.contains(&word) {
        return (None, end);
    }
    let known = respelled(word, lexicon.names()).map(Meaning::Term);
    (Some(known.unwrap_or(Meaning::Word)), end)
}

#[cfg(test)]
mod tests {
    use score::Library;

    use super::*;
    use crate::normal::normal;

    fn read(request: &str) -> Vec<Meaning> {
        let lexicon = Lexicon::new(&Library::built_in().unwrap());
        tokens(&normal(request).text, &lexicon).into_iter().map(|token| token.meaning).collect()
    }

    #[track_caller]
    fn check_key(request: &str, expected: Option<&str>) {
        let key = read(request).into_iter().find_map(|meaning| match meaning {
            Meaning::Key(key) => Some(key.to_string()),
            _ => None,
        });
        assert_eq!(key.as_deref(), expected, "{request}");
    }

    #[test]
    fn keys_are_told_from_articles() {
        check_key("in A minor", Some("A minor"));
        check_key("make a minor change", None);
        check_key("key of B flat major please", Some("Bb major"));
        check_key("F# minor and slow", Some("F# minor"));
        check_key("用A小调", Some("A minor"));
        check_key("降B大调", Some("Bb major"));
        check_key("key of D", Some("D major"));
    }

    #[test]
    fn a_stroke_is_a_range_or_a_sign() {
        let seconds = |v| Meaning::Amount(Amount::Seconds(v));
        assert_eq!(read("0:10-0:40"), [seconds(10.0), Meaning::Dash, seconds(40.0)]);
        assert_eq!(read("at -5 seconds"), [Meaning::Term(Term::At), seconds(-5.0)]);
        assert_eq!(read("10秒~20秒"), [seconds(10.0), Meaning::Dash, seconds(20.0)]);
    }

    #[test]
    fn a_slip_is_forgiven() {
        assert!(matches!(read("chiptunne")[..], [Meaning::Term(Term::Genre(_))]));
        assert!(matches!(read("cinamatic")[..], [Meaning::Term(Term::Genre(_))]));
        assert_eq!(read("table"), [Meaning::Word]);
    }

    #[test]
    fn parts_of_words_are_not_words() {
        assert_eq!(read("happyface"), [Meaning::Word]);
        assert!(matches!(read("快乐")[..], [Meaning::Term(Term::Mood(_))]));
    }
}
