//! Where shots change, decided when the whole film is known.

pub(crate) mod blend;
pub(crate) mod fade;
pub(crate) mod packets;
pub(crate) mod scenes;

use sound::{TICKS_PER_SECOND, Time};

use crate::sight::Step;
use crate::{Cut, Transition};
use blend::Blend;
use fade::{Level, fades};

/// No cut looks less changed than this; and where nothing else stirs, than this.
const LEAST: f32 = 0.2;
const LEAST_IN_CALM: f32 = 0.145;
/// A cut stands out of its neighbourhood by this factor; a faint one by that.
const OUTSTANDING: f32 = 2.2;
const OUTSTANDING_IN_CALM: f32 = 5.0;
/// The neighbourhood, to each side, and how many steps it has at least.
const NEAR: Time = Time::from_ticks(TICKS_PER_SECOND * 2 / 5);
const NEAR_STEPS: usize = 4;
/// The neighbourhood grows this much brighter or darker in a fade.
const FADE: f32 = 0.08;
/// Two cuts lie at least this far apart.
const APART: Time = Time::from_ticks(TICKS_PER_SECOND / 8);

/// Hard cuts among the steps between neighbouring frames.
pub(crate) fn hard(steps: &[Step]) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        if step.flash || step.score < LEAST_IN_CALM || !stands_out(steps, index) {
            continue;
        }
        let cut = Cut::hard(step.at, weight(step.score));
        match cuts.last_mut() {
            Some(last) if cut.at - last.at < APART => {
                if last.weight < cut.weight {
                    *last = cut;
                }
            }
            _ => cuts.push(cut),
        }
    }
    cuts
}

/// Whether a step differs from its neighbourhood as a cut does, not as fast motion or a fade.
fn stands_out(steps: &[Step], index: usize) -> bool {
    let step = &steps[index];
    let near =
        |other: usize| steps[other].at.distance(step.at) <= NEAR || other.abs_diff(index) <= NEAR_STEPS;
    let first = (0..index).rev().take_while(|i| near(*i)).last().unwrap_or(index);
    let last = (index + 1..steps.len()).take_while(|i| near(*i)).last().unwrap_or(index);
    let others: Vec<&Step> =
        (first..=last).filter(|i| *i != index && !steps[*i].flash).map(|i| &steps[i]).collect();
    let light: f32 = others.iter().map(|other| other.light).sum();
    if light * step.light > 0.0 && light.abs() > FADE.max(0.8 * step.light.abs()) {
        return false;
    }
    let mut scores: Vec<f32> = others.iter().map(|other| other.score).collect();
    scores.sort_by(f32::total_cmp);
    // Not the largest: another cut may be near.
    let usual = scores.get(scores.len().saturating_sub(2).min(scores.len() * 9 / 10)).copied().unwrap_or(0.0);
    let factor = if step.score < LEAST { OUTSTANDING_IN_CALM } else { OUTSTANDING };
    step.score > (factor * usual).min(0.85)
}

/// Dissolves and fades where no hard cut is; the hard cuts within a fade's span are part of it and go.
pub(crate) fn with_slow(mut hard: Vec<Cut>, blends: &[Blend], levels: &[Level]) -> Vec<Cut> {
    let mut slow: Vec<Cut> = fades(levels)
        .into_iter()
        .map(|fade| Cut {
            at: fade.at,
            weight: 0.7 * weight(0.3 + fade.level),
            kind: Transition::Fade,
            span: fade.span,
        })
        .collect();
    hard.retain(|cut| !slow.iter().any(|fade| fade.span.contains(cut.at)));
    let taken = |blend: &&Blend| {
        let fades = slow.iter().any(|fade| !fade.span.overlap(blend.span).is_empty());
        !fades && !hard.iter().any(|cut| blend.span.contains(cut.at))
    };
    let dissolves: Vec<Cut> = blends
        .iter()
        .filter(taken)
        .map(|blend| Cut {
            at: (blend.span.start + blend.span.end) / 2,
            weight: 0.7 * weight(blend.unlike),
            kind: Transition::Dissolve,
            span: blend.span,
        })
        .collect();
    slow.extend(dissolves);
    hard.extend(slow);
    hard
}

/// All cuts in time order and apart, from lists of which the first is the surest: of two too close together the surer
/// one stays, of two as sure the heavier.
pub(crate) fn surest_apart(lists: [Vec<Cut>; 3]) -> Vec<Cut> {
    let mut ranked: Vec<(usize, Cut)> = lists
        .into_iter()
        .enumerate()
        .flat_map(|(rank, cuts)| cuts.into_iter().map(move |cut| (rank, cut)))
        .collect();
    ranked.sort_by(|(one, a), (other, b)| one.cmp(other).then(b.weight.total_cmp(&a.weight)));
    let mut kept: Vec<Cut> = Vec::new();
    for (_, cut) in ranked {
        let place = kept.partition_point(|other| other.at <= cut.at);
        let near = |other: Option<&Cut>| other.is_some_and(|other| other.at.distance(cut.at) < APART);
        if !near(place.checked_sub(1).and_then(|before| kept.get(before))) && !near(kept.get(place)) {
            kept.insert(place, cut);
        }
    }
    kept
}

/// The weight of a cut of this score.
pub(crate) fn weight(score: f32) -> f64 {
    f64::from((score - 0.15) / 0.65).clamp(0.05, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_cuts_too_close_the_surer_stays_then_the_heavier() {
        let cut = |at, weight| Cut::hard(Time::from_seconds(at), weight);
        let seen = vec![cut(1.05, 0.3), cut(4.0, 0.2), cut(4.1, 0.5)];
        let told = vec![cut(1.0, 0.9), cut(2.0, 0.4)];
        let believed = vec![cut(1.1, 1.0), cut(1.95, 0.9), cut(3.0, 0.1)];
        let kept = surest_apart([seen, told, believed]);
        assert_eq!(kept, [cut(1.05, 0.3), cut(2.0, 0.4), cut(3.0, 0.1), cut(4.1, 0.5)]);
    }
}
