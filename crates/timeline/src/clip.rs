//! A clip: a stretch of a source as the film shows it.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use sound::{Span, Time};

use crate::{Anchor, Fit, Source};

/// A stretch of a source, shown after the clip before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clip {
    /// Its number; no two clips of a timeline share one.
    pub id: u32,
    /// The number of its source.
    pub source: u32,
    /// What is shown of it, on the source's own clock; a photo's begins at zero.
    pub span: Span,
    /// How fast it plays, in percent, [`Clip::SPEEDS_PCT`].
    #[serde(default = "unchanged", skip_serializing_if = "is_unchanged")]
    pub speed_pct: u32,
    /// Linear gain of its own sound, in percent, 0 to 200.
    #[serde(default = "full", skip_serializing_if = "is_full")]
    pub level_pct: f64,
    /// Whether its own sound is left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub muted: bool,
    /// How it fills a picture of another shape; `None` for what the canvas says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<Fit>,
    /// What stays in the picture where some of it is cut off; `None` for what the canvas says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    /// How long it and the clip before it are seen together, one fading into the other; zero is a cut.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub crossfade: Time,
    /// Whether edits must leave it alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
}

impl Clip {
    /// The speeds a clip may have, in percent.
    pub const SPEEDS_PCT: RangeInclusive<u32> = 10..=2000;
    /// The shortest clip there can be: a frame of a film at 25 frames a second.
    pub const SHORTEST: Time = Time::from_ticks(sound::TICKS_PER_SECOND / 25);
    /// The longest that a photo can be shown.
    pub const LONGEST_PHOTO: Time = Time::from_ticks(3600 * sound::TICKS_PER_SECOND);

    /// The whole of a source as a clip of this number.
    pub(crate) fn of(source: &Source, id: u32) -> Clip {
        let length = source.length().unwrap_or(Source::PHOTO_LENGTH);
        Clip {
            id,
            source: source.id,
            span: Span::new(Time::ZERO, length),
            speed_pct: 100,
            level_pct: 100.0,
            muted: false,
            fit: None,
            anchor: None,
            crossfade: Time::ZERO,
            locked: false,
        }
    }

    /// How long it plays.
    pub fn length(&self) -> Time {
        Time::from_ticks(scaled(self.span.length().ticks(), 100, self.speed_pct))
    }

    /// The moment of the source that is shown so long after the clip began.
    pub(crate) fn source_time(&self, into: Time) -> Time {
        self.span.start + Time::from_ticks(scaled(into.ticks(), self.speed_pct, 100))
    }

    /// How long after the clip began a moment of the source is shown.
    pub(crate) fn clip_time(&self, at: Time) -> Time {
        Time::from_ticks(scaled((at - self.span.start).ticks(), 100, self.speed_pct))
    }
}

/// `ticks * by / of`, rounded to the nearest tick.
fn scaled(ticks: i64, by: u32, of: u32) -> i64 {
    let (by, of) = (i128::from(by), i128::from(of.max(1)));
    let nearest = (2 * i128::from(ticks) * by + of).div_euclid(2 * of);
    nearest.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}

fn unchanged() -> u32 {
    100
}

fn is_unchanged(percent: &u32) -> bool {
    *percent == unchanged()
}

fn full() -> f64 {
    100.0
}

fn is_full(percent: &f64) -> bool {
    *percent == full()
}

fn is_zero(time: &Time) -> bool {
    *time == Time::ZERO
}
