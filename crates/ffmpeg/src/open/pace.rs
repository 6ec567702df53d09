//! Length, frame rate and evenness of a picture, from its packets alone: headers lie, packets do not.

use sound::{TICKS_PER_SECOND, Time};

use super::listing::Stream;
use crate::MediaError;
use crate::film::{Clock, Stored};

/// Frames that lie so far apart come of damaged stamps, and no length can be named: a year.
const REACH: Time = Time::from_ticks(365 * 86_400 * TICKS_PER_SECOND);

/// How frames follow each other.
#[derive(Debug, PartialEq)]
pub(super) struct Pace {
    /// The stamp of the first shown frame.
    pub(super) start: i64,
    /// From the first shown frame to the end of the last.
    pub(super) length: Time,
    /// Average frame rate.
    pub(super) rate: (u32, u32),
    /// Whether frames are unevenly spaced.
    pub(super) variable: bool,
}

/// Fills in presentation stamps where the container gives none, and says by how many stamps frames then lag.
pub(super) fn give_times(stored: &mut [Stored], picture: &Stream) -> Option<i64> {
    if stored.iter().all(|packet| packet.pts.is_some() || packet.hidden) {
        return None;
    }
    let step = stored
        .windows(2)
        .find_map(|pair| Some(pair[1].dts?.saturating_sub(pair[0].dts?)))
        .unwrap_or(1)
        .max(1);
    let lag = step.saturating_mul(i64::from(picture.reorder));
    for packet in stored {
        packet.pts = packet.dts.map(|dts| dts.saturating_add(lag));
    }
    Some(lag)
}

/// Measures; `rate` is what the container says, (0, 1) where it is silent.
///
/// # Errors
/// [`MediaError::Unreadable`] when no frame is shown, when all of them take no time, or when their stamps lie beyond
/// all reason: a length that no time can hold is no length, and no limit can be named that it exceeds.
pub(super) fn measure(stored: &[Stored], base: (i64, i64), rate: (u32, u32)) -> Result<Pace, MediaError> {
    let mut frames: Vec<(i64, i64)> =
        stored.iter().filter(|p| !p.hidden).filter_map(|p| Some((p.pts?, p.duration))).collect();
    frames.sort_unstable();
    let (Some(&(start, _)), Some(&(last, shown))) = (frames.first(), frames.last()) else {
        return Err(MediaError::unreadable("none of its frames has a time"));
    };
    let mut steps: Vec<i64> = frames.windows(2).map(|pair| pair[1].0.saturating_sub(pair[0].0)).collect();
    steps.sort_unstable();
    let clock = Clock { base, start, lag: 0 };
    let usual = match steps.get(steps.len() / 2) {
        Some(&step) if step > 0 => step,
        _ => Clock { start: 0, ..clock }.stamp(nominal(rate)),
    };
    // A last frame held longer than this is a lie of a fragmented or cut file, not a long look.
    let longest = steps.last().copied().unwrap_or(usual).max(10 * base.1 / base.0.max(1));
    let shown = if (1..=longest).contains(&shown) { shown } else { usual };
    let length = clock.time(last.saturating_add(shown));
    if length <= Time::ZERO {
        return Err(MediaError::unreadable("its frames take no time"));
    }
    // A start may be a date; one that time does not reach is damage.
    if length >= REACH || clock.duration(start).distance(Time::ZERO) == Time::MAX {
        return Err(MediaError::unreadable("the times of its frames lie years apart"));
    }
    // Containers with coarse stamps (Matroska: a millisecond) make even frames jitter by one unit.
    let slack = (usual.unsigned_abs() / 10).max(1);
    let variable = steps.iter().any(|step| step.abs_diff(usual) > slack);
    let rate = if rate.0 == 0 { average(frames.len(), length) } else { rate };
    Ok(Pace { start, length, rate, variable })
}

fn nominal(rate: (u32, u32)) -> Time {
    match rate {
        (0, _) => Time::from_ratio(1, 30),
        (n, d) => Time::from_ratio(i64::from(d), i64::from(n)),
    }
}

/// Frames over time, in thousandths of a frame.
fn average(frames: usize, length: Time) -> (u32, u32) {
    let milli = frames as f64 * 1000.0 / length.seconds().max(1e-3);
    ((milli.round() as u32).max(1), 1000)
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn stored(frames: &[(i64, i64)]) -> Vec<Stored> {
        let one = |&(pts, duration): &(i64, i64)| Stored {
            pts: Some(pts),
            duration,
            size: 1,
            hidden: pts < 0,
            ..Stored::default()
        };
        frames.iter().map(one).collect()
    }

    #[test]
    fn a_lying_last_duration_is_replaced_by_the_usual_one() {
        let pace = measure(&stored(&[(0, 40), (80, 40), (40, 9_000_000)]), (1, 1000), (25, 1));
        assert_eq!(pace.unwrap().length, Time::from_seconds(0.12));
        let pace = measure(&stored(&[(0, 40), (40, 40), (80, 9_000_000)]), (1, 1000), (25, 1));
        assert_eq!(pace.unwrap().length, Time::from_seconds(0.12));
    }

    proptest! {
        #[test]
        fn what_is_measured_is_never_negative_nor_years_long(
            frames in vec(any::<(i64, i64)>(), 1..9),
            base in prop_oneof![Just((1, 1000)), (1..=i64::from(i32::MAX), 1..=i64::from(i32::MAX))],
            rate in any::<(u16, u16)>(),
        ) {
            let rate = (u32::from(rate.0), u32::from(rate.1).max(1));
            let mut stored = stored(&frames);
            stored.iter_mut().for_each(|packet| packet.hidden = false);
            if let Ok(pace) = measure(&stored, base, rate) {
                prop_assert!(pace.length > Time::ZERO && pace.length < REACH, "{}", pace.length);
            }
            let picture = Stream { reorder: u32::MAX, ..Stream::default() };
            stored.iter_mut().for_each(|packet| (packet.dts, packet.pts) = (packet.pts, None));
            prop_assert!(give_times(&mut stored, &picture).is_some());
        }
    }

    #[test]
    fn frames_years_apart_are_damage_but_a_start_may_be_a_date() {
        let date = 1_795_000_000_000;
        let pace = measure(&stored(&[(date, 40), (date + 40, 40)]), (1, 1000), (25, 1)).unwrap();
        assert_eq!(pace.length, Time::from_seconds(0.08));
        for jump in [334_634_784_112_653, 358_400_000_000_000_000, i64::MAX - 40, date] {
            let error = measure(&stored(&[(0, 40), (40, 40), (jump, 40)]), (1, 1000), (25, 1)).unwrap_err();
            assert_eq!(error.code(), 4003, "{error}");
        }
        assert_eq!(measure(&stored(&[(0, 0)]), (1, 1), (25, 1)).unwrap_err().code(), 4003);
    }

    #[test]
    fn hidden_frames_do_not_count() {
        let pace = measure(&stored(&[(-40, 40), (10, 40), (50, 40)]), (1, 1000), (0, 1)).unwrap();
        assert_eq!((pace.start, pace.length), (10, Time::from_seconds(0.08)));
        assert_eq!(pace.rate, (25_000, 1000));
    }

    #[test]
    fn millisecond_jitter_is_not_a_variable_rate() {
        let even = stored(&[(0, 0), (33, 0), (67, 0), (100, 0)]);
        assert!(!measure(&even, (1, 1000), (30, 1)).unwrap().variable);
        let uneven = stored(&[(0, 0), (33, 0), (100, 0), (133, 0)]);
        assert!(measure(&uneven, (1, 1000), (30, 1)).unwrap().variable);
    }
}
