//! Even frame rates, where somebody asks for one: editors and some players do badly with frames at uneven times.

use std::str::FromStr;

use footage::Picture;

/// An even frame rate that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameRate {
    /// Any: the film's own where it is even, else the usual one nearest to it.
    Constant,
    /// So many frames a second, as a fraction between [`FrameRate::LEAST`] and [`FrameRate::MOST`].
    Exact(u32, u32),
}

/// Rates that stand for others which are a thousandth less: television's 29.97 is 30000/1001.
const OF_TELEVISION: [u32; 5] = [24, 30, 48, 60, 120];
/// Two rates that differ by a smaller share are the same, measured by coarse time stamps.
const SAME: f64 = 2e-4;

impl FrameRate {
    /// The fewest frames a second: a film may end half a frame early or late, and that is to be no more than others do.
    pub const LEAST: f64 = 15.0;
    /// The most frames a second.
    pub const MOST: f64 = 120.0;

    /// Whether a picture runs at this rate already.
    pub(crate) fn is_of(self, picture: &Picture) -> bool {
        !picture.variable_rate
            && match self {
                FrameRate::Constant => true,
                FrameRate::Exact(frames, seconds) => {
                    let (own, wanted) = (picture.frames_per_second(), value((frames, seconds)));
                    (own - wanted).abs() <= SAME * wanted
                }
            }
    }
}

impl FromStr for FrameRate {
    type Err = String;

    /// Reads `constant`, `30`, `29.97` or `30000/1001`.
    fn from_str(text: &str) -> Result<FrameRate, String> {
        let fault = || {
            format!("`{text}` is no frame rate; write constant, or 15 to 120 like 30, 29.97 or 30000/1001")
        };
        if text.eq_ignore_ascii_case("constant") {
            return Ok(FrameRate::Constant);
        }
        let rate = match text.split_once('/') {
            Some((frames, seconds)) => {
                (frames.parse().map_err(|_| fault())?, seconds.parse().map_err(|_| fault())?)
            }
            None => fraction(text.parse().map_err(|_| fault())?),
        };
        match (Self::LEAST..=Self::MOST).contains(&value(rate)) {
            true => Ok(FrameRate::Exact(rate.0, rate.1)),
            false => Err(fault()),
        }
    }
}

fn value((frames, seconds): (u32, u32)) -> f64 {
    f64::from(frames) / f64::from(seconds)
}

fn fraction(rate: f64) -> (u32, u32) {
    let television = OF_TELEVISION.map(|whole| (whole * 1000, 1001));
    let near = |known: &(u32, u32)| (value(*known) - rate).abs() <= SAME * value(*known);
    // What is no number or beyond all bounds becomes a rate that is out of them.
    television.into_iter().find(near).unwrap_or(((rate * 1000.0).round() as u32, 1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_as_people_write_them() {
        for (text, rate) in [
            ("constant", FrameRate::Constant),
            ("25", FrameRate::Exact(25_000, 1000)),
            ("29.97", FrameRate::Exact(30_000, 1001)),
            ("23.976", FrameRate::Exact(24_000, 1001)),
            ("60000/1001", FrameRate::Exact(60_000, 1001)),
        ] {
            assert_eq!(text.parse(), Ok(rate), "{text}");
        }
        for nonsense in ["", "0", "-30", "nan", "inf", "30/0", "0/0", "12", "1000", "fast", "30/1/1"] {
            assert!(nonsense.parse::<FrameRate>().is_err(), "{nonsense}");
        }
    }
}
