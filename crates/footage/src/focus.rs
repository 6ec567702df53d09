//! Where people look: how a camera would follow what moves, when only a part of the picture can be seen.

mod energy;

use std::collections::VecDeque;

use sound::Time;

use crate::compare::Change;
use crate::glimpse::Glimpse;
use crate::{Look, Still};
use energy::Energy;

/// Steps of the way, in seconds.
const STEP: f64 = 0.2;
/// How far apart stills are compared: what moves slowly must have gone some way.
const APART: Time = Time::from_ticks(sound::TICKS_PER_SECOND / 2);
/// Places that the middle of what is seen may have, from edge to edge.
const PLACES: usize = 33;
/// What moving by one place costs: a subject must be off the middle for about a second before the camera goes.
const RELUCTANCE: f32 = 0.035;
/// Steps over which a way is smoothed to either side: a camera starts and stops softly.
const SOFTNESS: usize = 4;
/// How much like a change of shot two stills must look to be one.
const CUT: f32 = 0.35;
/// Differences of place that nobody sees.
const UNSEEN: f64 = 0.002;

/// Where one looks at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaze {
    /// Seconds on the film's clock.
    pub at: f64,
    /// From left to right and from top to bottom, 0 to 1.
    pub place: [f64; 2],
}

/// Where one looks all through a film: straight ways between moments, in order of time; never empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Focus {
    way: Vec<Gaze>,
}

impl Focus {
    /// The way from `from` to `until`, in seconds, with a point at either end.
    pub fn between(&self, from: f64, until: f64) -> Vec<Gaze> {
        let inner = self.way.iter().filter(|gaze| from < gaze.at && gaze.at < until).copied();
        std::iter::once(self.at(from)).chain(inner).chain([self.at(until)]).collect()
    }

    fn at(&self, at: f64) -> Gaze {
        let next = self.way.partition_point(|gaze| gaze.at <= at);
        let place = match (next.checked_sub(1).map(|before| self.way[before]), self.way.get(next)) {
            (Some(before), Some(after)) => {
                let share = (at - before.at) / (after.at - before.at).max(1e-9);
                [0, 1].map(|axis| before.place[axis] + share * (after.place[axis] - before.place[axis]))
            }
            (Some(only), None) => only.place,
            (None, Some(only)) => only.place,
            (None, None) => [0.5; 2],
        };
        Gaze { at, place }
    }
}

/// Watches a film for what moves in it.
#[derive(Debug)]
pub struct Attention {
    /// Share of the width and of the height that will be seen.
    seen: [f64; 2],
    /// What was seen lately, in order of time.
    lately: VecDeque<Glimpse>,
    steps: Vec<Step>,
}

/// What was to be seen in one step of time.
#[derive(Clone, Debug)]
struct Step {
    energy: Energy,
    /// Whether a shot begins with it.
    afresh: bool,
}

impl Attention {
    /// Which frames it wants: those that others build on are enough, and cheap.
    pub const LOOK: Look = Look::References;

    /// For a picture of which these shares of width and height will be seen, above 0 to 1.
    pub fn new(seen: [f64; 2]) -> Attention {
        Attention {
            seen: seen.map(|share| share.clamp(0.05, 1.0)),
            lately: VecDeque::new(),
            steps: Vec::new(),
        }
    }

    /// Looks at the next still; they come in order of time.
    pub fn add(&mut self, still: &Still) {
        let glimpse = Glimpse::of(still);
        let cut = self.lately.back().is_some_and(|last| Change::between(last, &glimpse).score() > CUT);
        if cut {
            self.lately.clear();
        }
        while self.lately.get(1).is_some_and(|next| still.at - next.at >= APART) {
            self.lately.pop_front();
        }
        let energy = Energy::of(self.lately.front(), &glimpse);
        let place = (still.at.max(Time::ZERO).seconds() / STEP) as usize;
        // Where stills are far apart, what was seen last still holds.
        while self.steps.len() < place {
            let step = self.steps.last().map_or_else(|| energy.clone(), |last| last.energy.clone());
            self.steps.push(Step { energy: step, afresh: false });
        }
        match self.steps.get_mut(place) {
            Some(step) => {
                step.energy.add(&energy);
                step.afresh |= cut;
            }
            None => self.steps.push(Step { energy, afresh: cut }),
        }
        self.lately.push_back(glimpse);
    }

    /// The way of a camera that keeps what moves in the middle and stays still as long as it can.
    pub fn finish(self) -> Focus {
        let ways = [0, 1].map(|axis| self.way(axis));
        let mut way: Vec<Gaze> = Vec::new();
        for (index, step) in self.steps.iter().enumerate() {
            let at = index as f64 * STEP;
            let place = [ways[0][index], ways[1][index]];
            if step.afresh
                && let Some(before) = index.checked_sub(1)
            {
                // A new shot is seen from its own place at once.
                way.push(Gaze { at: at - 1e-3, place: [ways[0][before], ways[1][before]] });
            }
            way.push(Gaze { at, place });
        }
        if way.is_empty() {
            way.push(Gaze { at: 0.0, place: [0.5; 2] });
        }
        Focus { way: simplified(way) }
    }

