//! Chinese numerals.

pub(super) fn digit(c: char) -> Option<f64> {
    "零一二三四五六七八九".chars().position(|d| d == c).map(|d| d as f64).or(match c {
        '两' => Some(2.0),
        '〇' => Some(0.0),
        c => c.to_digit(10).map(f64::from),
    })
}

/// Chinese numerals up to the hundreds, with halves: `十`, `二十五`, `一百二`, `半`, `两点五`.
pub(super) fn han(text: &str) -> Option<(f64, usize)> {
    let (mut total, mut pending, mut used) = (0.0, None, 0);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '半' if used == 0 => return Some((0.5, c.len_utf8())),
            '十' => total += pending.take().unwrap_or(1.0) * 10.0,
            '百' => total += pending.take().unwrap_or(1.0) * 100.0,
            '点' if pending.is_some() => {
                // `一点20秒` is "a bit, 20 s" and not 1.2.
                let han = letters.peek().filter(|c| !c.is_ascii());
                let Some(tenths) = han.and_then(|c| digit(*c)) else { break };
                letters.next();
                return Some((total + pending? + tenths / 10.0, used + "点一".len()));
            }
            c if !c.is_ascii() && digit(c).is_some() => pending = digit(c),
            _ => break,
        }
        used += c.len_utf8();
    }
    let rest = pending.unwrap_or(0.0);
    // `一百二` is 120.
    let value = if total >= 100.0 && total % 100.0 == 0.0 && text[..used].chars().nth_back(1) == Some('百') {
        total + rest * 10.0
    } else {
        total + rest
    };
    (used > 0).then_some((value, used))
}

/// How many things a clause counts, two or more, by their measure words: `三个`, `两首`; zero for `几个`.
pub(crate) fn counted(clause: &str) -> Option<usize> {
    const MEASURES: [char; 6] = ['个', '种', '版', '套', '首', '段'];
    clause.char_indices().find_map(|(at, c)| {
        let measured = clause[at + c.len_utf8()..].starts_with(MEASURES);
        let many = if c == '几' { Some(0) } else { digit(c).map(|n| n as usize).filter(|n| *n > 1) };
        let many = if c == '十' { Some(10) } else { many };
        many.filter(|_| measured)
    })
}
