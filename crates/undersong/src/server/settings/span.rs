//! How long something is kept, as people write it: `30d`, `12h`, `90s`, or `never` for what is never thrown away.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use shelf::Moment;

/// A span of time; `None` has no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span(Option<Duration>);

/// Letters and what they stand for, in seconds; the largest first.
const UNITS: [(char, u64); 4] = [('d', 86_400), ('h', 3600), ('m', 60), ('s', 1)];

impl Span {
    pub(crate) const fn seconds(seconds: u64) -> Span {
        Span(Some(Duration::from_secs(seconds)))
    }

    pub(crate) const fn days(days: u64) -> Span {
        Span::seconds(days * 86_400)
    }

    /// As a duration; `None` has no end.
    pub(crate) fn duration(self) -> Option<Duration> {
        self.0
    }

    /// What is older than this moment has been kept long enough; `None` is never.
    pub(crate) fn before(self, now: Moment) -> Option<Moment> {
        self.0.map(|span| now.minus(span))
    }
}

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Span, String> {
        if text == "never" {
            return Ok(Span(None));
        }
        let unit = |(letter, seconds): &(char, u64)| Some((text.strip_suffix(*letter)?, *seconds));
        let found = UNITS.iter().find_map(unit);
        let seconds =
            found.and_then(|(count, seconds)| count.parse::<u32>().ok().map(|n| u64::from(n) * seconds));
        seconds
            .map(Span::seconds)
            .ok_or_else(|| format!("\"{text}\" is no span of time like 30d, 12h, 15m, 90s or never"))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(span) = self.0 else { return f.write_str("never") };
        let seconds = span.as_secs();
        let whole = |(_, unit): &&(char, u64)| seconds.is_multiple_of(*unit) && seconds > 0;
        let (letter, unit) = UNITS.iter().find(whole).unwrap_or(&('s', 1));
        write!(f, "{}{letter}", seconds / unit)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Span, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_they_are_written() {
        for text in ["30d", "36h", "15m", "90s", "0s", "never"] {
            assert_eq!(text.parse::<Span>().unwrap().to_string(), text);
        }
        assert_eq!("24h".parse::<Span>().unwrap(), Span::days(1));
        for wrong in ["", "d", "30", "-1d", "1.5h", "30 days", "Never", "99999999999d"] {
            assert!(wrong.parse::<Span>().is_err(), "{wrong}");
        }
        assert_eq!("2s".parse::<Span>().unwrap().before(Moment(5000)), Some(Moment(3000)));
        assert_eq!("never".parse::<Span>().unwrap().before(Moment(5000)), None);
    }
}
