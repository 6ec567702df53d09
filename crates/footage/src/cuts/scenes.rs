//! Which cuts are the borders of scenes: the light and the colours of the seconds before do not come back.

use sound::{Span, TICKS_PER_SECOND, Time};

use crate::Cut;
use crate::glimpse::Tone;
use crate::sight::Moment;

/// How far a scene is looked at to each side: several shots of a dialogue, so that they even out.
const SIDE: Time = Time::from_ticks(TICKS_PER_SECOND * 6);
/// The difference of tone at which 63 % of a border is reached.
const DIFFERENT: f32 = 0.12;
/// What a cut within a scene keeps of its weight.
const WITHIN: f64 = 0.7;

/// Takes weight from the cuts within scenes; `moments` are in time order.
pub(crate) fn weigh(cuts: &mut [Cut], moments: &[Moment]) {
    for cut in cuts {
        let before = mean(moments, Span::new(cut.span.start - SIDE, cut.span.start));
        let after = mean(moments, Span::new(cut.span.end, cut.span.end + SIDE));
        let border = match (before, after) {
            (Some(before), Some(after)) => 1.0 - (-distance(before, after) / DIFFERENT).exp(),
            _ => 1.0,
        };
        cut.weight *= WITHIN + (1.0 - WITHIN) * f64::from(border);
    }
}

fn mean(moments: &[Moment], span: Span) -> Option<Tone> {
    let first = moments.partition_point(|moment| moment.at < span.start);
    let last = moments.partition_point(|moment| moment.at < span.end);
    let within = moments.get(first..last).filter(|within| !within.is_empty())?;
    let of = |part: fn(&Tone) -> f32| within.iter().map(|m| part(&m.tone)).sum::<f32>() / within.len() as f32;
    Some(Tone {
        brightness: of(|tone| tone.brightness),
        contrast: of(|tone| tone.contrast),
        saturation: of(|tone| tone.saturation),
        warmth: of(|tone| tone.warmth),
    })
}

fn distance(a: Tone, b: Tone) -> f32 {
    (a.brightness - b.brightness).abs()
        + 0.5 * (a.contrast - b.contrast).abs()
        + (a.saturation - b.saturation).abs()
        + (a.warmth - b.warmth).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialogue_weighs_less_than_what_comes_after() {
        let light = |tenth: i64| match tenth {
            0..120 if tenth / 20 % 2 == 0 => 0.2,
            0..120 => 0.5,
            _ => 0.9,
        };
        let moments: Vec<Moment> = (0..240)
            .map(|tenth| Moment {
                at: Time::from_ratio(tenth, 10),
                tone: Tone { brightness: light(tenth), ..Tone::default() },
            })
            .collect();
        let mut cuts = [Cut::hard(Time::from_seconds(6.0), 0.8), Cut::hard(Time::from_seconds(12.0), 0.8)];
        weigh(&mut cuts, &moments);
        assert!(cuts[0].weight < 0.7 && cuts[1].weight > 0.78, "{cuts:?}");
    }
}
