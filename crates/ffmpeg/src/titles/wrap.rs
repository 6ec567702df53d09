//! Breaks lines where libass would not: it breaks at spaces only, and Chinese has none.

/// Width of a narrow letter as a share of the size; the mean of Latin text in Noto Sans Bold.
const NARROW: f64 = 0.58;

/// The text with a line break wherever a run without spaces is wider than a line of `width` times the size.
pub(super) fn wrapped(text: &str, width: f64) -> String {
    let mut wrapped = String::with_capacity(text.len());
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            wrapped.push('\n');
        }
        for (index, run) in line.split(' ').enumerate() {
            if index > 0 {
                wrapped.push(' ');
            }
            break_run(run, width, &mut wrapped);
        }
    }
    wrapped
}

/// Lines of even width, none of which begins with a mark that ends a clause.
fn break_run(run: &str, width: f64, wrapped: &mut String) {
    let whole: f64 = run.chars().map(letter_width).sum();
    let lines = (whole / width.max(1.0)).ceil().max(1.0);
    let (even, mut filled) = (whole / lines, 0.0);
    for letter in run.chars() {
        let wide = letter_width(letter);
        let full = filled + 0.5 * wide > even && lines > 1.0;
        if full && !ends_clause(letter) {
            wrapped.push('\n');
            filled = 0.0;
        }
        filled += wide;
        wrapped.push(letter);
    }
}

/// How many lines the text takes when it is also broken at spaces.
pub(super) fn lines(text: &str, width: f64) -> usize {
    text.lines()
        .map(|line| (line.chars().map(letter_width).sum::<f64>() / width.max(1.0)).ceil().max(1.0) as usize)
        .sum()
}

fn letter_width(letter: char) -> f64 {
    if is_wide(letter) { 1.0 } else { NARROW }
}

/// Whether a letter is as wide as it is high: Hangul, kana, Han and their marks, and pictures.
fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

fn ends_clause(letter: char) -> bool {
    matches!(
        letter,
        '，' | '。' | '、' | '！' | '？' | '；' | '：' | '）' | '》' | '」' | '』' | '”' | '’' | '…'
    )
}

/// The family that has the letters of a text, in the shapes its readers expect.
pub(super) fn font(text: &str) -> &'static str {
    let any = |range: std::ops::RangeInclusive<char>| text.chars().any(|letter| range.contains(&letter));
    if any('\u{AC00}'..='\u{D7A3}') {
        "Noto Sans CJK KR"
    } else if any('\u{3040}'..='\u{30FF}') {
        "Noto Sans CJK JP"
    } else if text.chars().any(is_wide) {
        "Noto Sans CJK SC"
    } else {
        "Noto Sans"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_spaces_is_broken_into_even_lines() {
        assert_eq!(wrapped("a short title", 12.0), "a short title");
        assert_eq!(wrapped("欢迎来到我们的小镇", 5.0), "欢迎来到我\n们的小镇");
        assert_eq!(wrapped("春天来了，真好。", 4.0), "春天来了，\n真好。");
        assert_eq!(wrapped("https://example.org/a/very/long/path", 12.0).lines().count(), 2);
        assert_eq!(lines("欢迎来到我\n们的小镇", 5.0), 2);
    }

    #[test]
    fn the_font_has_the_letters() {
        assert_eq!(font("Urban Dreams"), "Noto Sans");
        assert_eq!(font("老街 Old Street"), "Noto Sans CJK SC");
        assert_eq!(font("さくら 桜"), "Noto Sans CJK JP");
        assert_eq!(font("서울"), "Noto Sans CJK KR");
    }
}
