//! Where a film's own sound is silent.

use sound::{Span, Time};

use crate::curves::STEP;

/// Momentary loudness below which nothing is heard at any sensible volume, in LUFS.
const SILENT: f32 = -60.0;
/// A silence lasts at least this long, in values of a tenth of a second.
const SHORTEST: usize = 5;

/// The silent stretches of a film; where the sound has ended before the picture it is silent.
///
/// `loudness` holds momentary loudness, 400 ms each, every 100 ms.
pub(crate) fn spans(loudness: &[f32], length: Time) -> Vec<Span> {
    let film = Span::new(Time::ZERO, length);
    let count = ((length.ticks().max(0) + STEP.ticks() - 1) / STEP.ticks()) as usize;
    let silent = |index: usize| loudness.get(index).is_none_or(|loudness| *loudness < SILENT);
    let mut spans = Vec::new();
    let mut since = None;
    for index in 0..=count {
        match (since, index < count && silent(index)) {
            (None, true) => since = Some(index),
            (Some(first), false) => {
                since = None;
                // A value looks back over 400 ms: the silence began before it was measured.
                let start = STEP * if first == 0 { 0 } else { first.saturating_sub(3) as i64 };
                let span = film.overlap(Span::new(start, STEP * index as i64));
                if index - first >= SHORTEST || span == film && !span.is_empty() {
                    spans.push(span);
                }
            }
            _ => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_silent_and_so_is_a_film_without_sound() {
        let mut loudness = vec![-20.0; 100];
        loudness[43..60].fill(-70.0);
        assert_eq!(spans(&loudness, Time::from_seconds(10.0)), [Span::seconds(4.0, 6.0)]);
        assert_eq!(spans(&[], Time::from_seconds(0.2)), [Span::seconds(0.0, 0.2)]);
        assert_eq!(spans(&loudness, Time::from_seconds(11.0))[1], Span::seconds(9.7, 11.0));
        assert!(spans(&[], Time::ZERO).is_empty());
    }
}
