//! Numbers as people write them: digits, clock times, words, Chinese numerals; and what they count.

mod han;
mod unit;

pub(crate) use han::counted;
use han::{digit, han};
pub(crate) use unit::Amount;
use unit::{Unit, unit_at};

/// Reads the amount a text begins with; gives it with the bytes it takes.
///
/// `glued` says that a letter or a digit stands right before.
pub(crate) fn amount_at(text: &str, glued: bool) -> Option<(Amount, usize)> {
    let first = text.chars().next()?;
    if first.is_ascii_digit() || (first == '.' && text[1..].starts_with(|c: char| c.is_ascii_digit())) {
        return counted_digits(text);
    }
    if let Some(rest) = text.strip_prefix("百分之") {
        let (value, used) = han(rest).or_else(|| plain_number(rest))?;
        return Some((Amount::Percent(value), "百分之".len() + used));
    }
    let (value, used) = if first.is_ascii_alphabetic() && !glued { spelled(text)? } else { han(text)? };
    match unit_at(&text[used..], true) {
        Some((unit, more)) if !is_very(text, unit) => Some(with_smaller(text, value, unit, used + more)),
        Some(_) => None,
        // "One" and short Chinese numerals stand in too many phrases to be numbers without a unit.
        None => {
            let counts = |c: char| "年岁天个首种段次周月日号面遍层人代".contains(c);
            let long = used > '十'.len_utf8() && value > 10.0 && !text[used..].starts_with(counts);
            let sure = if first.is_ascii_alphabetic() { value >= 2.0 } else { long };
            sure.then_some((Amount::Number(value), used))
        }
    }
}

/// The whole number that a word is, in digits or in words of either language.
pub(crate) fn whole(word: &str) -> Option<usize> {
    let read = match amount_at(word, false) {
        Some((Amount::Number(n), used)) => Some((n, used)),
        _ => han(word),
    };
    read.filter(|(n, used)| *used == word.len() && n.fract() == 0.0).map(|(n, _)| n as usize)
}

/// `十分` is "very" unless it goes on like a time.
fn is_very(text: &str, unit: Unit) -> bool {
    let rest = text.strip_prefix("十分");
    unit == Unit::Minutes && rest.is_some_and(|r| !r.starts_with(|c: char| c == '钟' || digit(c).is_some()))
}

fn counted_digits(text: &str) -> Option<(Amount, usize)> {
    if let Some(found) = clock(text) {
        return Some(found);
    }
    let (value, used) = plain_number(text)?;
    let rest = &text[used..];
    if let Some((unit, more)) = unit_at(rest, false) {
        return Some(with_smaller(text, value, unit, used + more));
    }
    // `2nd` and `3d` are words and no amounts.
    let tail = rest.chars().take_while(char::is_ascii_alphanumeric).map(char::len_utf8).sum::<usize>();
    if let Some(lines) = lines(value, &rest[..tail]) {
        return Some((Amount::Lines(lines), used + tail));
    }
    if tail > 0 {
        return Some((Amount::Nothing, used + tail));
    }
    Some((Amount::Number(value), used))
}

/// The shorter side of a picture that is called so: `720p`, `4k`.
fn lines(value: f64, tail: &str) -> Option<u32> {
    match (tail, value as u32) {
        ("p", 240..=4320) => Some(value as u32),
        ("k", 2) => Some(1440),
        ("k", 4) => Some(2160),
        _ => None,
    }
}

/// Adds the seconds that follow minutes: `1m30s`, `1 minute and 30 seconds`, `1分30秒`, `1分半`.
fn with_smaller(text: &str, value: f64, unit: Unit, used: usize) -> (Amount, usize) {
    if let Some((more, taken)) = unit.rest_in_han(&text[used..]) {
        return (unit.of(value + more), used + taken);
    }
    let amount = unit.of(value);
    let (Amount::Seconds(so_far), Unit::Minutes | Unit::Hours) = (amount, unit) else {
        return (amount, used);
    };
    let rest = &text[used..];
    let trimmed = rest.trim_start_matches([' ', ',']);
    let trimmed = trimmed.strip_prefix("and ").unwrap_or(trimmed);
    match amount_at(trimmed, false) {
        Some((Amount::Seconds(more), taken))
            if more < so_far.max(60.0) && !trimmed[..taken].contains(':') =>
        {
            (Amount::Seconds(so_far + more), text.len() - trimmed.len() + taken)
        }
        // "One minute ten".
        Some((Amount::Number(more), taken))
            if more < 60.0
                && rest == format!(" {trimmed}")
                && trimmed.starts_with(|c: char| c.is_ascii_alphabetic()) =>
        {
            (Amount::Seconds(so_far + more), used + 1 + taken)
        }
        Some((Amount::Number(more), taken)) if more < 60.0 && rest.len() == trimmed.len() => {
            (Amount::Seconds(so_far + more), used + taken)
        }
        _ => (amount, used),
    }
}

