//! Keys as people write them: `A minor`, `key of B flat`, `降B大调`.

use score::Key;

/// Names of modes in requests, the longer before those they begin with.
const MODES: [(&str, &str); 12] = [
    ("major", "major"),
    ("maj", "major"),
    ("minor", "minor"),
    ("min", "minor"),
    ("dorian", "dorian"),
    ("lydian", "lydian"),
    ("mixolydian", "mixolydian"),
    ("phrygian", "phrygian"),
    ("自然小调", "minor"),
    ("大调", "major"),
    ("小调", "minor"),
    ("调", "major"),
];

/// A key at the start of a text, with the bytes it takes; `led` says that "in" or "to" stands before it: `f# minor`, `b flat major`, `key of d`, `a小调`, `降b大调`.
pub(crate) fn key_at(text: &str, led: bool) -> Option<(Key, usize)> {
    let named =
        ["in the key of ", "the key of ", "key of ", "key: ", "key "].iter().find(|p| text.starts_with(**p));
    let start = named.map_or(0, |prefix| prefix.len());
    let (sign, rest) = match text[start..].chars().next()? {
        '升' => ("#", &text[start + '升'.len_utf8()..]),
        '降' => ("b", &text[start + '降'.len_utf8()..]),
        _ => ("", &text[start..]),
    };
    let tonic = rest.chars().next().filter(|c| ('a'..='g').contains(c))?;
    let signs = ["#", "♯", " sharp", "-sharp", "♭", " flat", "-flat", "b"];
    let written = signs.iter().find(|s| rest[1..].starts_with(**s));
    let sign = match written {
        Some(&("#" | "♯" | " sharp" | "-sharp")) => "#",
        Some(_) => "b",
        None => sign,
    };
    let rest = &rest[1 + written.map_or(0, |s| s.len())..];
    let gap = rest.len() - rest.trim_start_matches([' ', '-']).len();
    let ends = |rest: &str| rest.chars().next().is_none_or(|c| !c.is_ascii_alphanumeric());
    let mode =
        MODES.iter().find(|(name, _)| rest[gap..].starts_with(name) && ends(&rest[gap + name.len()..]));
    let (mode, end) = match mode {
        Some((name, mode)) => (*mode, gap + name.len()),
        None if named.is_some() && rest.starts_with('m') && ends(&rest[1..]) => ("minor", 1),
        None if named.is_some() && ends(rest) => ("major", 0),
        None => return None,
    };
    // "A minor change" is no key; "in A minor" is, and so is "A minor" where the clause ends.
    let article = tonic == 'a' && sign.is_empty() && named.is_none() && gap > 0;
    let closes = rest[end..].trim_start().chars().next().is_none_or(|c| !c.is_ascii_alphabetic());
    // "In a minor key" names no tonic.
    let of_mode = article && rest[end..].starts_with(" key");
    if of_mode || article && !led && !closes {
        return None;
    }
    let key: Key = format!("{tonic}{sign} {mode}").parse().ok()?;
    Some((key, text.len() - rest.len() + end))
}
