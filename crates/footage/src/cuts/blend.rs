//! Dissolves: for a while the picture is a mixture of the one before and the one after.

use std::collections::VecDeque;

use sound::{Span, TICKS_PER_SECOND, Time};

use crate::compare::Change;
use crate::glimpse::Glimpse;

/// How often pictures are kept.
const STEP: Time = Time::from_ticks(TICKS_PER_SECOND * 35 / 1000);
/// Half the lengths that are tried, in hundredths of a second.
const HALVES: [i64; 9] = [14, 20, 28, 36, 48, 60, 72, 88, 110];
/// Where the mixture is looked at, in quarters of half the length from the middle, and how much of the later picture
/// a dissolve shows there: none before, all after.
const LINE: [(i64, f32); 9] =
    [(-7, 0.0), (-5, 0.0), (-3, 0.125), (-2, 0.25), (0, 0.5), (2, 0.75), (3, 0.875), (5, 1.0), (7, 1.0)];
/// The mixture may stray this far from the line.
const STRAY: f32 = 0.17;
/// While both are seen so much of the change may be something else than a mixture: things that move are in the way of
/// each other, not in each other. Before and after, either shot may move more.
const IMPURE: f32 = 0.07;
const REST: f32 = 0.3;
/// The two pictures are at least this unlike, and differ by so much besides their light, as the mean square of levels
/// of 255.
const UNLIKE: f32 = 0.5;
const FAINT: f32 = 600.0;

/// A stretch over which one picture becomes another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Blend {
    pub(crate) span: Span,
    /// How unlike its two ends are, 0 to 1.
    pub(crate) unlike: f32,
    /// How far it strays from an even mixture, and how much of it is none, 0 to 1.
    stray: f32,
    impure: f32,
}

impl Blend {
    fn worth(&self) -> f32 {
        self.unlike * (1.0 - self.stray / STRAY) * (1.0 - 0.7 * self.impure / IMPURE)
    }
}

/// Watches for blends in pictures that follow each other.
#[derive(Default)]
pub(crate) struct Blends {
    recent: VecDeque<Glimpse>,
    found: Vec<Blend>,
}

impl Blends {
    /// Takes the next picture.
    pub(crate) fn see(&mut self, now: &Glimpse) {
        if self.recent.back().is_some_and(|last| now.at - last.at < STEP) {
            return;
        }
        self.recent.push_back(now.clone());
        let reach = hundredths(HALVES[HALVES.len() - 1]) * 4;
        while self.recent.front().is_some_and(|first| now.at - first.at > reach) {
            self.recent.pop_front();
        }
        for half in HALVES {
            let half = hundredths(half);
            if let Some(blend) = self.blend(now.at - half * 7 / 4, half) {
                self.keep(blend);
            }
        }
    }

    /// Forgets what was seen: what follows does not join on.
    pub(crate) fn break_off(&mut self) {
        self.recent.clear();
    }

    /// The blends that were found, in order, no two at once.
    pub(crate) fn found(&self) -> &[Blend] {
        &self.found
    }

    /// The best of those that lie at one place.
    fn keep(&mut self, blend: Blend) {
        let near = |other: &Blend| !other.span.overlap(blend.span).is_empty();
        if self.found.iter().any(|other| near(other) && other.worth() >= blend.worth()) {
            return;
        }
        self.found.retain(|other| !near(other));
        self.found.push(blend);
        self.found.sort_by_key(|blend| blend.span.start);
    }

    fn blend(&self, middle: Time, half: Time) -> Option<Blend> {
        let (before, after) = (self.nearest(middle - half)?, self.nearest(middle + half)?);
        let way = difference(after, before);
        let whole = product(&way, &way);
        let lighter = way.iter().sum::<f32>() / way.len() as f32;
        if whole < (FAINT + lighter * lighter) * way.len() as f32 {
            return None;
        }
        let (mut stray, mut impure): (f32, f32) = (0.0, 0.0);
        for (quarters, expected) in LINE {
            let here = difference(self.nearest(middle + half * quarters / 4)?, before);
            let part = product(&here, &way) / whole;
            let rest = product(&here, &here) / whole - part * part;
            stray = stray.max((part - expected).abs());
            if (0.1..0.9).contains(&expected) {
                impure = impure.max(rest);
            }
            if stray > STRAY || impure > IMPURE || rest > REST {
                return None;
            }
        }
        let unlike = Change::between(before, after).score();
        let span = Span::new(middle - half, middle + half);
        (unlike > UNLIKE && !before.is_black() && !after.is_black()).then_some(Blend {
            span,
            unlike,
            stray,
            impure,
        })
    }

    /// The picture nearest to a moment; `None` where none is near enough.
    fn nearest(&self, at: Time) -> Option<&Glimpse> {
        let next = self.recent.partition_point(|glimpse| glimpse.at < at);
        let candidates = [next.checked_sub(1), Some(next)].into_iter().flatten();
        let nearest = candidates.filter_map(|i| self.recent.get(i)).min_by_key(|g| g.at.distance(at))?;
        (nearest.at.distance(at) <= STEP).then_some(nearest)
    }
}

fn hundredths(count: i64) -> Time {
    Time::from_ticks(TICKS_PER_SECOND / 100 * count)
}

fn difference(a: &Glimpse, b: &Glimpse) -> Vec<f32> {
    a.coarse.iter().zip(&b.coarse).map(|(a, b)| a - b).collect()
}

fn product(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
