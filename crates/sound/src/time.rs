//! Time as whole ticks, so that every frame and every sample has an exact place.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Ticks in a second: a multiple of every common frame rate and sample rate, 30000/1001 included.
pub const TICKS_PER_SECOND: i64 = 705_600_000;

/// A point on a film's clock, or the distance between two, in ticks.
///
/// It reaches about 414 years either way. Arithmetic stops at these ends instead of wrapping round, so a broken
/// file's time stamps stay too large and cannot pass for small ones.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Time(i64);

impl Time {
    /// The start of the film.
    pub const ZERO: Time = Time(0);

    /// The latest time there is: what lies beyond becomes this.
    pub const MAX: Time = Time(i64::MAX);

    /// The earliest time there is: what lies before becomes this.
    pub const MIN: Time = Time(i64::MIN);

    /// A time of so many ticks.
    pub const fn from_ticks(ticks: i64) -> Time {
        Time(ticks)
    }

    /// The tick nearest to `seconds`; what is not finite becomes zero.
    pub fn from_seconds(seconds: f64) -> Time {
        if seconds.is_finite() {
            Time((seconds * TICKS_PER_SECOND as f64).round() as i64)
        } else {
            Time::ZERO
        }
    }

    /// The time of sample `index` at `rate` samples a second.
    pub fn from_samples(index: i64, rate: u32) -> Time {
        Time::from_ratio(index, i64::from(rate))
    }

    /// `numerator / denominator` seconds, rounded to the nearest tick; a zero denominator gives zero.
    pub fn from_ratio(numerator: i64, denominator: i64) -> Time {
        if denominator == 0 {
            return Time::ZERO;
        }
        let (n, d) = (i128::from(numerator) * i128::from(TICKS_PER_SECOND), i128::from(denominator));
        Time(nearest(n, d))
    }

    /// The number of ticks.
    pub const fn ticks(self) -> i64 {
        self.0
    }

    /// Seconds, for reports and arithmetic that need not be exact.
    pub fn seconds(self) -> f64 {
        self.0 as f64 / TICKS_PER_SECOND as f64
    }

    /// The index of the sample nearest to this time at `rate` samples a second.
    pub fn samples(self, rate: u32) -> i64 {
        let (n, d) = (i128::from(self.0) * i128::from(rate), i128::from(TICKS_PER_SECOND));
        nearest(n, d)
    }

    /// The distance to another time, never negative.
    pub fn distance(self, other: Time) -> Time {
        Time(self.0.saturating_sub(other.0).saturating_abs())
    }
}

/// The whole number nearest to `numerator / denominator`, kept within what 64 bits hold.
fn nearest(numerator: i128, denominator: i128) -> i64 {
    let (numerator, denominator) = (numerator * denominator.signum(), denominator.abs());
    let whole = (2 * numerator + denominator).div_euclid(2 * denominator);
    whole.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}

impl fmt::Display for Time {
    /// Seconds with three decimals: `12.480s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}s", self.seconds())
    }
}

