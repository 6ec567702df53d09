//! Values on the command line: times as people write them.

use std::str::FromStr;

use ffmpeg::Quality;
use sound::{Span, Time};
use timeline::Target;

/// A time: `12.5`, `1:30`, `0:01:05.2`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Moment(pub(crate) Time);

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Moment, String> {
        let fault = || format!("`{text}` is not a time; write seconds like 12.5 or 1:30");
        let fields: Vec<&str> = text.trim().trim_end_matches('s').split(':').collect();
        if fields.len() > 3 {
            return Err(fault());
        }
        let mut seconds = 0.0;
        for field in fields {
            let value: f64 = field.parse().map_err(|_| fault())?;
            if !(0.0..1e7).contains(&value) {
                return Err(fault());
            }
            seconds = seconds * 60.0 + value;
        }
        Ok(Moment(Time::from_seconds(seconds)))
    }
}

/// A stretch of time: `4.0-9.5`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stretch(pub(crate) Span);

impl FromStr for Stretch {
    type Err = String;

    fn from_str(text: &str) -> Result<Stretch, String> {
        let fault = || format!("`{text}` is not a stretch of time; write it like 4.0-9.5");
        let (start, end) = text.split_once('-').ok_or_else(fault)?;
        let (Moment(start), Moment(end)) = (start.parse()?, end.parse()?);
        if end > start { Ok(Stretch(Span::new(start, end))) } else { Err(fault()) }
    }
}

/// A loudness target by its name.
pub(crate) fn target(text: &str) -> Result<Target, String> {
    Target::ALL.into_iter().find(|target| target.name() == text.to_lowercase()).ok_or_else(|| {
        let names: Vec<&str> = Target::ALL.iter().map(|target| target.name()).collect();
        format!("`{text}` is not a preset; choose one of {}", names.join(", "))
    })
}

/// How much care a picture gets, by its name.
pub(crate) fn quality(text: &str) -> Result<Quality, String> {
    Quality::ALL.into_iter().find(|quality| quality.name() == text.to_lowercase()).ok_or_else(|| {
        let names: Vec<&str> = Quality::ALL.iter().map(|quality| quality.name()).collect();
        format!("`{text}` is no quality; choose one of {}", names.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, seconds) in [("12.5", 12.5), ("1:30", 90.0), ("0:01:05.2", 65.2), ("7s", 7.0)] {
            assert_eq!(text.parse::<Moment>().unwrap().0, Time::from_seconds(seconds));
        }
        for nonsense in ["", "-3", "abc", "1:2:3:4", "nan", "inf"] {
            assert!(nonsense.parse::<Moment>().is_err(), "{nonsense}");
        }
        assert_eq!("4.0-9.5".parse::<Stretch>().unwrap().0, Span::seconds(4.0, 9.5));
        assert!("9-4".parse::<Stretch>().is_err());
    }
}
