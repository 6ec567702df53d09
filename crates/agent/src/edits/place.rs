//! Places in words become spans of the film; what cannot be is refused and never bent.

use sound::{Span, Time};

use timeline::Bed;

use crate::remark::Problem;
use crate::wishes::{Extent, Place, Point};

/// How far beyond the end a whole number of seconds may lie and still mean the end, in seconds.
///
/// People read 0:31 off a player that shows 30.6 s.
const NEAR_END: f64 = 0.5;

/// The span a place means in a film of this length.
pub(super) fn resolve(place: Place, film: Time) -> Result<Span, Problem> {
    let point = |point| self::point(point, film);
    let span = match place {
        Place::Whole => (Time::ZERO, film),
        Place::Range(start, end) => (point(start)?, point(end)?),
        Place::From(start) => (point(start)?, film),
        Place::Until(end) => (Time::ZERO, point(end)?),
        Place::First(extent) => (Time::ZERO, self::extent(extent, film)?),
        Place::For(seconds) => (Time::ZERO, extent(Extent::Seconds(seconds), film)?),
        Place::Share(start, end) => {
            (self::extent(Extent::Share(start), film)?, self::extent(Extent::Share(end), film)?)
        }
        Place::Last(extent) => (film - self::extent(extent, film)?, film),
    };
    if span.0 >= film {
        return Err(Problem::BeyondEnd(span.0));
    }
    if span.1 <= span.0 {
        return Err(Problem::Backwards(span.0, span.1));
    }
    Ok(Span::new(span.0, span.1))
}

/// A moment in the film.
pub(super) fn moment(seconds: f64, film: Time) -> Result<Time, Problem> {
    if seconds < 0.0 {
        return Err(Problem::Negative);
    }
    if seconds > film.seconds() + NEAR_END {
        return Err(Problem::BeyondEnd(Time::from_seconds(seconds.min(1e9))));
    }
    Ok(Time::from_seconds(seconds).min(film))
}

fn point(point: Point, film: Time) -> Result<Time, Problem> {
    match point {
        Point::Seconds(seconds) => moment(seconds, film),
        Point::Start => Ok(Time::ZERO),
        Point::Middle => Ok(film / 2),
        Point::End => Ok(film),
    }
}

fn extent(extent: Extent, film: Time) -> Result<Time, Problem> {
    match extent {
        Extent::Seconds(seconds) => moment(seconds, film),
        Extent::Share(share) => Ok(Time::from_seconds(film.seconds() * share).min(film)),
    }
}

/// What is left of the film behind the last music.
pub(super) fn left(beds: &[Bed], film: Time) -> Result<Span, Problem> {
    let end = beds.iter().map(|bed| bed.span.end).max().unwrap_or(Time::ZERO);
    if end < film { Ok(Span::new(end, film)) } else { Err(Problem::NoRest) }
}

/// What is left of the film beside a silent place at its start or end.
pub(super) fn rest(silent: Span, whole: Span) -> Result<Span, Problem> {
    let (before, after) = (Span::new(whole.start, silent.start), Span::new(silent.end, whole.end));
    match (before.is_empty(), after.is_empty()) {
        (true, false) => Ok(after),
        (false, true) => Ok(before),
        _ => Err(Problem::SilentMiddle(silent)),
    }
}