/// `0:12`, `1:02:03`, `0:12.5`; `16:9` and its like are ratios.
fn clock(text: &str) -> Option<(Amount, usize)> {
    let run = text.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(text.len());
    let run = text[..run].trim_end_matches([':', '.']);
    let fields: Vec<&str> = run.split(':').collect();
    if let [hours, minutes, seconds, frames] = fields[..] {
        let [hours, minutes, seconds, frames] =
            [hours, minutes, seconds, frames].map(|field| field.parse::<f64>().unwrap_or(0.0));
        return Some((Amount::Timecode((hours * 60.0 + minutes) * 60.0 + seconds, frames), run.len()));
    }
    if !(2..=3).contains(&fields.len()) || text[run.len()..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let last = fields.last()?.split('.').next()?;
    let minutes_fit = fields.len() < 3 || fields[1].len() <= 2;
    if last.len() != 2 || !minutes_fit {
        let part = |at: usize| fields.get(at).and_then(|field| field.parse().ok()).unwrap_or(0);
        return Some((Amount::Ratio(part(0), part(1)), run.len()));
    }
    let mut seconds = 0.0;
    for field in &fields {
        seconds = seconds * 60.0 + field.parse::<f64>().ok()?;
    }
    if run == "9:16" {
        Some((Amount::NineSixteen, run.len()))
    } else {
        Some((Amount::Seconds(seconds), run.len()))
    }
}

fn plain_number(text: &str) -> Option<(f64, usize)> {
    let mut end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if let Some(fraction) = text[end..].strip_prefix('.') {
        let digits = fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(fraction.len());
        if digits > 0 {
            end += 1 + digits;
        }
    }
    text[..end].parse().ok().filter(|value: &f64| value.is_finite()).map(|value| (value, end))
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// English number words: `twelve`, `thirty-five`, `half a`, `a hundred and twenty`.
fn spelled(text: &str) -> Option<(f64, usize)> {
    if text.starts_with("half a ") {
        return Some((0.5, "half a".len()));
    }
    let (mut value, mut used, mut any) = (0.0, 0, false);
    loop {
        let rest = text[used..].trim_start_matches([' ', '-']);
        // "A hundred and five", but "between five and ten".
        let rest = if value >= 100.0 { rest.strip_prefix("and ").unwrap_or(rest) } else { rest };
        let word = &rest[..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())];
        let hundreds = !any || value >= 100.0 && value % 100.0 == 0.0;
        let tens = (20.0..100.0).contains(&(value % 100.0)) && value % 10.0 == 0.0;
        let ones = ONES.iter().position(|w| *w == word);
        if let Some(ones) = ones.filter(|ones| hundreds || tens && *ones < 10) {
            value += ones as f64;
        } else if let Some(tens) = TENS.iter().position(|w| *w == word).filter(|_| hundreds) {
            value += (tens as f64 + 2.0) * 10.0;
        } else if word == "hundred" {
            value = if value > 0.0 { value * 100.0 } else { 100.0 };
        } else if word == "a" && rest.starts_with("a hundred") && !any {
            value = 0.0;
        } else {
            break;
        }
        any = true;
        used = text.len() - rest.len() + word.len();
    }
    if any
        && let Some(rest) =
            text[used..].strip_prefix(" and a half ").filter(|rest| unit_at(rest, true).is_some())
    {
        // The blank before the unit stays for it.
        return Some((value + 0.5, text.len() - rest.len() - 1));
    }
    any.then(|| with_decimals(text, value, used))
}

/// "Thirty-five point five".
fn with_decimals(text: &str, value: f64, used: usize) -> (f64, usize) {
    let (mut value, mut used, mut worth) = (value, used, 0.1);
    let Some(mut rest) = text[used..].strip_prefix(" point ") else { return (value, used) };
    loop {
        let word = &rest[..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())];
        let Some(digit) = ONES.iter().position(|ones| *ones == word).filter(|digit| *digit < 10) else {
            return (value, used);
        };
        value += worth * digit as f64;
        worth /= 10.0;
        used = text.len() - rest.len() + word.len();
        rest = rest[word.len()..].trim_start_matches(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Amount) {
        assert_eq!(amount_at(text, false).map(|found| found.0), Some(expected), "{text}");
    }

    #[test]
    fn times_are_read() {
        check("0:12", Amount::Seconds(12.0));
        check("1:02:03.5", Amount::Seconds(3723.5));
        check("1m30s", Amount::Seconds(90.0));
        check("1 minute and 30 seconds", Amount::Seconds(90.0));
        check("2-minute vlog", Amount::Seconds(120.0));
        check("1分30秒", Amount::Seconds(90.0));
        check("一分半", Amount::Seconds(90.0));
        check("一秒半", Amount::Seconds(1.5));
        check("半分钟", Amount::Seconds(30.0));
        check("thirty-five seconds", Amount::Seconds(35.0));
        check("half a minute", Amount::Seconds(30.0));
        check("thirty-five point five percent", Amount::Percent(35.5));
        check("00:00:05:12", Amount::Timecode(5.0, 12.0));
        check("50 frames", Amount::Timecode(0.0, 50.0));
        check("twelve and a half seconds", Amount::Seconds(12.5));
        check("one minute forty five", Amount::Seconds(105.0));
        check("500ms", Amount::Seconds(0.5));
        check("five and ten seconds", Amount::Number(5.0));
    }

    #[test]
    fn shares_and_counts_are_read() {
        check("20%", Amount::Percent(20.0));
        check("三成", Amount::Percent(30.0));
        check("两成五", Amount::Percent(25.0));
        check("三成半", Amount::Percent(35.0));
        check("三十五点五", Amount::Number(35.5));
        check("百分之二十五", Amount::Percent(25.0));
        check("twenty percent", Amount::Percent(20.0));
        check("a hundred and twenty bpm", Amount::Bpm(120.0));
        check("一百二十拍", Amount::Bpm(120.0));
        check("6 db", Amount::Decibels(6.0));
        check("16:9", Amount::Ratio(16, 9));
        check("1080p", Amount::Lines(1080));
        check("2x", Amount::Times(2.0));
        check("1.5倍速", Amount::Speed(1.5));
    }

    #[test]
    fn phrases_are_not_numbers() {
        for text in ["一点", "一点20秒", "一首", "十分安静", "one more", "a song"] {
            assert_eq!(amount_at(text, false), None, "{text}");
        }
    }
}
