//! Where sentences end, in English and in Chinese.

/// Whether a sentence ends with `letter`, which `next` follows; `whole` says whether the text ends with it where nothing
/// does. A full stop within a figure or a name ends none.
pub(super) fn ends(letter: char, next: Option<char>, whole: bool) -> bool {
    match letter {
        '。' | '！' | '？' => true,
        '.' | '!' | '?' => next.map_or(whole, char::is_whitespace),
        _ => false,
    }
}
