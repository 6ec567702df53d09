//! What was taken back and is wanted after all: "undo", then `算了还是去掉吧`, "remove it after all".

use timeline::History;

use crate::lexicon::Lexicon;
use crate::normal::normal;
use crate::term::Term;
use crate::token::{Meaning, Token, tokens};

const AFTER_ALL: [&str; 3] = ["还是", "after all", "on second thought"];

/// Whether a request names nothing and only says again what was just taken back.
pub(super) fn is_wanted(request: &str, history: &History, lexicon: &Lexicon) -> bool {
    let text = normal(request).text;
    let mut next = history.clone();
    if !AFTER_ALL.iter().any(|word| text.contains(word)) || next.redo().is_err() {
        return false;
    }
    let Some(undone) = next.past().last() else { return false };
    let verb =
        |token: &Token| matches!(token.meaning, Meaning::Term(Term::Remove | Term::Again | Term::Mute));
    let empty = |token: &Token| {
        matches!(token.meaning, Meaning::Word | Meaning::Comma | Meaning::Stop)
            || matches!(token.meaning, Meaning::Term(Term::Correct | Term::Make | Term::After | Term::All))
    };
    let said = tokens(&text, lexicon);
    let before = tokens(&normal(&undone.said).text, lexicon);
    let alike = |token: &Token| before.iter().any(|old| old.meaning == token.meaning);
    said.iter().all(|token| verb(token) || empty(token))
        && said.iter().any(|token| verb(token) && alike(token))
}
