//! Values over time, ten a second.

use sound::{Span, TICKS_PER_SECOND, Time};

use crate::{Curve, Cut, Packet};

/// The distance between two values.
pub(crate) const STEP: Time = Time::from_ticks(TICKS_PER_SECOND / 10);
/// The speed, in picture widths a second, at which motion reaches 63 %: a camera carried at a run.
const FAST: f32 = 0.12;
/// Momentary loudness that counts as no sound and as full sound, in LUFS.
const QUIET: f32 = -50.0;
const LOUD: f32 = -14.0;

/// How many values cover a film: at least one.
pub(crate) fn count(length: Time) -> usize {
    (length.ticks().max(1) as u64).div_ceil(STEP.ticks() as u64) as usize
}

/// Means of what was measured in each step; steps without a measure lie on a line between their neighbours.
///
/// The points may lie outside the film; without points every value is zero.
pub(crate) fn sampled(points: impl Iterator<Item = (Time, f32)>, length: Time) -> Vec<f32> {
    let count = count(length);
    let mut sums = vec![(0.0f32, 0u32); count];
    for (at, value) in points {
        let index = ((at.ticks() / STEP.ticks()).max(0) as usize).min(count - 1);
        sums[index].0 += value;
        sums[index].1 += 1;
    }
    let mut values: Vec<f32> =
        sums.iter().map(|(sum, count)| if *count == 0 { 0.0 } else { sum / *count as f32 }).collect();
    let known: Vec<usize> = (0..count).filter(|i| sums[*i].1 > 0).collect();
    for pair in known.windows(2) {
        let (first, last) = (pair[0], pair[1]);
        for index in first + 1..last {
            let part = (index - first) as f32 / (last - first) as f32;
            values[index] = values[first] + part * (values[last] - values[first]);
        }
    }
    if let (Some(first), Some(last)) = (known.first(), known.last()) {
        let (before, after) = (values[*first], values[*last]);
        values[..*first].fill(before);
        values[*last + 1..].fill(after);
    }
    values
}

/// Motion, 0 to 1, of a speed in picture widths a second.
pub(crate) fn motion_of(speed: f32) -> f32 {
    1.0 - (-speed.max(0.0) / FAST).exp()
}

/// Motion, 0 to 1, guessed from how much the encoder spent on what moved in pictures of so many pixels.
///
/// Spending counts twice: against the keyframes, which tell how rich the pictures are, and against the
/// pixels, because at a starving bit rate keyframes are poor too.
pub(crate) fn motion_of_packets(packets: &[Packet], pixels: f64, length: Time) -> Vec<f32> {
    let mut keyframes: Vec<u32> = packets.iter().filter(|p| p.keyframe).map(|p| p.size).collect();
    keyframes.sort_unstable();
    let whole = keyframes.get(keyframes.len() / 2).copied().unwrap_or(0).max(1) as f32;
    let (much, dense) = (0.25 * whole, 0.1 * pixels.max(1.0) as f32 / 8.0);
    let spent = packets.iter().filter(|packet| !packet.keyframe).map(|packet| {
        let size = packet.size as f32;
        (packet.at, 0.8 * (size / much * size / dense).sqrt())
    });
    sampled(spent, length).into_iter().map(|spent| 1.0 - (-spent).exp()).collect()
}

/// Energy, 0 to 1, of picture and sound together; of the picture alone in a film without sound.
pub(crate) fn energy(motion: &[f32], cuts: &[Cut], loudness: &[f32]) -> Vec<f32> {
    let silent = loudness.iter().all(|loudness| *loudness <= -69.0);
    let energy: Vec<f32> = motion
        .iter()
        .enumerate()
        .map(|(index, motion)| {
            let middle = STEP * index as i64;
            let near = Time::from_ratio(2, 1);
            let cuts = cuts.partition_point(|cut| cut.at <= middle + near)
                - cuts.partition_point(|cut| cut.at < middle - near);
            let cutting = 1.0 - (-0.4 * cuts as f32).exp();
            let picture = 0.7 * motion + 0.3 * cutting;
            let sound = loudness.get(index).map_or(0.0, |l| ((l - QUIET) / (LOUD - QUIET)).clamp(0.0, 1.0));
            if silent { picture } else { 0.6 * picture + 0.4 * sound }
        })
        .collect();
    smooth(&energy, 5)
}

/// The mean over so many values to each side.
pub(crate) fn smooth(values: &[f32], reach: usize) -> Vec<f32> {
    (0..values.len())
        .map(|index| {
            let part = &values[index.saturating_sub(reach)..(index + reach + 1).min(values.len())];
            part.iter().sum::<f32>() / part.len() as f32
        })
        .collect()
}

/// A curve of exactly as many values as the film needs; what is missing is `rest`.
pub(crate) fn curve(mut values: Vec<f32>, rest: f32, length: Time) -> Curve {
    values.resize(count(length), rest);
    Curve { step: STEP, values }
}

/// The share of a span that lies within the given spans, which do not overlap.
pub(crate) fn share(span: Span, within: &[Span]) -> f64 {
    let common: Time = within.iter().map(|other| span.overlap(*other).length()).sum();
    common.seconds() / span.length().seconds().max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_lie_on_a_line_and_ends_are_held() {
        let point = |at, value| (Time::from_seconds(at), value);
        let values = sampled([point(0.25, 1.0), point(0.65, 3.0)].into_iter(), Time::from_seconds(1.0));
        let expected = [1.0, 1.0, 1.0, 1.5, 2.0, 2.5, 3.0, 3.0, 3.0, 3.0];
        assert!(values.iter().zip(expected).all(|(a, b): (&f32, f32)| (a - b).abs() < 1e-5), "{values:?}");
    }

    #[test]
    fn the_shortest_film_has_one_value() {
        assert_eq!(sampled([].into_iter(), Time::ZERO), [0.0]);
        assert_eq!(count(Time::from_seconds(0.2)), 2);
    }

    #[test]
    fn a_silent_film_lives_by_its_picture() {
        let still = energy(&[0.0; 20], &[], &[-70.0; 20]);
        let moving = energy(&[0.9; 20], &[], &[-70.0; 20]);
        assert!(still[10] < 0.01 && moving[10] > 0.6);
    }
}
