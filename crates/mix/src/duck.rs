//! Ducking: the music goes down before a word and comes back when the talk is over.
//!
//! ```text
//! talk            ____   ______
//! gain  ________                   ________
//!               \_________________/
//!         250 ms ^     hold 500 ms ^ release
//! ```

mod depth;
mod plateau;

use serde::Serialize;
use sound::{Decibels, Span, Time};

pub(crate) use depth::{Voice, stretches};

use plateau::{Plateau, groups};

/// The music starts to go down this long before the word, and is down when the word comes; in seconds, as all here.
const ATTACK: f64 = 0.25;
/// It stays down this long after the last word.
const HOLD: f64 = 0.5;
/// It comes back in this time from the shallowest and from the deepest duck.
const RELEASE: (f64, f64) = (1.2, 2.4);
/// The depths, in decibels, which these times belong to.
const RELEASE_DEPTHS: (f64, f64) = (6.0, 18.0);
/// From one depth to a deeper one, and to a shallower one, while the talk goes on.
const DEEPER: f64 = 1.0;
const SHALLOWER: f64 = 1.4;

/// A point of a gain curve; between two points the gain runs straight in decibels, and so does the share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Keyframe {
    /// When, on the film's clock.
    pub at: Time,
    /// The gain there.
    pub gain: Decibels,
    /// How much there is of the cuts and of the levelling: 0 where nobody talks, 1 under every word.
    pub under: f64,
}

/// How long music that is down by `depth` decibels takes to come back, in seconds.
fn release(depth: f64) -> f64 {
    let share = (depth - RELEASE_DEPTHS.0) / (RELEASE_DEPTHS.1 - RELEASE_DEPTHS.0);
    RELEASE.0 + share.clamp(0.0, 1.0) * (RELEASE.1 - RELEASE.0)
}

/// The gain curve under this voice, within `window`; empty where the music need not give way.
pub(crate) fn keyframes(voice: &Voice, speech: &[Span], window: Span) -> Vec<Keyframe> {
    if window.is_empty() {
        return Vec::new();
    }
    let mut points = Vec::new();
    for group in groups(voice.pieces(speech)) {
        descend_and_return(&group, &mut points);
    }
    clipped(&points, window)
}

/// Adds the points of one group of words, each with its time in seconds, its gain in decibels and how much of the treatment there is.
fn descend_and_return(group: &[Plateau], points: &mut Vec<(f64, f64, f64)>) {
    let (Some(first), Some(last)) = (group.first(), group.last()) else {
        return;
    };
    points.push((first.start - ATTACK, 0.0, 0.0));
    points.push((first.start, -first.depth, 1.0));
    for pair in group.windows(2) {
        let (here, there) = (pair[0], pair[1]);
        let (from, to) = if there.depth > here.depth {
            (there.start - DEEPER, there.start)
        } else {
            // Under words, not in the pause before them: what comes up in a pause is heard as pumping.
            (there.start, there.start + SHALLOWER)
        };
        points.push((from, -here.depth, 1.0));
        points.push((to, -there.depth, 1.0));
    }
    points.push((last.end + HOLD, -last.depth, 1.0));
    points.push((last.end + HOLD + release(last.depth), 0.0, 0.0));
}

/// The part of the curve within the window, with a point at the border where the curve is cut.
fn clipped(points: &[(f64, f64, f64)], window: Span) -> Vec<Keyframe> {
    let curve: Vec<Keyframe> = points
        .iter()
        .map(|&(at, gain, under)| Keyframe { at: Time::from_seconds(at), gain: Decibels(gain), under })
        .collect();
    let edge = |at| keyframe_at(&curve, at);
    let mut kept = vec![edge(window.start)];
    kept.extend(curve.iter().filter(|k| window.start < k.at && k.at < window.end));
    kept.push(edge(window.end));
    // A border where the music is up, beside a point where it is up too, says nothing.
    let up = |keyframe: Option<&Keyframe>| keyframe.is_none_or(|k| k.under == 0.0);
    if up(kept.last()) && up(kept.len().checked_sub(2).and_then(|i| kept.get(i))) {
        kept.pop();
    }
    if up(kept.first()) && up(kept.get(1)) {
        kept.remove(0);
    }
    kept
}

/// A curve at a time; before its first and after its last point it stays, and an empty curve is unity.
pub(crate) fn keyframe_at(curve: &[Keyframe], at: Time) -> Keyframe {
    let after = curve.partition_point(|keyframe| keyframe.at <= at);
    match (after.checked_sub(1).and_then(|before| curve.get(before)), curve.get(after)) {
        (Some(from), Some(to)) => {
            let share = (at - from.at).ticks() as f64 / (to.at - from.at).ticks().max(1) as f64;
            let between = |from: f64, to: f64| from + share * (to - from);
            let gain = Decibels(between(from.gain.0, to.gain.0));
            Keyframe { at, gain, under: between(from.under, to.under) }
        }
        (Some(only), None) | (None, Some(only)) => Keyframe { at, ..*only },
        (None, None) => Keyframe { at, gain: Decibels::UNITY, under: 0.0 },
    }
}

/// The gain of a curve at a time.
pub(crate) fn gain_at(curve: &[Keyframe], at: Time) -> Decibels {
    keyframe_at(curve, at).gain
}