    /// The middle of what is seen along one axis, for each step.
    fn way(&self, axis: usize) -> Vec<f64> {
        let seen = self.seen[axis];
        if seen > 0.99 {
            return vec![0.5; self.steps.len()];
        }
        let place = |index: usize| seen / 2.0 + (1.0 - seen) * index as f64 / (PLACES - 1) as f64;
        let mut way = Vec::with_capacity(self.steps.len());
        for shot in self.steps.chunk_by(|_, next| !next.afresh) {
            let worth: Vec<[f32; PLACES]> = shot
                .iter()
                .map(|step| std::array::from_fn(|index| step.energy.within(axis, place(index), seen)))
                .collect();
            let chosen: Vec<f64> = steadiest(&worth).into_iter().map(place).collect();
            way.extend(softened(&chosen));
        }
        way
    }
}

/// The places with most to be seen, less what moving between them costs (Viterbi's algorithm).
fn steadiest(worth: &[[f32; PLACES]]) -> Vec<usize> {
    let mut from: Vec<[usize; PLACES]> = Vec::with_capacity(worth.len());
    let mut best = [0.0f32; PLACES];
    for (index, step) in worth.iter().enumerate() {
        let mut next = [0.0f32; PLACES];
        let mut back = [0; PLACES];
        for place in 0..PLACES {
            let price = |other: usize| best[other] - RELUCTANCE * other.abs_diff(place) as f32;
            let before = (0..PLACES).max_by(|a, b| price(*a).total_cmp(&price(*b))).filter(|_| index > 0);
            let before = before.unwrap_or(place);
            (next[place], back[place]) = (price(before) + step[place], before);
        }
        best = next;
        from.push(back);
    }
    let mut place = (0..PLACES).max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(PLACES / 2);
    let mut way = Vec::with_capacity(from.len());
    for back in from.iter().rev() {
        way.push(place);
        place = back[place];
    }
    way.reverse();
    way
}

/// The mean of each step's neighbours.
fn softened(way: &[f64]) -> Vec<f64> {
    let mean = |index: usize| {
        let near = &way[index.saturating_sub(SOFTNESS)..(index + SOFTNESS + 1).min(way.len())];
        near.iter().sum::<f64>() / near.len() as f64
    };
    (0..way.len()).map(mean).collect()
}

/// The way without the points that lie on the line between their neighbours.
fn simplified(way: Vec<Gaze>) -> Vec<Gaze> {
    let mut kept: Vec<Gaze> = Vec::new();
    for (index, gaze) in way.iter().enumerate() {
        let needed = match (kept.last(), way.get(index + 1)) {
            (Some(last), Some(next)) => (0..2).any(|axis| {
                let share = (gaze.at - last.at) / (next.at - last.at).max(1e-9);
                let straight = last.place[axis] + share * (next.place[axis] - last.place[axis]);
                (gaze.place[axis] - straight).abs() > UNSEEN
            }),
            _ => true,
        };
        if needed {
            kept.push(*gaze);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dark picture with a bright square whose middle lies at `x` of 0 to 1.
    fn still(at: f64, x: f64) -> Still {
        let mut rgb = vec![40; Still::BYTES];
        let middle = (x * Still::WIDTH as f64) as i64;
        for row in 14..22 {
            for column in (middle - 4).max(0)..(middle + 4).min(Still::WIDTH as i64) {
                let place = (row * Still::WIDTH + column as usize) * 3;
                rgb[place..place + 3].fill(220);
            }
        }
        Still { at: Time::from_seconds(at), rgb }
    }

    fn follow(x: impl Fn(f64) -> f64, seconds: f64) -> Focus {
        let mut attention = Attention::new([0.3, 1.0]);
        for index in 0..(seconds * 10.0) as usize {
            let at = index as f64 / 10.0;
            attention.add(&still(at, x(at)));
        }
        attention.finish()
    }

    fn look(focus: &Focus, at: f64) -> f64 {
        focus.between(at, at)[0].place[0]
    }

    #[test]
    fn the_camera_follows_what_crosses_the_picture() {
        let focus = follow(|at| 0.2 + 0.06 * at, 10.0);
        for at in [0.5, 3.0, 5.0, 8.0, 9.5] {
            let off = look(&focus, at) - (0.2 + 0.06 * at);
            assert!(off.abs() < 0.12, "at {at}: {off}");
        }
    }

    #[test]
    fn the_camera_stays_where_something_only_trembles() {
        let focus = follow(|at| 0.7 + 0.02 * (at * 9.0).sin(), 8.0);
        let places: Vec<f64> = (0..80).map(|step| look(&focus, f64::from(step) / 10.0)).collect();
        let (least, most) = places.iter().fold((1.0f64, 0.0f64), |(a, b), x| (a.min(*x), b.max(*x)));
        assert!(most - least < 0.03 && (least - 0.7).abs() < 0.1, "{least} to {most}");
    }

    #[test]
    fn nothing_to_see_keeps_the_middle() {
        let mut attention = Attention::new([0.3, 1.0]);
        (0..20).for_each(|step| {
            attention.add(&Still { at: Time::from_ratio(step, 10), rgb: vec![90; Still::BYTES] })
        });
        let focus = attention.finish();
        assert!((look(&focus, 1.0) - 0.5).abs() < 0.02);
        assert_eq!(focus.between(0.0, 2.0)[0].place[1], 0.5);
        assert_eq!(look(&Attention::new([0.3, 1.0]).finish(), 4.0), 0.5);
    }
}
