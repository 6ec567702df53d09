//! Where shots change, decided when the whole film is known.

pub(crate) mod packets;

use sound::{Span, TICKS_PER_SECOND, Time};

use crate::Cut;
use crate::sight::{Drift, Step};

/// No cut looks less changed than this.
const LEAST: f32 = 0.30;
/// A cut stands out of its neighbourhood by this factor.
const OUTSTANDING: f32 = 2.2;
/// The neighbourhood, to each side, and how many steps it has at least.
const NEAR: Time = Time::from_ticks(TICKS_PER_SECOND * 2 / 5);
const NEAR_STEPS: usize = 4;
/// The neighbourhood grows this much brighter or darker in a fade.
const FADE: f32 = 0.08;
/// Two cuts lie at least this far apart.
const APART: Time = Time::from_ticks(TICKS_PER_SECOND / 8);
/// A dissolve changes this much within a second, and stands out of the seconds around it by this factor.
const DISSOLVE: f32 = 0.5;
const DISSOLVE_OUTSTANDING: f32 = 2.5;

/// Hard cuts among the steps between neighbouring frames.
pub(crate) fn hard(steps: &[Step]) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        if step.flash || step.score < LEAST || !stands_out(steps, index) {
            continue;
        }
        let cut = Cut { at: step.at, weight: weight(step.score) };
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
    step.score > (OUTSTANDING * usual).min(0.85)
}

/// Slow changes of shot: a second changes everything, the seconds before and after it do not.
pub(crate) fn dissolves(drifts: &[Drift], hard: &[Cut]) -> Vec<Cut> {
    let second = Time::from_ratio(1, 1);
    let slow: Vec<&Drift> =
        drifts.iter().filter(|drift| !hard.iter().any(|cut| drift.spans(cut.at))).collect();
    let mut cuts: Vec<Cut> = Vec::new();
    for drift in slow.iter().filter(|drift| drift.score > DISSOLVE && !drift.dark) {
        let around = |from: f64, to: f64| {
            let span = Span::new(drift.at + Time::from_seconds(from), drift.at + Time::from_seconds(to));
            slow.iter().filter(move |d| span.contains(d.at)).map(|d| d.score)
        };
        let peak = around(-1.0, 1.01).fold(0.0, f32::max);
        let largest = |from, to| around(from, to).reduce(f32::max);
        let calm = match (largest(-2.3, -1.2), largest(1.2, 2.3)) {
            (Some(before), Some(after)) => before.max(after),
            _ => continue,
        };
        let middle = drift.at - second / 2;
        let taken = hard.iter().chain(&cuts).any(|cut| cut.at.distance(middle) < second);
        if drift.score >= peak && drift.score > DISSOLVE_OUTSTANDING * calm && !taken {
            cuts.push(Cut { at: middle, weight: 0.6 * weight(drift.score) });
        }
    }
    cuts
}

/// The weight of a cut of this score.
pub(crate) fn weight(score: f32) -> f64 {
    f64::from((score - 0.15) / 0.65).clamp(0.05, 1.0)
}
