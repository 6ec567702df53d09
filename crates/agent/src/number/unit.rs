//! Units behind numbers.

/// A number with what it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Amount {
    /// A point on the clock or a length; which of them, the words around it say.
    Seconds(f64),
    Percent(f64),
    Bpm(f64),
    Decibels(f64),
    Lufs(f64),
    /// So many times as much.
    Times(f64),
    Number(f64),
    /// Seconds on the clock, and frames.
    Timecode(f64, f64),
    /// Half steps between keys.
    Semitones(f64),
    /// So many times as fast as it was filmed: `2x speed`, `1.5倍速`.
    Speed(f64),
    /// Width to height.
    Ratio(u32, u32),
    /// Pixels of a picture's shorter side: `1080p`, `4k`.
    Lines(u32),
    /// How large letters are.
    Pixels(f64),
    /// A ratio, or sixteen seconds past nine minutes.
    NineSixteen,
    /// `2nd` and its like.
    Nothing,
}

/// What a number may count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unit {
    Milliseconds,
    Seconds,
    Minutes,
    Hours,
    Percent,
    Tenths,
    Bpm,
    Decibels,
    Lufs,
    Times,
    Speed,
    Pixels,
    Frames,
    Semitones,
    WholeTones,
}

impl Unit {
    pub(super) fn of(self, value: f64) -> Amount {
        match self {
            Unit::Milliseconds => Amount::Seconds(value / 1000.0),
            Unit::Seconds => Amount::Seconds(value),
            Unit::Minutes => Amount::Seconds(value * 60.0),
            Unit::Hours => Amount::Seconds(value * 3600.0),
            Unit::Percent => Amount::Percent(value),
            Unit::Tenths => Amount::Percent(value * 10.0),
            Unit::Bpm => Amount::Bpm(value),
            Unit::Decibels => Amount::Decibels(value),
            Unit::Lufs => Amount::Lufs(value),
            Unit::Times => Amount::Times(value),
            Unit::Frames => Amount::Timecode(0.0, value),
            Unit::Semitones => Amount::Semitones(value),
            Unit::WholeTones => Amount::Semitones(2.0 * value),
            Unit::Speed => Amount::Speed(value),
            Unit::Pixels => Amount::Pixels(value),
        }
    }

    /// What stands behind a unit in Chinese and belongs to the number, and its bytes: `一秒半`, `两成五`.
    pub(super) fn rest_in_han(self, behind: &str) -> Option<(f64, usize)> {
        let first = behind.chars().next()?;
        if first == '半' && !matches!(self, Unit::Bpm | Unit::Times | Unit::Speed | Unit::Frames) {
            return Some((0.5, first.len_utf8()));
        }
        let tenth = "一二三四五六七八九".chars().position(|digit| digit == first)?;
        // `三成五秒` would be two amounts.
        let goes_on = unit_at(&behind[first.len_utf8()..], true).is_some();
        (self == Unit::Tenths && !goes_on).then_some(((tenth + 1) as f64 / 10.0, first.len_utf8()))
    }
}

/// Units, the longer before those they begin with.
const UNITS: &[(&str, Unit)] = &[
    ("frames", Unit::Frames),
    ("semitones", Unit::Semitones),
    ("semitone", Unit::Semitones),
    ("half steps", Unit::Semitones),
    ("half step", Unit::Semitones),
    ("half tones", Unit::Semitones),
    ("half tone", Unit::Semitones),
    ("whole steps", Unit::WholeTones),
    ("whole step", Unit::WholeTones),
    ("whole tones", Unit::WholeTones),
    ("whole tone", Unit::WholeTones),
    ("个半音", Unit::Semitones),
    ("个全音", Unit::WholeTones),
    ("帧", Unit::Frames),
    ("milliseconds", Unit::Milliseconds),
    ("millisecond", Unit::Milliseconds),
    ("ms", Unit::Milliseconds),
    ("毫秒", Unit::Milliseconds),
    ("seconds", Unit::Seconds),
    ("second", Unit::Seconds),
    ("secs", Unit::Seconds),
    ("sec", Unit::Seconds),
    ("秒钟", Unit::Seconds),
    ("秒", Unit::Seconds),
    ("minutes", Unit::Minutes),
    ("minute", Unit::Minutes),
    ("mins", Unit::Minutes),
    ("min", Unit::Minutes),
    ("分钟", Unit::Minutes),
    ("分贝", Unit::Decibels),
    ("分", Unit::Minutes),
    ("hours", Unit::Hours),
    ("hour", Unit::Hours),
    ("hrs", Unit::Hours),
    ("小时", Unit::Hours),
    ("percent", Unit::Percent),
    ("per cent", Unit::Percent),
    ("pct", Unit::Percent),
    ("%", Unit::Percent),
    ("成", Unit::Tenths),
    ("beats per minute", Unit::Bpm),
    ("beats a minute", Unit::Bpm),
    ("bpm", Unit::Bpm),
    ("个bpm", Unit::Bpm),
    ("个 bpm", Unit::Bpm),
    ("拍每分钟", Unit::Bpm),
    ("拍", Unit::Bpm),
    ("decibels", Unit::Decibels),
    ("decibel", Unit::Decibels),
    ("db", Unit::Decibels),
    ("lufs", Unit::Lufs),
    ("lkfs", Unit::Lufs),
    ("times speed", Unit::Speed),
    ("times the speed", Unit::Speed),
    ("x speed", Unit::Speed),
    ("times", Unit::Times),
    ("pixels", Unit::Pixels),
    ("px", Unit::Pixels),
    ("像素", Unit::Pixels),
    ("倍速", Unit::Speed),
    ("倍", Unit::Times),
];

/// Units of one letter, which must stand right behind the number.
const LETTERS: &[(&str, Unit)] = &[
    ("s", Unit::Seconds),
    ("m", Unit::Minutes),
    ("h", Unit::Hours),
    ("x", Unit::Times),
    ("\"", Unit::Seconds),
];

/// The unit a text begins with, after a blank or a hyphen, and the bytes it takes.
pub(super) fn unit_at(text: &str, spelled: bool) -> Option<(Unit, usize)> {
    let (gap, rest) = match text.chars().next()? {
        ' ' | '-' => (1, text[1..].trim_start()),
        _ => (0, text),
    };
    let gap = if gap == 0 { 0 } else { text.len() - rest.len() };
    let ends = |unit: &str| {
        let behind = rest[unit.len()..].chars().next();
        !unit.ends_with(|c: char| c.is_ascii_alphabetic())
            || behind.is_none_or(|c| !c.is_ascii_alphanumeric())
    };
    let long = UNITS.iter().find(|(name, _)| rest.starts_with(name) && ends(name));
    let short = || {
        // `1m30s` goes on, `1920x1080` is no multiple.
        let goes_on = |name: &str, c: char| c.is_ascii_alphabetic() || name == "x" && c.is_ascii_digit();
        let followed = |name: &str| !rest[name.len()..].starts_with(|c: char| goes_on(name, c));
        let separate_second = |name: &&str| gap == 0 || **name == *"s";
        let fits = |(name, _): &&(&str, Unit)| {
            rest.starts_with(name) && followed(name) && separate_second(name) && !text.starts_with('-')
        };
        LETTERS.iter().find(fits).filter(|_| !spelled)
    };
    let (name, unit) = long.or_else(short)?;
    Some((*unit, gap + name.len()))
}
