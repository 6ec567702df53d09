//! What is said where a tool stands for a sentence, in English and Chinese; and that something is said where it must be.

use agent::Language;

use super::refusal::Refusal;

/// The longest sentence, in characters.
const LONGEST: usize = 20_000;
/// What is wanted where nobody says.
const USUAL: &str = "add music that fits the film";

/// A sentence in English and Chinese.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Phrase(&'static str, &'static str);

impl Phrase {
    /// The sentence in a language.
    pub(crate) fn said(self, language: Language) -> String {
        let Phrase(english, chinese) = self;
        if language.is_chinese() { chinese.to_owned() } else { english.to_owned() }
    }
}

/// Takes back the last change, or what was undone last.
pub(crate) fn undo(redo: bool) -> Phrase {
    if redo { Phrase("redo that", "重做") } else { Phrase("undo that", "撤销") }
}

/// Lays out so many pieces.
///
/// # Errors
/// For fewer than two and more than five.
pub(crate) fn options(count: u8) -> Result<Phrase, Refusal> {
    Ok(match count {
        2 => Phrase("give me 2 options", "给我两个方案"),
        3 => Phrase("give me 3 options", "给我三个方案"),
        4 => Phrase("give me 4 options", "给我四个方案"),
        5 => Phrase("give me 5 options", "给我五个方案"),
        _ => return Err(Refusal::malformed("count must be 2 to 5.")),
    })
}

/// What somebody said.
///
/// # Errors
/// Where that is nothing, or too long.
pub(crate) fn said(request: &str) -> Result<String, Refusal> {
    match request.trim() {
        "" => Err(Refusal::malformed("Say in request what is wanted.")),
        long if long.chars().count() > LONGEST => {
            Err(Refusal::malformed("The request is too long; please say it in 20000 characters or fewer."))
        }
        text => Ok(text.to_owned()),
    }
}

/// The music that somebody wants, or what is usual.
///
/// # Errors
/// As [`said`].
pub(crate) fn wanted(request: Option<&str>) -> Result<String, Refusal> {
    said(request.filter(|request| !request.trim().is_empty()).unwrap_or(USUAL))
}