impl Add for Time {
    type Output = Time;
    fn add(self, other: Time) -> Time {
        Time(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Time {
    fn add_assign(&mut self, other: Time) {
        self.0 = self.0.saturating_add(other.0);
    }
}

impl Sub for Time {
    type Output = Time;
    fn sub(self, other: Time) -> Time {
        Time(self.0.saturating_sub(other.0))
    }
}

impl SubAssign for Time {
    fn sub_assign(&mut self, other: Time) {
        self.0 = self.0.saturating_sub(other.0);
    }
}

impl Neg for Time {
    type Output = Time;
    fn neg(self) -> Time {
        Time(self.0.saturating_neg())
    }
}

impl Mul<i64> for Time {
    type Output = Time;
    fn mul(self, factor: i64) -> Time {
        Time(self.0.saturating_mul(factor))
    }
}

impl Div<i64> for Time {
    type Output = Time;
    fn div(self, divisor: i64) -> Time {
        Time(self.0.saturating_div(divisor))
    }
}

impl Sum for Time {
    fn sum<I: Iterator<Item = Time>>(times: I) -> Time {
        times.fold(Time::ZERO, Time::add)
    }
}

/// A stretch of time: `start` belongs to it, `end` does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// Where it begins.
    pub start: Time,
    /// Where it has ended; never before `start`.
    pub end: Time,
}

impl Span {
    /// The span between two times; an end before the start gives an empty span at the start.
    pub fn new(start: Time, end: Time) -> Span {
        Span { start, end: end.max(start) }
    }

    /// The span between two points given in seconds.
    pub fn seconds(start: f64, end: f64) -> Span {
        Span::new(Time::from_seconds(start), Time::from_seconds(end))
    }

    /// How long it lasts.
    pub fn length(self) -> Time {
        self.end - self.start
    }

    /// Whether nothing fits into it.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `time` lies in it.
    pub fn contains(self, time: Time) -> bool {
        self.start <= time && time < self.end
    }

    /// The stretch both spans share; empty when they do not meet.
    pub fn overlap(self, other: Span) -> Span {
        Span::new(self.start.max(other.start), self.end.min(other.end))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.start, self.end)
    }
}

/// Speed of the beat, in beats a minute; always above zero.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tempo(f64);

impl Tempo {
    /// The slowest and fastest tempo that make sense, in beats a minute.
    pub const RANGE: std::ops::RangeInclusive<f64> = 20.0..=400.0;

    /// A tempo of `bpm` beats a minute, kept within [`Tempo::RANGE`].
    pub fn new(bpm: f64) -> Tempo {
        Tempo(if bpm.is_nan() { 100.0 } else { bpm.clamp(*Self::RANGE.start(), *Self::RANGE.end()) })
    }

    /// Beats a minute.
    pub fn bpm(self) -> f64 {
        self.0
    }

    /// Length of one beat in seconds.
    pub fn beat_seconds(self) -> f64 {
        60.0 / self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn frames_of_every_common_rate_are_whole_ticks() {
        for (num, den) in
            [(24, 1), (24_000, 1001), (25, 1), (30_000, 1001), (50, 1), (60_000, 1001), (120, 1)]
        {
            assert_eq!(TICKS_PER_SECOND * den % num, 0, "{num}/{den}");
        }
        for rate in [8_000, 16_000, 22_050, 44_100, 48_000, 96_000] {
            assert_eq!(TICKS_PER_SECOND % rate, 0, "{rate}");
        }
    }

    #[test]
    fn samples_survive_the_way_there_and_back() {
        for index in [0, 1, 47_999, 48_000, 123_456_789, -7] {
            assert_eq!(Time::from_samples(index, 48_000).samples(48_000), index);
            assert_eq!(Time::from_samples(index, 44_100).samples(44_100), index);
        }
    }

    proptest! {
        #[test]
        fn no_number_wraps_round(n in any::<i64>(), d in any::<i64>(), rate in any::<u32>(), m in any::<i64>()) {
            let (time, other) = (Time::from_ratio(n, d), Time::from_ticks(m));
            if d != 0 {
                let exact = n as f64 / d as f64;
                let reach = Time::MAX.seconds();
                let wanted = exact.clamp(-reach, reach);
                prop_assert!((time.seconds() - wanted).abs() <= 1e-9 + wanted.abs() * 1e-12, "{time} {exact}");
            }
            let index = other.samples(rate) as f64;
            let wanted = (other.seconds() * f64::from(rate)).clamp(i64::MIN as f64, i64::MAX as f64);
            prop_assert!((index - wanted).abs() <= 0.51 + wanted.abs() * 1e-12, "{index} {wanted}");
            prop_assert!(time.distance(other) >= Time::ZERO);
            prop_assert_eq!(time - other > Time::ZERO, time > other);
            prop_assert!(time + other >= time || other < Time::ZERO);
            prop_assert!([time, other, time].into_iter().sum::<Time>() >= Time::MIN);
            prop_assert!(-(-other) == other || other == Time::MIN);
            let _ = (other * n, Span::new(time, other).length());
        }
    }

    #[test]
    fn a_span_never_runs_backwards() {
        let span = Span::seconds(3.0, 1.0);
        assert!(span.is_empty());
        assert_eq!(Span::seconds(0.0, 2.0).overlap(Span::seconds(5.0, 6.0)).length(), Time::ZERO);
    }
}
